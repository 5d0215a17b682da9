"""What day it is: the business date. Nothing else in the system reads the machine's calendar."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from policy.models import BusinessDate

#: Asked for so often that wording it anew each time took longer than the answer.
TODAY = "SELECT day FROM policy_businessdate WHERE id = 1"


def zone() -> ZoneInfo:
    """The zone of the business date."""
    return ZoneInfo(settings.BUSINESS_TIME_ZONE)


def today() -> dt.date:
    """The business date; costs one query."""
    with connection.cursor() as cursor:
        cursor.execute(TODAY)
        row = cursor.fetchone()
    return (row and row[0]) or dt.datetime.now(zone()).date()


def now() -> dt.datetime:
    """The business date at the machine's time of day, in the business zone."""
    return dt.datetime.combine(today(), dt.datetime.now(zone()).time(), zone())


def set_today(day: dt.date | None) -> None:
    """Stand on `day`, or follow the calendar again with None. What falls due on the way is `claims.daily`'s to do."""
    BusinessDate.objects.bulk_create(
        [BusinessDate(pk=1, day=day)], update_conflicts=True, unique_fields=["id"], update_fields=["day"]
    )
