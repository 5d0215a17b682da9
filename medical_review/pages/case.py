"""The page of a case: the record at the left, the checklist at the right, lines with their price, words, signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.db.models import QuerySet

from accounts.models import Event, User
from accounts.readers import events_about
from beneficiaries.documents.readers import documents_shown
from claims.edits.wording import dollars
from claims.models import LineOutcome
from claims.pages.claim.plan import PlanShown, plan_shown
from claims.pages.meanwhile import Looking, also_looking
from medical_review.actions.deciding import second_review_for
from medical_review.appeals.page import AppealShown, appeal_of
from medical_review.clocks import left_or_overdue, second_review_above
from medical_review.desk import Desk, LineState, PointState, Todo, rationale_text, read_desk, todos, what_lacks
from medical_review.judging import Judged, LineMoney
from medical_review.known import OnFile, beside
from medical_review.models import Answer, Case, Ground, LineAnswer, LineVerdict, ReviewDecision
from medical_review.models.finding import LineWords
from medical_review.pages.acting import CaseAct, acts_on
from medical_review.pages.viewer import PageLink, Viewer, viewer_of
from medical_review.pages.written import things_on
from medical_review.record import documents_of
from medical_review.states import CaseState
from policy import clock
from policy.readers import tables_as_known
from policy.tables import VisitCodeRow

#: Minutes of a billed unit.
UNIT = 15


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point with its name in the form, the digest of what its fields show, and its pages of the record."""

    state: PointState
    name: str
    digest: str
    links: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class GroundShown:
    """A ground with its points and what was answered: "11 met, 1 not met, 1 not documented, 2 open"."""

    ground: Ground
    points: tuple[PointRow, ...]

    @property
    def sums(self) -> str:
        answers = [each.state.answer for each in self.points]
        counted = [(answers.count(value), word.lower()) for value, word in Answer.choices]
        left = answers.count("")
        return ", ".join(f"{count} {word}" for count, word in [*counted, (left, "open")] if count)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its money, the visit codes it may be adjusted to, and what its decision still lacks.

    The digests are those of what the fields of its decision and of its visit show.
    """

    state: LineState
    name: str
    digest: str
    visit_digest: str
    money: LineMoney
    words: LineWords | None
    code_words: str
    codes: tuple[tuple[str, str], ...]
    lacks: str
    links: tuple[PageLink, ...]

    @property
    def outcome(self) -> LineOutcome:
        return LineOutcome(self.money.outcome)

    @property
    def units_by_time(self) -> int | None:
        """Whole units of 15 minutes between the times in and out of the visit's note, rounded to the nearest."""
        visit = self.state.visit
        if visit is None or visit.time_in is None or visit.time_out is None:
            return None
        start, end = (dt.datetime.combine(dt.date.min, at) for at in (visit.time_in, visit.time_out))
        minutes = (end - start).total_seconds() / 60
        return int((minutes + UNIT / 2) // UNIT) if minutes > 0 else 0

    @property
    def time_agrees(self) -> bool:
        return self.units_by_time is not None and self.units_by_time == self.state.line.units

    @property
    def day_agrees(self) -> bool:
        visit = self.state.visit
        return visit is None or visit.note_of is None or visit.note_of == self.state.line.date_of_service


@dataclass(frozen=True, slots=True)
class StepShown:
    words: str
    state: str


class OnDesk:
    """What follows from the parts that every page of a desk has."""

    __slots__ = ()
    money: Judged
    lines: tuple[LineRow, ...]
    todos: tuple[Todo, ...]
    may_write: bool

    @property
    def is_fixed(self) -> bool:
        """Whether the page is only read: its fields cannot be written in."""
        return not self.may_write

    @property
    def may_sign(self) -> bool:
        return self.may_write and all(todo.is_done for todo in self.todos)

    @property
    def is_estimated(self) -> bool:
        return any(row.money.is_estimated for row in self.lines)

    @property
    def change(self) -> Decimal:
        return self.money.paid_after - self.money.paid_before


@dataclass(frozen=True, slots=True)
class CasePage(OnDesk):
    """All that the page shows; `may_write` while the person has the case and it is in review."""

    case: Case
    desk: Desk
    money: Judged
    grounds: tuple[GroundShown, ...]
    lines: tuple[LineRow, ...]
    todos: tuple[Todo, ...]
    second: str
    rationale: str
    is_drafted: bool
    rationale_digest: str
    viewer: Viewer
    plan: PlanShown | None
    beside: tuple[tuple[str, str], ...]
    decisions: tuple[ReviewDecision, ...]
    steps: tuple[StepShown, ...]
    acts: tuple[CaseAct, ...]
    events: QuerySet[Event]
    looking: tuple[Looking, ...]
    appeal: AppealShown | None
    may_write: bool
    may_second: bool

    @property
    def is_to_be_signed(self) -> bool:
        return self.case.state in (CaseState.READY, CaseState.IN_REVIEW)


def case_page(
    case: Case, person: User, answers: Mapping[int, LineAnswer] | None = None, place: Mapping[str, str] | None = None
) -> CasePage:
    """The page of a case whose claim has a decision; as many queries for every case.

    `answers` say of the lines, by number, what somebody is about to decide otherwise; `place` names the document and
    the page that lie in the viewer.
    """
    today, tables = clock.today(), tables_as_known()
    desk = read_desk(case, tables, today)
    desk = desk if answers is None else desk.with_lines(answers)
    money = desk.judge()
    digests = {thing.name: thing.digest for thing in things_on(desk, person)}
    decisions = tuple(
        case.decisions.select_related("signed_by", "second_review__made_by").prefetch_related("lines__line")
    )
    by_point = {each.point.number: each.answer for each in desk.points}
    viewer = viewer_of(case, documents_shown(documents_of(case)), by_point, place or {})
    acts = tuple(acts_on(case, person, decisions[-1] if decisions else None))
    may_write = case.state == CaseState.IN_REVIEW and case.assigned_to_id == person.pk
    return CasePage(
        case=case,
        desk=desk,
        money=money,
        grounds=tuple(grounds_shown(desk, digests, viewer)),
        lines=tuple(line_rows(desk, money, digests, viewer)),
        todos=tuple(todos(desk, money)),
        second=_second_words(case, desk, money, person),
        rationale=rationale_text(desk),
        is_drafted=not (desk.rationale and desk.rationale.text),
        rationale_digest=digests["rationale"],
        viewer=viewer,
        plan=plan_shown(desk.facts),
        beside=tuple(beside(OnFile(desk.facts, desk.decision, tables))),
        decisions=decisions,
        steps=tuple(_steps(case, today)),
        acts=acts,
        events=events_about(case),
        looking=tuple(also_looking(case, person)),
        appeal=appeal_of(case, desk.words),
        may_write=may_write,
        may_second=any(act.name == "second" for act in acts),
    )


class Turns(Protocol):
    """What knows the way to the pages that a reviewer wrote."""

    def links(self, written: str, document_id: int | None) -> tuple[PageLink, ...]: ...


def grounds_shown(desk: Desk, digests: Mapping[str, str], viewer: Turns) -> Iterator[GroundShown]:
    for ground, points in desk.by_ground:
        yield GroundShown(ground, tuple(point_row(point, digests, viewer) for point in points))


def point_row(point: PointState, digests: Mapping[str, str], viewer: Turns) -> PointRow:
    name = f"p{point.point.number}"
    finding = point.finding
    return PointRow(point, name, digests[name], viewer.links(point.page, finding.document_id if finding else None))


def line_rows(desk: Desk, money: Judged, digests: Mapping[str, str], viewer: Turns) -> Iterator[LineRow]:
    for state in desk.lines:
        line = state.line
        known = [(row.hcpcs, code_in_words(row)) for row in desk.tables.visit_codes.in_force(line.date_of_service)]
        yield LineRow(
            state=state,
            name=str(line.number),
            digest=digests[f"l{line.number}"],
            visit_digest=digests[f"v{line.number}"],
            money=money.lines[line.number],
            words=desk.words_of(state),
            code_words=dict(known).get(line.hcpcs, "no visit code of that day"),
            codes=tuple(pair for pair in known if pair[0] != line.hcpcs),
            lacks=what_lacks(desk, state, money),
            links=viewer.links(state.visit.page, state.visit.document_id) if state.visit else (),
        )


SHORT = {1: "IV", 2: "SC", 3: "complex"}


def code_in_words(code: VisitCodeRow) -> str:
    return f"{'initial' if code.is_initial else 'subsequent'}, {SHORT[code.category]}"


def _second_words(case: Case, desk: Desk, money: Judged, person: User) -> str:
    """Whether the decision, signed as it is, would go to second review, and why."""
    why = second_review_for(case, money, desk.words, person, desk.tables)
    match why:
        case ReviewDecision.SecondReviewFor.AMOUNT:
            above = dollars(second_review_above(desk.today, desk.tables))
            return f"Goes to second review: more than {above} is taken. You cannot be its second reviewer."
        case ReviewDecision.SecondReviewFor.LIMIT:
            limit = dollars(person.amount_limit or Decimal(0))
            return f"Goes to second review: more is at stake than your limit of {limit}."
        case ReviewDecision.SecondReviewFor.SHARE:
            return "Goes to second review: a line is denied, and the case is one of the share that is drawn."
    is_denied = any(each.verdict == LineVerdict.DENY for each in desk.words.values())
    return "Counts at once: no second review." if is_denied else ""


def _steps(case: Case, today: dt.date) -> Iterator[StepShown]:
    """Where the case is on its way."""
    yield StepShown(f"Opened {_short(case.opened_on)}", "done")
    if case.records_asked_on:
        waits = case.state == CaseState.RECORDS
        due = f", due {_due(case.records_due, today)}" if waits and case.records_due else ""
        yield StepShown(f"Records asked for {_short(case.records_asked_on)}{due}", "now" if waits else "done")
    if case.records_in_on:
        yield StepShown(f"Records in {_short(case.records_in_on)}", "done")
    if not case.is_open:
        yield StepShown(f"{case.state_shown.label} {_short(case.ended_on)}", "now")
        return
    begun = case.state in (CaseState.READY, CaseState.IN_REVIEW)
    due = f", decide by {_due(case.decide_by, today)}" if case.decide_by and begun else ""
    words = CaseState.READY.label if case.state == CaseState.READY else CaseState.IN_REVIEW.label
    yield StepShown(f"{words}{due}", "now" if begun else "done" if case.state == CaseState.SECOND else "")
    yield StepShown("Second review", "now" if case.state == CaseState.SECOND else "")


def _short(day: dt.date | None) -> str:
    return f"{day:%b} {day.day}" if day else ""


def _due(day: dt.date, today: dt.date) -> str:
    return f"{_short(day)}, {left_or_overdue((day - today).days)}"
