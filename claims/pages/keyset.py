"""Keyset pages: a page begins behind a row and not at a number, so that the last page is as fast as the first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db.models import F, Field, Func, Model, QuerySet, TextField, Value
from django.db.models.lookups import GreaterThan, LessThan

M = TypeVar("M", bound=Model)


class BadCursor(ValueError):
    """A cursor that no page of this order wrote."""


class _Row(Func):
    """Several values as one that is compared from the first to the last; PostgreSQL walks an index along it."""

    function = "ROW"
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Order:
    """A total order: the fields from the first to the last, which tells rows apart; none of them may be empty."""

    fields: tuple[str, ...]
    is_descending: bool = False

    def reversed(self) -> Order:
        return replace(self, is_descending=not self.is_descending)

    def sort(self, rows: QuerySet[M]) -> QuerySet[M]:
        sign = "-" if self.is_descending else ""
        return rows.order_by(*(sign + field for field in self.fields))

    def behind(self, rows: QuerySet[M], cursor: str) -> QuerySet[M]:
        """The rows that come after the one that a cursor stands on."""
        if not cursor:
            return rows
        kinds = (_kind(rows, field) for field in self.fields)
        here = _Row(*map(Value, self.values_at(rows, cursor), kinds))
        compare = LessThan if self.is_descending else GreaterThan
        return rows.filter(compare(_Row(*(F(field) for field in self.fields)), here))

    def cursor_at(self, row: Model) -> str:
        """The place of a row as a text for an address."""
        values = [getattr(row, field) for field in self.fields]
        return base64.urlsafe_b64encode(orjson.dumps(values, default=str)).decode().rstrip("=")

    def values_at(self, rows: QuerySet[Any], cursor: str) -> list[Any]:
        """The values of the row on which a cursor stands, none without one. Raises `BadCursor`."""
        if not cursor:
            return []
        kinds = [_kind(rows, field) for field in self.fields]
        try:
            found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            pairs = list(zip(kinds, found, strict=True))
            values = [kind.to_python(value) for kind, value in pairs if value is not None]
        except (binascii.Error, TypeError, ValueError, ValidationError) as error:
            raise BadCursor(cursor) from error
        if len(values) != len(kinds):
            raise BadCursor(cursor)
        return values


def _kind(rows: QuerySet[Any], name: str) -> Field[Any, Any]:
    annotation = rows.query.annotations.get(name)
    return annotation.output_field if annotation is not None else rows.model._meta.get_field(name)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows in their order, with the cursors of the pages beside them, empty where there is none."""

    rows: tuple[M, ...]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: behind the cursor `after`, right before the cursor `before`, or first."""

    after: str = ""
    before: str = ""

    @property
    def is_first(self) -> bool:
        return not self.after and not self.before

    @property
    def is_backward(self) -> bool:
        return bool(self.before) and not self.after

    def towards(self, order: Order) -> tuple[Order, str]:
        """The order in which the rows at the place follow one another, and the cursor behind which they do."""
        return order.reversed() if self.is_backward else order, self.after or self.before


FIRST = Place()


def first_of_parts(
    parts: Sequence[QuerySet[Any]], order: Order, place: Place, size: int, field: str = "pk"
) -> set[int]:
    """The values of a field among which are those of the first `size` rows behind a place, of parts that are one list.

    Each part is asked alone for so many, in one query: where an index has each of them in order, none is walked further
    than that. Raises `BadCursor`.
    """
    direction, cursor = place.towards(order)
    behind = [direction.behind(part, cursor) for part in parts]
    first = [direction.sort(part).values_list(field, flat=True)[:size] for part in behind]
    return set(first[0].union(*first[1:], all=True))


def place_in(query: Mapping[str, str]) -> Place:
    """The place that the query of an address names."""
    return Place(query.get("after", ""), query.get("before", ""))


def keyset_page(rows: QuerySet[M], order: Order, size: int, place: Place = FIRST) -> Page[M]:
    """The `size` rows at a place. One query, two where the rows around a cursor are gone: then it is the first page.

    Raises `BadCursor`.
    """
    direction, cursor = place.towards(order)
    found = list(direction.sort(direction.behind(rows, cursor))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if not found:
        return Page(()) if place.is_first else keyset_page(rows, order, size)
    if place.is_backward:
        found.reverse()
    has_previous, has_next = (has_more, True) if place.is_backward else (bool(place.after), has_more)
    return Page(
        tuple(found),
        previous=order.cursor_at(found[0]) if has_previous else "",
        next=order.cursor_at(found[-1]) if has_next else "",
    )


def page_or_first(rows: QuerySet[M], order: Order, size: int, place: Place) -> Page[M]:
    """The same for people: where the place is none of this order, as after a change of order, it is the first page."""
    try:
        return keyset_page(rows, order, size, place)
    except BadCursor:
        return keyset_page(rows, order, size)
