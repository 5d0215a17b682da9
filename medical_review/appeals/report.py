"""How often what was decided is appealed and overturned: by edit, and by the reviewer who decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from accounts.models import User
from claims.adjudication.rulings import REVIEW
from claims.inventory.denials import By, denials_by
from claims.inventory.filters import DaySpan
from claims.reports.catalogue import Report
from claims.reports.denials import edit_words
from claims.reports.tables import Cell, Section, Table, number, percent, text


@dataclass(frozen=True, slots=True)
class Appeals:
    """Of the decisions of one edit, or one person: how many were made, appealed, redetermined, and how."""

    key: str
    made: int
    appealed: int
    redetermined: int
    wholly: int
    partly: int

    @property
    def overturned(self) -> int:
        return self.wholly + self.partly


#: Lines that were appealed of decisions made in the span, by the edit that gave the reason; of them those redetermined,
#: those paid as billed, and those that pay more than before.
BY_EDIT = """
SELECT named.edit,
       count(DISTINCT named.line_id),
       count(said.id),
       count(said.id) FILTER (WHERE said.verdict = 'pay'),
       count(said.id) FILTER (WHERE said.verdict <> 'pay' AND said.paid_after > said.paid_before)
  FROM medical_review_appealedline named
  JOIN medical_review_redeterminationrequest request ON request.id = named.request_id
  JOIN claims_decision then_decided ON then_decided.id = request.decision_id
  LEFT JOIN medical_review_redeterminationend ended ON ended.request_id = request.id
  LEFT JOIN medical_review_reviewedline said ON said.decision_id = ended.decision_id AND said.line_id = named.line_id
 WHERE then_decided.decided_on BETWEEN %s AND %s
 GROUP BY 1
"""

#: Decisions of medical review that counted, signed in the span: how many by each person, and what became of those that
#: were appealed. The last decision of a case is the one that counts; a redetermination is not appealed here.
BY_REVIEWER = """
SELECT decided.signed_by_id,
       count(*),
       count(*) FILTER (WHERE appeal.appealed),
       count(*) FILTER (WHERE appeal.outcome IN ('favorable', 'partial', 'unfavorable')),
       count(*) FILTER (WHERE appeal.outcome = 'favorable'),
       count(*) FILTER (WHERE appeal.outcome = 'partial')
  FROM medical_review_reviewdecision decided
  JOIN medical_review_case reviewed ON reviewed.id = decided.case_id
  LEFT JOIN LATERAL (
       SELECT true AS appealed, ended.outcome
         FROM medical_review_redeterminationrequest request
         LEFT JOIN medical_review_redeterminationend ended ON ended.request_id = request.id
        WHERE request.review_id = decided.id
        ORDER BY ended.decision_id IS NULL, request.id DESC LIMIT 1) appeal ON true
 WHERE decided.signed_on BETWEEN %s AND %s AND decided.signed_by_id IS NOT NULL
   AND reviewed.state = 'decided' AND reviewed.kind <> 'redetermination'
   AND NOT EXISTS (SELECT FROM medical_review_reviewdecision later
                    WHERE later.case_id = decided.case_id AND later.number > decided.number)
 GROUP BY 1
"""


def appeals_by_edit(span: DaySpan) -> list[Appeals]:
    """By edit, "REVIEW" for a reviewer's denial; those overturned most first; two queries."""
    denied = {each.key: each.lines for each in denials_by(By.EDIT, *span.days)}
    with connection.cursor() as cursor:
        cursor.execute(BY_EDIT, span.days)
        found = {row[0]: row for row in cursor.fetchall()}
    none = ("", 0, 0, 0, 0)
    rows = [Appeals(key, denied.get(key, 0), *found.get(key, none)[1:]) for key in {*denied, *found}]
    return sorted(rows, key=lambda row: (-row.overturned, -row.appealed, -row.made, row.key))


def edit_or_review(key: str) -> str:
    return "Medical review" if key == REVIEW else edit_words(key)


def appeals_by_reviewer(span: DaySpan) -> list[Appeals]:
    """By the person who signed, in words; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(BY_REVIEWER, span.days)
        rows = cursor.fetchall()
    people = User.objects.in_bulk([row[0] for row in rows])
    counted = [Appeals(str(people[person]), *numbers) for person, *numbers in rows]
    return sorted(counted, key=lambda row: (-row.overturned, -row.appealed, row.key))


def appeals_report(span: DaySpan) -> tuple[Section, ...]:
    """Both tables; four queries."""
    return (
        Section(
            "by-edit",
            "Redeterminations by edit",
            "Of the lines that final decisions made in the span denied, those that a redetermination was asked for, by "
            "the edit that gave the reason. Overturned wholly: the line is paid as billed; partly: it pays more than "
            "before. Rate: lines overturned ÷ lines redetermined.",
            _table("Redeterminations by edit", "Edit", "Lines denied", appeals_by_edit(span), edit_or_review),
        ),
        Section(
            "by-reviewer",
            "Redeterminations by reviewer",
            "Decisions of medical review that counted and were signed in the span, by who signed them. Overturned "
            "wholly: the redetermination was favorable; partly: partially favorable. Rate: decisions overturned ÷ "
            "decisions redetermined.",
            _table("Redeterminations by reviewer", "Reviewer", "Decisions", appeals_by_reviewer(span), str),
        ),
    )


def _table(caption: str, heading: str, made: str, rows: list[Appeals], words: Callable[[str], str]) -> Table:
    columns = (heading, made, "Appealed", "Redetermined", "Overturned wholly", "Partly", "Rate")
    all_of_them = Appeals(
        "",
        *(sum(getattr(row, name) for row in rows) for name in ("made", "appealed", "redetermined", "wholly", "partly")),
    )
    return Table(
        caption,
        columns,
        tuple((text(words(row.key)), *_numbers(row)) for row in rows),
        (text("All"), *_numbers(all_of_them)),
    )


def _numbers(row: Appeals) -> tuple[Cell, ...]:
    return (
        number(row.made),
        number(row.appealed),
        number(row.redetermined),
        number(row.wholly),
        number(row.partly),
        percent(row.overturned, row.redetermined),
    )


REPORT = Report(
    "redeterminations",
    "Redeterminations and overturned decisions",
    "How often decisions are appealed and overturned, by edit and by reviewer.",
    "decided",
    appeals_report,
)
