"""Which claims are open, and where each stands on the clean-claim clock (reading 22), for the database to say."""

from __future__ import annotations

import datetime as dt

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least

from claims.models import Claim, ClaimStatus, ClockStop, RemittedDecision

#: Neither paid nor told; a claim that is decided anew after that is among them again, but its clock ended.
OPEN = (ClaimStatus.RECEIVED, ClaimStatus.QUEUED, ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED, ClaimStatus.PAYABLE)


class _Days(Func):
    """Days from the second day to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


class _Later(Func):
    """A day, so many days later."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


def clock_start(today: dt.date) -> Case:
    """The day that is day 0 on a claim's clock: receipt, moved on by the days on which the clock stood up to today.

    Empty once a remittance told the claim, which ended the clock.
    """
    told = RemittedDecision.objects.filter(claim=OuterRef("pk"))
    start = _Later(F("received_on"), Cast(Coalesce(_days_stood(today), 0), IntegerField()))
    return Case(When(Exists(told), then=None), default=start, output_field=DateField())


def _days_stood(today: dt.date) -> Subquery:
    now = Cast(Value(today), DateField())
    stood: Combinable = _Days(Least(Coalesce("resumed_on", now), now), Least("stopped_on", now))
    stops = ClockStop.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Subquery(stops.annotate(days=Sum(stood)).values("days"))


def on_clock_days(claims: QuerySet[Claim], today: dt.date, first: int, last: int | None) -> QuerySet[Claim]:
    """The open claims whose clock shows `first` to `last` days today, without an end when `last` is None.

    No clock shows less than 0, so that one which began later is at 0.
    """
    claims = claims.filter(status__in=OPEN).alias(clock_start=clock_start(today)).exclude(clock_start=None)
    if first > 0:
        started = today - dt.timedelta(days=first)
        claims = claims.filter(received_on__lte=started, clock_start__lte=started)
    return claims if last is None else claims.filter(clock_start__gte=today - dt.timedelta(days=last))
