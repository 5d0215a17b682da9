"""On which days claims were decided and told as paid: the table of them, and reading it in the order of receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from claims.models import ClaimDay
from claims.pages.keyset import Order, Place, first_of_parts

if TYPE_CHECKING:
    from claims.inventory.filters import DaySpan

#: Claims decided on a day, by decisions with ids above one that was counted; the day before is looked for only where
#: there can be one.
ADD_DECIDED = """
INSERT INTO claims_claimday (claim_id, what, day, previous_on, month, received_on, arrival)
SELECT made.claim_id, 'D', made.decided_on, before.day, date_trunc('month', made.decided_on), c.received_on, c.arrival
  FROM (SELECT claim_id, decided_on, min(number) AS number FROM claims_decision WHERE id > %s GROUP BY 1, 2) made
  JOIN claims_claim c ON c.id = made.claim_id AND NOT c.is_test
 CROSS JOIN LATERAL (
       SELECT max(d.decided_on) AS day FROM claims_decision d
        WHERE made.number > 1 AND d.claim_id = made.claim_id AND d.number < made.number) before
ON CONFLICT DO NOTHING
"""

ADD_PAID = """
INSERT INTO claims_claimday (claim_id, what, day, previous_on, month, received_on, arrival)
SELECT DISTINCT told.claim_id, 'P', r.payment_day, before.day, date_trunc('month', r.payment_day), c.received_on,
       c.arrival
  FROM claims_remittance r
  JOIN claims_remitteddecision told ON told.remittance_id = r.id AND NOT told.is_reversal
  JOIN claims_decision d ON d.id = told.decision_id AND d.status = 'pay'
  JOIN claims_claim c ON c.id = told.claim_id AND NOT c.is_test
 CROSS JOIN LATERAL (
       SELECT max(earlier.payment_day) AS day
         FROM claims_remitteddecision t
         JOIN claims_decision paying ON paying.id = t.decision_id AND paying.status = 'pay'
         JOIN claims_remittance earlier ON earlier.id = t.remittance_id AND earlier.payment_day < r.payment_day
        WHERE d.number > 1 AND t.claim_id = told.claim_id AND NOT t.is_reversal) before
 WHERE r.id > %s
ON CONFLICT DO NOTHING
"""


def add_claim_days(after_decision: int, after_remittance: int) -> None:
    """Write the days that decisions and remittances with higher ids brought; those that are there stay."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_DECIDED, [after_decision])
        cursor.execute(ADD_PAID, [after_remittance])


def met_in(span: DaySpan, prefix: str = "") -> Q:
    """The condition on days of claims that they are the claim's first in the span, so that it is met once."""
    first, last = span.days
    bounds = {f"{prefix}day__range": span.days, f"{prefix}month__range": (first.replace(day=1), last.replace(day=1))}
    return Q(**bounds) & (Q(**{f"{prefix}previous_on": None}) | Q(**{f"{prefix}previous_on__lt": first}))


#: As many months as are asked one by one.
MOST_MONTHS = 60

IN_ORDER = ("received_on", "arrival", "claim")


def first_met(what: str, span: DaySpan, order: Order, place: Place, size: int) -> set[int]:
    """The ids among which are the `size` claims of a span that come first behind a place, in an order of receipt.

    One query that reads so many of each month, whatever the claims and the months hold. Empty for a span that is too
    long, and where nothing lies behind the place. Raises `BadCursor`.
    """
    months = list(_months(span))
    if len(months) > MOST_MONTHS:
        return set()
    met = ClaimDay.objects.filter(met_in(span), what=what)
    parts = [met.filter(month=month) for month in months]
    return first_of_parts(parts, replace(order, fields=IN_ORDER), place, size, "claim")


def _months(span: DaySpan) -> Iterator[dt.date]:
    month = span.first.replace(day=1)
    while month <= span.last:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)
