"""Denied lines, counted by what denied them; and the table of them, which follows the decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db import connection

#: Decisions whose denials are written in one statement: traces are long.
CHUNK = 20_000

ADD_DENIALS = """
INSERT INTO claims_linedenial (decision_id, line_number, claim_id, supplier_id, edit, "group", carc, charge, decided_on)
SELECT d.id, denied.number, d.claim_id, c.supplier_id, coalesce(traced.edit, ''), denied."group", denied.carc, l.charge,
       d.decided_on
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


def add_denials(after: int) -> None:
    """Write the denied lines of the final decisions with ids above `after`; those that are there stay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM claims_decision")
        (last,) = cursor.fetchone()
        for start in range(after, last, CHUNK):
            cursor.execute(ADD_DENIALS, [start, min(start + CHUNK, last)])


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
  SELECT DISTINCT claim_id, line_number, {key} AS key, charge FROM claims_linedenial WHERE decided_on BETWEEN %s AND %s)
SELECT denied.key, count(*), count(DISTINCT denied.claim_id), sum(denied.charge), count(now.id)
  FROM denied
  JOIN claims_claim c ON c.id = denied.claim_id
  LEFT JOIN claims_decision d ON d.id = c.current_decision_id AND d.status = 'pay'
  LEFT JOIN claims_linedecision now
         ON now.decision_id = d.id AND now.number = denied.line_number AND now.outcome = 'pay'
 GROUP BY denied.key ORDER BY count(*) DESC, denied.key
"""


def denials_by(by: By, first: dt.date, last: dt.date) -> Iterator[Denials]:
    """What the final decisions of `first` to `last` denied, most lines first; one query. A key may be empty."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(key=by.value), [first, last])
        for key, *counted in cursor.fetchall():
            yield Denials("" if key is None else str(key), *counted)
