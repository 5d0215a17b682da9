"""Emptying the database after a test with real transactions.

Django truncates every table and makes content types and permissions anew, which for two hundred tables takes a second.
Here the rows of the tables that have any are deleted; only a test that left many rows pays for the truncation. The
triggers that refuse either are set aside, and what `migrate` wrote stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pgtrigger
import pytest
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

#: What `migrate` fills.
KEPT = {
    "django_content_type",
    "auth_permission",
    "django_migrations",
    "medical_review_checklistpoint",
    "medical_review_askabledocument",
}
#: Rows in one table from which on truncating is quicker than deleting.
MANY = 1000


@contextmanager
def emptied_quickly() -> Iterator[None]:
    """Inside it Django's `flush` works so."""
    truncate = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: Sequence[str], **named: Any) -> list[str]:
        rows = _rows_in([table for table in tables if table not in KEPT])
        if not rows:
            return []
        if max(rows.values()) < MANY:
            return [_set_aside(), *(f'DELETE FROM "{table}"' for table in rows)]
        return [_set_aside(), *truncate(self, style, [table for table in tables if table not in KEPT], **named)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *given: None)
        yield


def _rows_in(tables: Sequence[str]) -> dict[str, int]:
    """The tables that have rows, with their number, counted no further than `MANY`."""
    counted = "SELECT '{0}', count(*) FROM (SELECT FROM \"{0}\" LIMIT {1}) AS first_rows"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counted.format(table, MANY) for table in tables))
        return {table: number for table, number in cursor.fetchall() if number}


def _set_aside() -> str:
    """All triggers of ours; those that keep keys to other tables right stay and look when all is deleted."""
    names = ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered())
    return f"SET LOCAL pgtrigger.ignore = '{{{names}}}'"
