"""The calendar as a table: a row for each mark, in the order of their days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from claims.calendar.marks import Bar, Calendar, Lane, Mark
from claims.calendar.words import with_year

#: Up to so many lines have a column each; more share one.
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class TableRow:
    """What one mark says. `days` are its days in words, `cells` its bearing on each line or on all together."""

    lane: str
    days: str
    what: str
    who: str
    through: dt.date | None
    since: str
    claim: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """`columns` head the cells: "Line 1" …, or one for all lines."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def table_of(calendar: Calendar) -> CalendarTable:
    numbers = [day.number for day in calendar.days]
    shares_one = len(numbers) > MOST_COLUMNS
    columns = ("Bearing on the lines",) if shares_one else tuple(f"Line {number}" for number in numbers)
    marks = [(mark, lane) for lane in calendar.lanes for mark in lane.marks]
    in_order = sorted(marks, key=lambda pair: pair[0].first)
    return CalendarTable(columns, tuple(_row(mark, lane, numbers, shares_one) for mark, lane in in_order))


def _row(mark: Mark, lane: Lane, numbers: list[int], shares_one: bool) -> TableRow:
    said = mark.said
    bearing = said.bearing or ("",) * len(numbers)
    pairs = zip(numbers, bearing, strict=True)
    together = "; ".join(f"line {number}: {words}" for number, words in pairs if words)
    return TableRow(
        lane=lane.name,
        days=_days(mark),
        what=said.what,
        who=said.who,
        through=said.through,
        since=said.since,
        claim=said.claim,
        cells=(together,) if shares_one else bearing,
    )


def _days(mark: Mark) -> str:
    """ "Jan 14, 2026", "Jan 19, 2026 to Jan 26, 2026", "since Feb 1, 2013"; a drug bill is of one day."""
    if isinstance(mark, Bar) and mark.look in ("paid", "pending", "denied"):
        return with_year(mark.first)
    if mark.last is None:
        return f"since {with_year(mark.first)}"
    return with_year(mark.first) if mark.last == mark.first else f"{with_year(mark.first)} to {with_year(mark.last)}"
