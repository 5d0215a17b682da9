"""How each claim went from receipt on, followed decision by decision."""

from __future__ import annotations

from django.db import connection

from claims.inventory.chunks import chunks

#: Whatever a claim's course was, it is what all its decisions say together: doing it twice changes nothing.
FOLLOW = """
INSERT INTO claims_claimcourse (claim_id, received_on, is_first_pass, was_suspended, final_on)
SELECT c.id, c.received_on, (array_agg(d.status ORDER BY d.number))[1] IN ('pay', 'deny'),
       bool_or(d.status = 'suspend'), min(d.decided_on) FILTER (WHERE d.status IN ('pay', 'deny'))
  FROM claims_decision d JOIN claims_claim c ON c.id = d.claim_id AND NOT c.is_test
 WHERE d.claim_id IN (SELECT claim_id FROM claims_decision WHERE id > %s AND id <= %s)
 GROUP BY c.id
    ON CONFLICT (claim_id) DO UPDATE
   SET is_first_pass = excluded.is_first_pass, was_suspended = excluded.was_suspended, final_on = excluded.final_on
"""


def follow_courses(after: int, last: int) -> None:
    """Bring the courses up to the decisions with ids above `after` up to `last`."""
    with connection.cursor() as cursor:
        for bounds in chunks(after, last):
            cursor.execute(FOLLOW, bounds)
