"""What came in, was decided and was paid, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from claims.inventory.reading import days_counted
from claims.models import ClaimStatus, DailyCount
from claims.pages.charts import Line, Picture, day_lines
from claims.pages.home.links import SIZES, Figure, claims_where
from claims.pages.wording import short_day
from policy.calendar import is_business_day

#: As many business days as the page looks back.
BUSINESS_DAYS = 20


@dataclass(frozen=True, slots=True)
class FlowDay:
    """One day of the table: each number with its list, and the dollars that went out."""

    day: dt.date
    received: Figure
    rejected: Figure
    decided: Figure
    paid: Figure
    paid_amount: Decimal


@dataclass(frozen=True, slots=True)
class Flow:
    """The drawings and the days, the latest first."""

    drawings: tuple[SafeString, ...]
    days: tuple[FlowDay, ...]

    @property
    def today(self) -> FlowDay:
        return self.days[0]

    @property
    def first(self) -> dt.date:
        return self.days[-1].day


LINES = (("Received", "received", "#162e51"), ("Decided", "decided", "#2378c3"), ("Paid", "paid", "#71767a"))


def flow(today: dt.date) -> Flow:
    """The last business days, and days off on which something happened; one query."""
    first = _business_days_ago(today, BUSINESS_DAYS)
    counted = days_counted(first, today)
    days = [day for day in _each_day(first, today) if day == today or is_business_day(day) or day in counted]
    counts = [counted.get(day) or DailyCount(day=day, paid_amount=Decimal(0)) for day in days]
    lines = [Line(name, colour, tuple(getattr(count, field) for count in counts)) for name, field, colour in LINES]
    return Flow(tuple(_drawings(days, lines)), tuple(map(_flow_day, reversed(counts))))


def _drawings(days: Sequence[dt.date], lines: Sequence[Line]) -> Iterator[SafeString]:
    today = ", ".join(f"{line.values[-1]:,} {line.name.lower()}" for line in lines)
    words = f"From {short_day(days[0])} to today. Today: {today}."
    for width, css in SIZES:
        picture = Picture(f"flow-{css}", "Claims received, decided and paid by day", words)
        yield day_lines(days, lines, picture, width, css)


def _business_days_ago(day: dt.date, count: int) -> dt.date:
    while count:
        day -= dt.timedelta(days=1)
        count -= is_business_day(day)
    return day


def _each_day(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def _flow_day(count: DailyCount) -> FlowDay:
    day = count.day
    receipt = {"received_from": day, "received_to": day}
    return FlowDay(
        day=day,
        received=Figure(count.received, "", claims_where(**receipt)),
        rejected=Figure(count.rejected, "", claims_where(status=ClaimStatus.REJECTED, **receipt)),
        decided=Figure(count.decided, "", claims_where(decided=day)),
        paid=Figure(count.paid, "", claims_where(paid=day)),
        paid_amount=count.paid_amount,
    )
