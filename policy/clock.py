"""What day it is: the business date. Nothing else in the system reads the machine's calendar."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from policy.models import BusinessDate


def zone() -> ZoneInfo:
    """The zone of the business date."""
    return ZoneInfo(settings.BUSINESS_TIME_ZONE)


def today() -> dt.date:
    """The business date; costs one query."""
    day = BusinessDate.objects.filter(pk=1).values_list("day", flat=True).first()
    return day or dt.datetime.now(zone()).date()


def now() -> dt.datetime:
    """The business date at the machine's time of day, in the business zone."""
    return dt.datetime.combine(today(), dt.datetime.now(zone()).time(), zone())


def set_today(day: dt.date | None) -> None:
    """Stand on `day`, or follow the calendar again with None. What falls due on the way is `claims.daily`'s to do."""
    BusinessDate.objects.update_or_create(pk=1, defaults={"day": day})
