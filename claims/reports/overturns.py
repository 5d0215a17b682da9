"""How often what an edit did was undone: denials overturned, edits overridden or waived."""

from __future__ import annotations

from django.db import connection

from claims.inventory.denials import By, denials_by
from claims.inventory.filters import DaySpan
from claims.inventory.recurring import recurring_in
from claims.models import RecurringCount
from claims.pages.home.links import claims_where
from claims.reports.denials import edit_words
from claims.reports.tables import Cell, Section, Table, number, percent, text

#: Claims on which an override or a waiver of an edit stands now, of those on which it fired with power to decide.
SET_ASIDE = """
SELECT standing.edit, count(*)
  FROM (SELECT DISTINCT made.claim_id, made.edit FROM claims_determination made
          LEFT JOIN claims_determinationapproval word ON word.determination_id = made.id
          LEFT JOIN claims_determinationrevocation ended ON ended.determination_id = made.id
         WHERE made.kind IN ('override', 'waiver') AND ended.id IS NULL
           AND (NOT made.needs_approval OR word.is_granted)) standing
  JOIN claims_claim c ON c.id = standing.claim_id AND NOT c.is_test
 WHERE EXISTS (
       SELECT FROM claims_decision d JOIN claims_linedecision line ON line.decision_id = d.id
        WHERE d.claim_id = standing.claim_id AND d.decided_on BETWEEN %s AND %s AND standing.edit = ANY(line.edits))
 GROUP BY 1
"""


def overrides(span: DaySpan) -> list[tuple[str, int, int]]:
    """Edit, claims on which it fired, claims on which it is set aside; those set aside most first; two queries."""
    fired = recurring_in(RecurringCount.What.EDIT_FIRED, span)
    with connection.cursor() as cursor:
        cursor.execute(SET_ASIDE, span.days)
        aside = dict(cursor.fetchall())
    counted = [(edit, claims, aside.get(edit, 0)) for edit, claims in fired.items()]
    return sorted(counted, key=lambda row: (-row[2], -row[1], row[0]))


def overturns_report(span: DaySpan) -> tuple[Section, ...]:
    """Overturn and override rates by edit; three queries."""
    return (_overturned(span), _overridden(span))


def _overturned(span: DaySpan) -> Section:
    rows = sorted(denials_by(By.EDIT, *span.days), key=lambda row: (-row.overturned, -row.lines, row.key))
    lines, overturned = sum(row.lines for row in rows), sum(row.overturned for row in rows)
    return Section(
        "overturned",
        "Denials overturned",
        "Of the lines that a final decision made in the span denied, the share that the decision which stands now "
        "pays. Lines paid now ÷ lines denied.",
        Table(
            "Denials overturned by edit",
            ("Edit", "Claims", "Lines denied", "Paid now", "Overturned"),
            tuple(
                (
                    text(edit_words(row.key)),
                    number(row.claims, claims_where(denied=span, denied_by=row.key or "none")),
                    number(row.lines),
                    number(row.overturned),
                    percent(row.overturned, row.lines),
                )
                for row in rows
            ),
            (text("All"), Cell("", ""), number(lines), number(overturned), percent(overturned, lines)),
        ),
    )


def _overridden(span: DaySpan) -> Section:
    return Section(
        "overridden",
        "Edits overridden or waived",
        "Of the claims on which the edit fired with power to decide in a decision made in the span, the share on which "
        "an override or a waiver of it stands now. Claims with the edit set aside ÷ claims on which it fired.",
        Table(
            "Edits overridden or waived",
            ("Edit", "Fired on claims", "Overridden or waived", "Share"),
            tuple(
                (text(edit_words(edit)), number(fired), number(set_aside), percent(set_aside, fired))
                for edit, fired, set_aside in overrides(span)
            ),
        ),
    )
