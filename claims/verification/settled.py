"""Up to which id the rows of a table are settled: those that are there stay, and none comes in between any more.

Ids come from sequences, and transactions end in another order than they took their numbers: a row with a lower id may
appear after one with a higher. A transaction that took a number holds a lock on the sequence until it ends. So the
numbers taken so far are settled once every transaction that held the lock at that moment has ended. Nobody is made to
wait for it but the one who asks.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from django.db import connection
from psycopg import sql

SECONDS_BETWEEN_LOOKS = 0.05

#: The transactions of other sessions that took a number of these sequences and have not ended.
UNDER_WAY = """
SELECT l.relation::regclass::text, l.virtualtransaction FROM pg_locks l
  JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
 WHERE l.relation = ANY(%s::regclass[]::oid[]) AND l.pid IS DISTINCT FROM pg_backend_pid()
"""


def settled(tables: Sequence[str], patience: float = 10.0) -> dict[str, int]:
    """The last settled id of each table whose `id` comes from a sequence, 0 before the first.

    Waits up to `patience` seconds for transactions that are under way; a table for which one goes on is left out.
    The caller's own transaction does not count: what it wrote itself it must keep.
    """
    sequences = _sequences(tables)
    last = {table: _last_number(sequence) for table, sequence in sequences.items()}
    waited_for = _under_way(sequences.values())
    until = time.monotonic() + patience
    while waited_for and time.monotonic() < until:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        waited_for &= _under_way(sequences.values())
    unsettled = {sequence for sequence, _ in waited_for}
    return {table: last[table] for table, sequence in sequences.items() if sequence not in unsettled}


def _sequences(tables: Sequence[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, pg_get_serial_sequence(t, 'id')::regclass::text FROM unnest(%s::text[]) t", [list(tables)]
        )
        found = dict(cursor.fetchall())
    if without := [table for table, sequence in found.items() if sequence is None]:
        raise ValueError(f"The ids of {', '.join(without)} come from no sequence, so its rows cannot be sealed.")
    return found


def _last_number(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}")
            .format(sql.Identifier(*sequence.split(".")))
            .as_string()
        )
        (number,) = cursor.fetchone()
    return int(number)


def _under_way(sequences: Collection[str]) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(UNDER_WAY, [list(sequences)])
        return set(cursor.fetchall())
