"""Days in the short words of a calendar. A year is said where it is not the calendar's."""

from __future__ import annotations

import datetime as dt

from claims.calendar.marks import Said
from claims.calendar.window import Window


def short(day: dt.date) -> str:
    """ "Jan 14"."""
    return f"{day:%b} {day.day}"


def with_year(day: dt.date) -> str:
    """ "Jan 14, 2026"."""
    return f"{short(day)}, {day.year}"


def day_in(day: dt.date, window: Window) -> str:
    """A day inside the window in short, another with its year."""
    return short(day) if window.holds(day) and not window.is_in_years else with_year(day)


def span(first: dt.date, last: dt.date | None, window: Window) -> str:
    """ "Jan 19 to Jan 26", "since Feb 1, 2013"."""
    return f"{day_in(first, window)} to {day_in(last, window)}" if last else f"since {day_in(first, window)}"


def none_in(window: Window) -> str:
    return f"None in these {'years' if window.is_in_years else 'weeks'}"


def pointed_at(said: Said, days: str) -> str:
    """What the pointer reads of a mark."""
    through = f"counts through {with_year(said.through)}" if said.through else ""
    return ", ".join(part for part in (days, said.what, said.who, through, said.since) if part)
