"""Changes by hand, as somebody with all rights in the database makes them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection


def by_hand(table: str, statement: str, values: Sequence[object] = ()) -> None:
    """Run one statement with the triggers of its table set aside, foreign keys checked at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, list(values))
        assert cursor.rowcount, "nothing was changed"
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
