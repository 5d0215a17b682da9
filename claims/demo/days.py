"""The demonstration's year, and the days on which suppliers send their files."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

from policy.calendar import business_day_on_or_after, is_business_day

FIRST_DAY = dt.date(2025, 3, 10)
LAST_DAY = dt.date(2026, 3, 10)
#: From here on every supplier bills each week; before, every fourth or eighth: each bill makes two remittances or more.
WEEKLY_FROM = dt.date(2026, 2, 2)
#: From here on files come on every business day; before, on the first one of the week.
DAILY_FROM = dt.date(2026, 2, 17)


def _mailing_days() -> tuple[dt.date, ...]:
    weeks = (FIRST_DAY + dt.timedelta(weeks=number) for number in range(1, (DAILY_FROM - FIRST_DAY).days // 7 + 1))
    last_days = (DAILY_FROM + dt.timedelta(days=number) for number in range((LAST_DAY - DAILY_FROM).days + 1))
    return tuple(sorted({*map(business_day_on_or_after, weeks), *filter(is_business_day, last_days)}))


MAILING_DAYS = _mailing_days()


def mailing_day(ready: dt.date, every_weeks: int) -> dt.date | None:
    """The day on which a bill that is ready goes out; None when it does not before the year is over."""
    for day in MAILING_DAYS[bisect_left(MAILING_DAYS, ready) :]:
        if day >= WEEKLY_FROM or (day - FIRST_DAY).days // 7 % every_weeks == 0:
            return day
    return None
