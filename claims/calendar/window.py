"""The days that a calendar shows: whole weeks from Sunday to Saturday (reading 16), or whole years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.edits.history import WEEK, week_start

ONE_DAY = dt.timedelta(days=1)

#: Weeks of the wide and of the narrow drawing.
WIDE_WEEKS, NARROW_WEEKS = 14, 13
#: As many weeks are left behind the last day of interest, where there is room, for the words that stand there.
WEEKS_BEHIND = 2
#: From so many days on an axis counts years, not weeks.
DAYS_OF_YEARS = 500


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `first` through `last`."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_in_years(self) -> bool:
        return self.days > DAYS_OF_YEARS

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def touches(self, first: dt.date, last: dt.date | None) -> bool:
        """Whether a span has a day inside; one that ends before it begins has none."""
        return first <= self.last and (last is None or last >= max(first, self.first))

    def sundays(self) -> Iterator[dt.date]:
        day = week_start(self.first + 6 * ONE_DAY)
        while day <= self.last:
            yield day
            day += WEEK

    def months(self) -> Iterator[dt.date]:
        """The first days of months inside."""
        year, month = self.first.year, self.first.month
        while (day := dt.date(year, month, 1)) <= self.last:
            if day >= self.first:
                yield day
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def weeks_from(sunday: dt.date, weeks: int) -> Window:
    return Window(sunday, sunday + weeks * WEEK - ONE_DAY)


def years(first: int, last: int) -> Window:
    return Window(dt.date(first, 1, 1), dt.date(last, 12, 31))


def around(needed: Iterable[dt.date], wanted: Iterable[dt.date], weeks: int) -> Window:
    """The window with all needed days and, as far as `weeks` reach, those that are wanted, the first of them first.

    It is longer than `weeks` only when the needed days are. Weeks left over lie before, but for two behind.
    """
    days = list(needed)
    first, last = week_start(min(days)), week_start(max(days))
    for day in wanted:
        sunday = week_start(day)
        earlier, later = min(first, sunday), max(last, sunday)
        if weeks_of(earlier, later) <= weeks:
            first, last = earlier, later
    left = max(0, weeks - weeks_of(first, last))
    behind = min(left, WEEKS_BEHIND)
    return Window(first - (left - behind) * WEEK, last + (behind + 1) * WEEK - ONE_DAY)


def weeks_of(first: dt.date, last: dt.date) -> int:
    """How many weeks there are from one Sunday's week through another's."""
    return (last - first).days // 7 + 1


def narrowed(window: Window, needed: Iterable[dt.date]) -> Window:
    """The window without one week at an end that holds none of the needed days, when it is of the usual length."""
    if window.days != WIDE_WEEKS * 7:
        return window
    days = list(needed)
    without_first = Window(window.first + WEEK, window.last)
    return without_first if all(map(without_first.holds, days)) else Window(window.first, window.last - WEEK)
