"""Decisions in chunks: what follows them is written in statements of bounded size, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

#: Decisions whose rows are followed in one statement.
CHUNK = 20_000

#: The last id of a chunk that begins behind an id; nothing when the last chunk is not full.
BOUND = "SELECT id FROM claims_decision WHERE id > %s AND id <= %s ORDER BY id LIMIT 1 OFFSET %s"


def chunks(after: int, last: int) -> Iterator[tuple[int, int]]:
    """Bounds of the decisions with ids above `after` up to `last`: each chunk lies above its first bound."""
    while after < last:
        with connection.cursor() as cursor:
            cursor.execute(BOUND, [after, last, CHUNK - 1])
            (end,) = cursor.fetchone() or (last,)
        yield after, end
        after = end
