"""Denied lines, counted by what denied them; and the table of them, which follows the decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db import connection

from claims.inventory.chunks import chunks

ADD_DENIALS = """
INSERT INTO claims_linedenial (decision_id, line_number, claim_id, supplier_id, edit, "group", carc, charge, decided_on,
                               is_overturned)
SELECT d.id, denied.number, d.claim_id, c.supplier_id, coalesce(traced.edit, ''), denied."group", denied.carc, l.charge,
       d.decided_on, false
  FROM claims_decision d
  JOIN claims_linedecision denied ON denied.decision_id = d.id AND denied.outcome = 'deny'
  JOIN claims_claimline l ON l.id = denied.line_id
  JOIN claims_claim c ON c.id = d.claim_id AND NOT c.is_test
  LEFT JOIN LATERAL (
       SELECT line ->> 'reason_edit' AS edit FROM jsonb_array_elements(d.trace::jsonb -> 'lines') line
        WHERE (line ->> 'number')::int = denied.number) traced ON true
 WHERE d.id > %s AND d.id <= %s AND d.status IN ('pay', 'deny')
ON CONFLICT DO NOTHING
"""

#: Of the claims that these decisions are on.
MARK_OVERTURNED = """
UPDATE claims_linedenial denied SET is_overturned = now.pays
  FROM (SELECT denial.id, EXISTS (
               SELECT FROM claims_decision d JOIN claims_linedecision line ON line.decision_id = d.id
                WHERE d.id = c.current_decision_id AND d.status = 'pay' AND line.number = denial.line_number
                  AND line.outcome = 'pay') AS pays
          FROM claims_linedenial denial JOIN claims_claim c ON c.id = denial.claim_id
         WHERE denial.claim_id IN (SELECT claim_id FROM claims_decision WHERE id > %s AND id <= %s)) now
 WHERE now.id = denied.id AND now.pays <> denied.is_overturned
"""


def follow_denials(after: int, last: int) -> None:
    """Write the denied lines of the final decisions with ids above `after` up to `last`; those that are there stay.
    Then mark which lines of their claims are paid now.
    """
    with connection.cursor() as cursor:
        for bounds in chunks(after, last):
            cursor.execute(ADD_DENIALS, bounds)
            cursor.execute(MARK_OVERTURNED, bounds)


class By(StrEnum):
    """What denials may be counted by, as an expression of the statement."""

    EDIT = "edit"
    REASON = "\"group\" || '-' || carc"
    SUPPLIER = "supplier_id"
    EDIT_AND_SUPPLIER = "edit || '/' || coalesce(supplier_id::text, '')"


@dataclass(frozen=True, slots=True)
class Denials:
    """Lines that final decisions of a span denied, each line once, with their claims and dollars charged.

    `overturned` of the lines are paid by the decision that stands now.
    """

    key: str
    lines: int
    claims: int
    charge: Decimal
    overturned: int

    @property
    def overturned_share(self) -> Decimal:
        """Percent, of the lines."""
        return Decimal(100 * self.overturned) / self.lines


COUNT = """
WITH denied AS (
  SELECT DISTINCT claim_id, line_number, {key} AS key, charge, is_overturned
    FROM claims_linedenial WHERE decided_on BETWEEN %s AND %s)
SELECT key, count(*), count(DISTINCT claim_id), sum(charge), count(*) FILTER (WHERE is_overturned)
  FROM denied GROUP BY key ORDER BY count(*) DESC, key
"""


def denials_by(by: By, first: dt.date, last: dt.date) -> Iterator[Denials]:
    """What the final decisions of `first` to `last` denied, most lines first; one query. A key may be empty."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(key=by.value), [first, last])
        for key, *counted in cursor.fetchall():
            yield Denials("" if key is None else str(key), *counted)
