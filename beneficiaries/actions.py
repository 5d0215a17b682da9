"""Writes of this room: the outbox that tells the claims room of new history."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from beneficiaries.models import HistoryArrival, HistoryKind

ANNOUNCE = "INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT %s, unnest(%s::bigint[])"

TAKE = """
DELETE FROM beneficiaries_historyarrival WHERE id IN (
    SELECT id FROM beneficiaries_historyarrival ORDER BY arrival LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING id, beneficiary_id, kind, arrival, at
"""


def announce_history(beneficiary_ids: Iterable[int], kind: HistoryKind) -> None:
    """Tell the claims room that history of a kind has come for these patients; in the transaction that wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE, [kind, sorted(set(beneficiary_ids))])


def take_arrived_history(limit: int = 1000) -> list[HistoryArrival]:
    """Hand out up to `limit` outbox rows, the earliest first, and delete them in the caller's transaction.

    What another worker has taken is passed over; what is rolled back is there again. Call it inside `atomic()`.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [limit])
        fields = ("id", "beneficiary_id", "kind", "arrival", "at")
        taken = [HistoryArrival(**dict(zip(fields, row, strict=True))) for row in cursor.fetchall()]
    return sorted(taken, key=lambda row: row.arrival)
