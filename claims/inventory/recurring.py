"""What may happen to the same line or claim on several days, counted so that any span counts it once."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, Sum

from claims.inventory.chunks import chunks
from claims.inventory.filters import DaySpan
from claims.models import RecurringCount

#: A final decision decides all lines of its claim, so that one before it decided the same lines.
LINES_DECIDED = """
SELECT 'lines' AS what, coalesce(c.supplier_id::text, '') AS key, d.decided_on AS day, before.day AS previous_on,
       count(*) AS number
  FROM claims_decision d
  JOIN claims_claim c ON c.id = d.claim_id AND NOT c.is_test
  JOIN claims_linedecision line ON line.decision_id = d.id
 CROSS JOIN LATERAL (
       SELECT max(b.decided_on) AS day FROM claims_decision b
        WHERE d.number > 1 AND b.claim_id = d.claim_id AND b.number < d.number AND b.status IN ('pay', 'deny')) before
 WHERE d.id > %(after)s AND d.id <= %(last)s AND d.status IN ('pay', 'deny')
 GROUP BY 1, 2, 3, 4
"""

EDITS_FIRED = """
SELECT 'fired', fired.edit, fired.decided_on, before.day, count(*)
  FROM (SELECT DISTINCT d.claim_id, d.number, d.decided_on, edit
          FROM claims_decision d
          JOIN claims_claim c ON c.id = d.claim_id AND NOT c.is_test
          JOIN claims_linedecision line ON line.decision_id = d.id AND cardinality(line.edits) > 0
         CROSS JOIN unnest(line.edits) AS edit
         WHERE d.id > %(after)s AND d.id <= %(last)s) fired
 CROSS JOIN LATERAL (
       SELECT max(b.decided_on) AS day FROM claims_decision b
         JOIN claims_linedecision line ON line.decision_id = b.id AND fired.edit = ANY(line.edits)
        WHERE fired.number > 1 AND b.claim_id = fired.claim_id AND b.number < fired.number) before
 GROUP BY 1, 2, 3, 4
"""

ADD = """
INSERT INTO claims_recurringcount (what, key, day, previous_on, number) {}
    ON CONFLICT (what, key, day, previous_on) DO UPDATE
   SET number = claims_recurringcount.number + excluded.number
"""


def add_recurring(after: int, last: int) -> None:
    """Add what decisions with ids above `after` up to `last` brought. Each decision may be added once only, so they
    must be settled; with `after` 0 it begins anew.
    """
    if not after:
        RecurringCount.objects.all().delete()
    with connection.cursor() as cursor:
        for first, end in chunks(after, last):
            for counted in (LINES_DECIDED, EDITS_FIRED):
                cursor.execute(ADD.format(counted), {"after": first, "last": end})


def recurring_in(what: RecurringCount.What, span: DaySpan) -> dict[str, int]:
    """How many there were in a span by key, each once; one query."""
    before = Q(previous_on=None) | Q(previous_on__lt=span.first)
    found = RecurringCount.objects.filter(before, what=what, day__range=span.days).order_by().values("key")
    return dict(found.annotate(total=Sum("number")).values_list("key", "total"))
