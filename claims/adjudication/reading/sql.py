"""Running one query of the reader and grouping its rows by their first column."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection

Row = tuple[Any, ...]
Grouped = dict[int, list[Row]]


def rows(query: str, parameters: Any) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found: list[Row] = cursor.fetchall()
        return found


def grouped(query: str, parameters: Any) -> Grouped:
    """The rows without their first column, by their first column, in the query's order."""
    found: Grouped = defaultdict(list)
    for row in rows(query, parameters):
        found[row[0]].append(row[1:])
    return found
