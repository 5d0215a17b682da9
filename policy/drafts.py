"""Rows as values, before they are stored and as they are stored: what loaders, changes and publishing hand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from policy.models import PolicyRow
from policy.registry import PolicyTable

#: Fields that publishing fills; every other field of a row is its content.
_NOT_CONTENT = {"id", "in_force", "known", "published_in", "superseded_in"}
_PROVENANCE = ("source", "basis", "note")

ONE_DAY = dt.timedelta(days=1)
Key = tuple[Any, ...]


def content_fields(model: type[PolicyRow]) -> tuple[models.Field[Any, Any], ...]:
    """The fields that a person states: those of the table itself, then source, basis and note."""
    content = [field for field in model._meta.concrete_fields if field.name not in _NOT_CONTENT]
    return tuple(sorted(content, key=lambda field: field.name in _PROVENANCE))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says: its content by field, from `start` through `end`. `line` is where a file says it."""

    content: Mapping[str, Any]
    start: dt.date
    end: dt.date | None
    line: int | None = None

    def key(self, table: PolicyTable) -> Key:
        return tuple(self.content[field] for field in table.key)

    def overlaps(self, other: Draft) -> bool:
        return (self.end is None or other.start <= self.end) and (other.end is None or self.start <= other.end)

    def until(self, last_day: dt.date) -> Draft:
        return replace(self, end=last_day)

    def says_the_same(self, other: Draft, ignoring: Iterable[str] = ()) -> bool:
        """Whether both state the same, spans aside."""
        return all(self.content[name] == other.content.get(name) for name in self.content if name not in ignoring)


@dataclass(frozen=True, slots=True)
class Known(Draft):
    """A stored row that is known now."""

    pk: int = 0


def known_now(table: PolicyTable, **lookup: Any) -> dict[Key, list[Known]]:
    """The rows known now by subject, in the order of their days; one query."""
    names = [field.name for field in content_fields(table.model)]
    rows = (
        table.model._default_manager.filter(superseded_in=None, **lookup)
        .order_by("in_force")
        .values_list("pk", "in_force__startswith", "in_force__endswith", *names)
    )
    found: dict[Key, list[Known]] = {}
    for pk, start, after, *values in rows:
        end = after - ONE_DAY if after else None
        row = Known(content=dict(zip(names, values, strict=True)), start=start, end=end, pk=pk)
        found.setdefault(row.key(table), []).append(row)
    return found
