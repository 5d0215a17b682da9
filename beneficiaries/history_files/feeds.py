"""Append-only feeds: a record is added when it says something else than the latest one of its key. Loaded by COPY."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier

from beneficiaries.history_files.reading import HistoryRow


@dataclass(frozen=True, slots=True)
class Feed:
    """A table that is only added to: the columns that make the key, and those of which the latest record counts."""

    table: str
    key: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.content)


DRUG_CLAIMS = Feed(
    "beneficiaries_dmedrugclaim",
    ("hcpcs", "modifier", "date_of_service"),
    ("status", "supplier_name", "narrative", "claim_number"),
)
OUTSIDE_VISITS = Feed(
    "beneficiaries_outsidevisit",
    ("supplier_npi", "hcpcs", "date_of_service"),
    ("status", "supplier_tin", "supplier_name", "contractor", "claim_number"),
)

STAGE = """
CREATE TEMP TABLE arriving ON COMMIT DROP AS
SELECT 0 AS line, beneficiary_id, {columns} FROM {table} WITH NO DATA
"""

#: What is told by each line beside the record before it: the one on file, or one earlier in the file.
ADD = """
WITH told AS (
    SELECT DISTINCT ON (beneficiary_id, {key}) 0 AS line, beneficiary_id, {key}, ROW({content}) AS content
      FROM {table} JOIN (SELECT DISTINCT beneficiary_id, date_of_service FROM arriving) days
           USING (beneficiary_id, date_of_service)
     ORDER BY beneficiary_id, {key}, arrival DESC
), lines AS (
    SELECT line, content IS DISTINCT FROM lag(content) OVER (PARTITION BY beneficiary_id, {key} ORDER BY line) AS is_new
      FROM (TABLE told UNION ALL
            SELECT line, beneficiary_id, {key}, ROW({content}) FROM arriving) both_of_them
)
INSERT INTO {table} (beneficiary_id, {columns}, loaded_on)
SELECT beneficiary_id, {columns}, %s FROM arriving JOIN lines USING (line) WHERE is_new ORDER BY line
RETURNING beneficiary_id
"""


def add_to_feed(feed: Feed, rows: Sequence[HistoryRow], today: dt.date) -> list[int]:
    """Add what is new of these rows, in their order; the patient of each record that was added."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(STAGE, feed))
        with cursor.copy(_statement("COPY arriving (line, beneficiary_id, {columns}) FROM STDIN", feed)) as copy:
            for row in rows:
                copy.write_row((row.line, row.patient, *(row.values[name] for name in feed.columns)))
        cursor.execute(_statement(ADD, feed), [today])
        added = [number for (number,) in cursor.fetchall()]
        cursor.execute("DROP TABLE arriving")
    return added


def _statement(template: str, feed: Feed) -> Composable:
    def listed(names: Sequence[str]) -> Composable:
        return SQL(", ").join(map(Identifier, names))

    return SQL(template).format(
        table=Identifier(feed.table),
        key=listed(feed.key),
        content=listed(feed.content),
        columns=listed(feed.columns),
    )
