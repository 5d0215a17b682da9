"""What the rows of a range look like, as one digest and as the beginnings of each row's own; worked out by SQL.

A row is the text of its columns as PostgreSQL writes a record, under settings that every session can be given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from psycopg import sql

#: Bytes of a leaf that are kept: eight of the id, eight of the row's digest.
LEAF, ID = 16, 8

#: A leaf is the id as eight bytes, then the SHA-256 of the row.
LEAVES = """
SELECT id, int8send(id) || sha256(convert_to(ROW({columns})::text, 'UTF8')) AS leaf
  FROM {table} WHERE id BETWEEN %s AND %s
"""

DIGEST = f"""
SELECT count(*), encode(sha256(coalesce(string_agg(leaf, ''::bytea ORDER BY id), '')), 'hex'),
       coalesce(string_agg(substring(leaf FOR {LEAF}), ''::bytea ORDER BY id), '') FROM ({LEAVES}) AS leaves
"""  # noqa: S608 - only our own statements

PLAIN_FORMS = """
SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, MDY', true),
       set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true),
       set_config('extra_float_digits', '1', true)
"""


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows a range has, the SHA-256 over them, and 16 bytes for each."""

    row_count: int
    digest: str
    leaves: bytes


def digest_of(table: str, columns: Sequence[str], first_id: int, last_id: int) -> Digest:
    """The rows of a range as they are now, both ends included; four statements."""
    statement = sql.SQL(DIGEST).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)), table=sql.Identifier(table)
    )
    with _plain_forms(), connection.cursor() as cursor:
        cursor.execute(statement, [first_id, last_id])
        count, digest, leaves = cursor.fetchone()
    return Digest(count, digest, bytes(leaves))


@contextmanager
def _plain_forms() -> Iterator[None]:
    """Days, moments and numbers have one text, however the session is set."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PLAIN_FORMS)
        yield


def by_id(leaves: bytes) -> dict[int, bytes]:
    """The leaves by the id of their row."""
    parts = (leaves[start : start + LEAF] for start in range(0, len(leaves), LEAF))
    return {int.from_bytes(part[:ID], "big", signed=True): part[ID:] for part in parts}


def columns_of(table: str) -> tuple[str, ...]:
    """The columns that a table has now, in their order."""
    with connection.cursor() as cursor:
        return tuple(column.name for column in connection.introspection.get_table_description(cursor, table))
