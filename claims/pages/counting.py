"""Counts beside filters that stay cheap: exact up to a limit, and beyond it only a number that there are more than."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from claims.models import Claim

#: Claims that are counted at most.
LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Total:
    """How many claims there are and the dollars they charge; with `is_more` there are more, and the sum is unknown."""

    count: int
    charge: Decimal
    is_more: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each value occurs among the claims counted; with `is_more` it occurs at least as often."""

    by_value: dict[Any, int]
    is_more: bool


def total_of(claims: QuerySet[Claim]) -> Total:
    """The number of claims and the sum of their charges; one query that reads at most 10,001 of them."""
    summed = sql.SQL("SELECT count(*), coalesce(sum(total_charge), 0) FROM found")
    ((count, charge),) = _fetch(summed, claims, "total_charge")
    return Total(min(count, LIMIT), charge, count > LIMIT)


def count_of(claims: QuerySet[Claim]) -> str:
    """How many claims there are, in words ("34", "10,000+"); one query that reads at most 10,001 of them."""
    ((count,),) = _fetch(sql.SQL("SELECT count(*) FROM found"), claims, "id")
    return f"{LIMIT:,}+" if count > LIMIT else f"{count:,}"


def counts_of(claims: QuerySet[Claim], *fields: str) -> Counts:
    """How often each value of a field occurs, or each group of values of several, as a tuple."""
    columns = _names(fields)
    return _counted(_fetch(BY_COLUMNS.format(columns, columns), claims, *fields))


def counts_of_items(claims: QuerySet[Claim], field: str) -> Counts:
    """How many claims have each item in a field that is a list."""
    return _counted(_fetch(BY_ITEM.format(sql.Identifier(field)), claims, field))


def counts_of_lines(claims: QuerySet[Claim], column: str) -> Counts:
    """How many claims have a line with each value of a column."""
    return _counted(_fetch(BY_LINE.format(sql.Identifier(column), sql.Identifier(column)), claims, "id"))


#: Each row: how many claims there are in all, how many have the value, the value.
BY_COLUMNS = sql.SQL("SELECT (SELECT count(*) FROM found), count(*), {} FROM found GROUP BY {}")
BY_ITEM = sql.SQL("SELECT (SELECT count(*) FROM found), count(*), item FROM found, unnest({}) AS item GROUP BY item")
BY_LINE = sql.SQL(
    "SELECT (SELECT count(*) FROM found), count(DISTINCT line.claim_id), line.{} "
    "FROM claims_claimline line JOIN found ON found.id = line.claim_id GROUP BY line.{}"
)


def _fetch(statement: sql.Composable, claims: QuerySet[Claim], *fields: str) -> list[tuple[Any, ...]]:
    some = claims.order_by().values_list(*fields)[: LIMIT + 1].query
    found, parameters = some.get_compiler(connection=connection, elide_empty=False).as_sql()
    counted = sql.SQL("WITH found ({}) AS MATERIALIZED ({}) {}").format(_names(fields), sql.SQL(found), statement)
    with connection.cursor() as cursor:
        cursor.execute(counted, parameters)
        return cursor.fetchall()


def _names(fields: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(field.rpartition("__")[2]) for field in fields)


def _counted(rows: list[tuple[Any, ...]]) -> Counts:
    by_value = {(value[0] if len(value) == 1 else tuple(value)): count for _, count, *value in rows}
    return Counts(by_value, bool(rows) and rows[0][0] > LIMIT)
