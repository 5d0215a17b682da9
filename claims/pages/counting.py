"""Counts beside filters that stay cheap: exact up to a limit, and beyond it only a number that there are more than."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from claims.models import Claim
from claims.pages.keyset import Order, Place

#: Claims that are counted at most; where there are more, how often their values occur is read from a few of them only.
LIMIT, FEW = 10_000, 2_000


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


@dataclass(frozen=True, slots=True)
class Facets:
    """The total of some claims, the counts beside filters by the name of the filter, and the ids of the first claims.

    The first ones are those behind the place that was asked for; they are none where there are more than are counted.
    """

    total: Total
    counts: dict[str, Counts]
    first: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class First:
    """So many claims as come first in an order behind a place."""

    order: Order
    place: Place
    size: int

    def statement(self, claims: QuerySet[Claim]) -> sql.Composable:
        """The ids of these of the claims found, as rows of a facet. Raises `BadCursor`."""
        direction, cursor = self.place.towards(self.order)
        after = [*map(sql.Literal, direction.values_at(claims, cursor))]
        comma, sign = sql.SQL(", "), sql.SQL("<" if direction.is_descending else ">")
        behind = sql.SQL("AND ({}) {} ({})").format(_names(direction.fields), sign, comma.join(after))
        way = sql.SQL("{} DESC" if direction.is_descending else "{}")
        return sql.SQL(FIRST_FOUND).format(
            sql.Literal(LIMIT),
            behind if after else sql.SQL(""),
            comma.join(way.format(sql.Identifier(field)) for field in direction.fields),
            sql.Literal(self.size),
        )


FIRST_FOUND = """
SELECT 'first', id::text, 0, 0 FROM (
  SELECT id FROM found WHERE (SELECT count(*) FROM found) <= {} {} ORDER BY {} LIMIT {}) AS ordered
"""


def facets_of(claims: QuerySet[Claim], names: Collection[str], first: First | None = None) -> Facets:
    """Count claims, their charges, and how many have each value of the facets named; one query that reads at most
    10,001 claims. Where there are more, their edits and the codes of their lines are read from a few of them.

    Where there are not, `first` names those to be found: the database would rather walk all claims in the order to find
    them. Values are texts as the database has them: a day of receipt in ISO form, the id of a supplier. Raises
    `BadCursor`.
    """
    asked = [TOTAL, *(FACETS[name] for name in names), *([first.statement(claims)] if first else [])]
    fields = dict.fromkeys((*FIELDS, *(first.order.fields if first else ())))
    found = _fetch(sql.SQL(" UNION ALL ").join(asked), claims, *fields)
    by_name: dict[str, dict[Any, int]] = {name: {} for name in ("", "first", *names)}
    for name, value, times, _ in found:
        by_name[name][value] = times
    ((count, charge),) = [(times, amount) for name, _, times, amount in found if name == ""]
    is_more = count > LIMIT
    counts = {name: Counts(by_name[name], is_more) for name in names}
    return Facets(Total(min(count, LIMIT), charge, is_more), counts, frozenset(map(int, by_name["first"])))


#: What of a claim is read to count it.
FIELDS = ("id", "status", "edits", "received_on", "supplier_id", "total_charge")

#: Each row: the name of a facet, a value, how many claims have it, the charge of all of them (of the total only).
TOTAL = sql.SQL("SELECT '', NULL, count(*), coalesce(sum(total_charge), 0) FROM found")
FACETS = {
    "status": sql.SQL("SELECT 'status', status::text, count(*), 0 FROM found GROUP BY status"),
    "edit": sql.SQL("SELECT 'edit', item::text, count(*), 0 FROM few, unnest(edits) AS item GROUP BY item"),
    "age": sql.SQL("SELECT 'age', received_on::text, count(*), 0 FROM found GROUP BY received_on"),
    "supplier": sql.SQL("SELECT 'supplier', supplier_id::text, count(*), 0 FROM found GROUP BY supplier_id"),
    "code": sql.SQL(
        "SELECT 'code', hcpcs::text, count(*), 0 FROM ("
        "SELECT DISTINCT line.claim_id, line.hcpcs FROM claims_claimline line JOIN few ON few.id = line.claim_id"
        ") AS billed GROUP BY hcpcs"
    ),
}


def count_of(claims: QuerySet[Claim]) -> str:
    """How many claims there are, in words ("34", "10,000+"); one query that reads at most 10,001 of them."""
    ((count,),) = _fetch(sql.SQL("SELECT count(*) FROM found"), claims, "id")
    return _in_words(count, count > LIMIT)


def total_words(total: Total) -> str:
    """The same of a total."""
    return _in_words(total.count, total.is_more)


def _in_words(count: int, is_more: bool) -> str:
    return f"{LIMIT:,}+" if is_more else f"{count:,}"


def counts_of(claims: QuerySet[Claim], *fields: str) -> Counts:
    """How often each value of a field occurs, or each group of values of several, as a tuple."""
    columns = _names(fields)
    return _counted(_fetch(BY_COLUMNS.format(columns, columns), claims, *fields))


#: Each row: how many claims there are in all, how many have the value, the value.
BY_COLUMNS = sql.SQL("SELECT (SELECT count(*) FROM found), count(*), {} FROM found GROUP BY {}")


WITH = """
WITH found ({}) AS MATERIALIZED ({}),
     few AS (SELECT * FROM found LIMIT (SELECT CASE WHEN count(*) > {} THEN {} END FROM found)) {}
"""


def _fetch(statement: sql.Composable, claims: QuerySet[Claim], *fields: str) -> list[tuple[Any, ...]]:
    some = claims.order_by().values_list(*fields)[: LIMIT + 1].query
    found, parameters = some.get_compiler(connection=connection, elide_empty=False).as_sql()
    counted = sql.SQL(WITH).format(_names(fields), sql.SQL(found), sql.Literal(LIMIT), sql.Literal(FEW), statement)
    with connection.cursor() as cursor:
        cursor.execute(counted, parameters)
        return cursor.fetchall()


def _names(fields: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(field.rpartition("__")[2]) for field in fields)


def _counted(rows: list[tuple[Any, ...]]) -> Counts:
    by_value = {(value[0] if len(value) == 1 else tuple(value)): count for _, count, *value in rows}
    return Counts(by_value, bool(rows) and rows[0][0] > LIMIT)
