"""The demonstration's year, and the days on which suppliers send their files."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from policy.calendar import is_business_day

FIRST_DAY = dt.date(2025, 3, 10)
LAST_DAY = dt.date(2026, 3, 10)
#: From here on files come on every business day; before, once a week.
DAILY_FROM = dt.date(2026, 2, 9)


def _mailing_days() -> tuple[dt.date, ...]:
    span = (FIRST_DAY + dt.timedelta(days=number) for number in range(1, (LAST_DAY - FIRST_DAY).days + 1))
    return tuple(day for day in span if (day.weekday() == 0 if day < DAILY_FROM else is_business_day(day)))


MAILING_DAYS = _mailing_days()


def mailing_day(ready: dt.date) -> dt.date | None:
    """The day on which a bill that is ready goes out; None when it does not before the year is over."""
    place = bisect_left(MAILING_DAYS, ready)
    return MAILING_DAYS[place] if place < len(MAILING_DAYS) else None
