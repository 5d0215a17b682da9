"""Writes of this room: the outbox that tells the claims room of new history."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from beneficiaries.models import HistoryArrival, HistoryKind, MovedKind

ANNOUNCE = "INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT %s, unnest(%s::bigint[])"

#: An array is made once; a plain subquery may be run again for each row, and then takes more than it should.
TAKE = """
DELETE FROM beneficiaries_historyarrival WHERE id = ANY(ARRAY(
    SELECT id FROM beneficiaries_historyarrival WHERE arrival <= %s ORDER BY arrival LIMIT %s FOR UPDATE SKIP LOCKED
)) RETURNING id, beneficiary_id, kind, arrival, at
"""

#: Later than every arrival number.
LAST = 2**63 - 1


def announce_history(beneficiary_ids: Iterable[int], kind: HistoryKind | MovedKind) -> None:
    """Tell the claims room that history of a kind has come for these patients; in the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE, [kind, sorted(set(beneficiary_ids))])


def take_arrived_history(limit: int = 1000, through: int = LAST) -> list[HistoryArrival]:
    """Hand out up to `limit` outbox rows, the earliest first, and delete them in the caller's transaction.

    `through` is the last arrival number that is handed out. What another worker has taken is passed over; what is
    rolled back is there again. Call it inside `atomic()`.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [through, limit])
        fields = ("id", "beneficiary_id", "kind", "arrival", "at")
        taken = [HistoryArrival(**dict(zip(fields, row, strict=True))) for row in cursor.fetchall()]
    return sorted(taken, key=lambda row: row.arrival)
