"""Business days and banking days: Monday to Friday, without the federal holidays as observed (5 USC 6103)."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[dt.date]:
    """The federal holidays observed in `year`, also those whose own day lies in a neighbouring year."""
    observed = holidays.country_holidays("US", years=[year - 1, year, year + 1])
    return frozenset(day for day in observed if day.year == year)


def is_business_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in federal_holidays(day.year)


def add_business_days(day: dt.date, count: int) -> dt.date:
    """The `count`-th business day after `day` (reading 6)."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_business_day(day)
    return day


def business_day_on_or_after(day: dt.date) -> dt.date:
    while not is_business_day(day):
        day += dt.timedelta(days=1)
    return day


def years_after(day: dt.date, years: int) -> dt.date:
    """The same calendar day so many years on; February 29 becomes February 28 in a year that has none."""
    year = day.year + years
    return dt.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
