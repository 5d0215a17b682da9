"""Where two states of the policy tables differ: by table, key and days. Pure.

A row counts by what it says: its stored version and its basis make no decision another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from policy.tables import Dated, DatedRow, PolicyTables

ONE_DAY = dt.timedelta(days=1)

#: The fields that no decision depends on, or that say when and not what.
ASIDE = frozenset({"row", "basis", "descriptor", "start", "end"})

#: The tables of `PolicyTables`.
TABLES = tuple(field.name for field in fields(PolicyTables) if field.name not in ("publication", "answers"))


@dataclass(frozen=True, slots=True)
class Touch:
    """Days, both included, on which the rows of a key say something else."""

    key: str
    start: dt.date
    end: dt.date


def touched_tables(before: PolicyTables, after: PolicyTables) -> dict[str, list[Touch]]:
    """What differs by table ("amounts"), only the tables in which something does."""
    found = {name: list(touches(getattr(before, name), getattr(after, name))) for name in TABLES}
    return {name: touched for name, touched in found.items() if touched}


def touches(before: Dated[Any], after: Dated[Any]) -> Iterator[Touch]:
    for key in sorted({*before.keys(), *after.keys()}):
        was, now = before.of(key), after.of(key)
        if was != now:
            yield from _merged(Touch(key, *days) for days in _differing(was, now))


def _differing(was: Sequence[DatedRow], now: Sequence[DatedRow]) -> Iterator[tuple[dt.date, dt.date]]:
    """The stretches of days, between one change of a row and the next, on which other values are in force."""
    begins = sorted({day for row in (*was, *now) for day in (row.start, _day_after(row)) if day is not None})
    for place, start in enumerate(begins):
        end = begins[place + 1] - ONE_DAY if place + 1 < len(begins) else dt.date.max
        if _in_force(was, start) != _in_force(now, start):
            yield start, end


def _day_after(row: DatedRow) -> dt.date | None:
    return row.end + ONE_DAY if row.end is not None and row.end < dt.date.max else None


def _in_force(rows: Sequence[DatedRow], day: dt.date) -> list[tuple[Any, ...]]:
    """What the rows of a key say on a day; a drug may have a row with JB beside the one without."""
    return sorted((_values(row) for row in rows if row.start <= day and (row.end is None or day <= row.end)), key=repr)


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, field.name) for field in fields(row) if field.name not in ASIDE)


def _merged(found: Iterator[Touch]) -> Iterator[Touch]:
    """Stretches that follow one another as one."""
    last: Touch | None = None
    for touch in found:
        if last is not None and last.end < dt.date.max and last.end + ONE_DAY == touch.start:
            last = Touch(last.key, last.start, touch.end)
        else:
            if last is not None:
                yield last
            last = touch
    if last is not None:
        yield last
