"""Writes of this room: the outbox that tells the claims room of records that changed."""

from __future__ import annotations

from django.db import connection

from suppliers.models import RecordArrival

#: An array is made once; a plain subquery may be run again for each row.
TAKE = """
DELETE FROM suppliers_recordarrival WHERE id = ANY(ARRAY(
    SELECT id FROM suppliers_recordarrival ORDER BY arrival LIMIT %s FOR UPDATE SKIP LOCKED
)) RETURNING id, supplier_id, kind, days, arrival, at
"""


def take_changed_records(limit: int = 1000) -> list[RecordArrival]:
    """Hand out up to `limit` outbox rows, the earliest first, and delete them in the caller's transaction.

    What another worker has taken is passed over; what is rolled back is there again. Call it inside `atomic()`.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [limit])
        fields = ("id", "supplier_id", "kind", "days", "arrival", "at")
        taken = [RecordArrival(**dict(zip(fields, row, strict=True))) for row in cursor.fetchall()]
    return sorted(taken, key=lambda row: row.arrival)
