"""Numbers of the database's sequences: no two processes take the same one; a transaction that fails leaves a gap."""

from __future__ import annotations

from django.db import connection


def take_several(sequence: str, count: int) -> list[int]:
    """The next `count` numbers of a sequence, named as in the database, ascending; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return [number for (number,) in cursor.fetchall()]
