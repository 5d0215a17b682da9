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
    Q,
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
    return Case(When(Exists(_told()), then=None), default=_start(today), output_field=DateField())


def _told() -> QuerySet[RemittedDecision]:
    return RemittedDecision.objects.filter(claim=OuterRef("pk"))


def _start(today: dt.date) -> Combinable:
    return _Later(F("received_on"), Cast(Coalesce(_days_stood(today), 0), IntegerField()))


def _days_stood(today: dt.date) -> Subquery:
    now = Cast(Value(today), DateField())
    stood: Combinable = _Days(Least(Coalesce("resumed_on", now), now), Least("stopped_on", now))
    stops = ClockStop.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Subquery(stops.annotate(days=Sum(stood)).values("days"))


def on_clock_days(claims: QuerySet[Claim], today: dt.date, first: int, last: int | None) -> QuerySet[Claim]:
    """The open claims whose clock shows `first` to `last` days today, without an end when `last` is None.

    No clock shows less than 0, so that one which began later is at 0.
    """
    if last is None:
        begun = today - dt.timedelta(days=first)
        later = _stood(today).filter(Q(moved_start__gt=begun)).values("pk")
        there = claims.filter(~Exists(_told()), status__in=OPEN)
        return there.filter(received_on__lte=begun).exclude(pk__in=later) if first > 0 else there
    parts = [part.values("pk") for part in on_clock_parts(today, first, last)]
    return claims.filter(pk__in=parts[0].union(*parts[1:], all=True))


def on_clock_parts(today: dt.date, first: int, last: int | None) -> list[QuerySet[Claim]]:
    """The same in parts that have no claim in common, each of which an index has in the order of receipt.

    Few clocks ever stood: only theirs are reckoned claim by claim.
    """

    def begun(field: str) -> Q:
        """The day that a field says is day 0 of such a clock."""
        bounds = Q(**{f"{field}__lte": today - dt.timedelta(days=first)}) if first > 0 else Q()
        return bounds if last is None else bounds & Q(**{f"{field}__gte": today - dt.timedelta(days=last)})

    ran = Claim.objects.filter(begun("received_on"), ~Exists(ClockStop.objects.filter(claim=OuterRef("pk"))))
    parts = [*(ran.filter(status=status) for status in OPEN), _stood(today).filter(begun("moved_start"))]
    return [part.filter(~Exists(_told())).order_by() for part in parts]


def _stood(today: dt.date) -> QuerySet[Claim]:
    """The open claims whose clock stood at some time, with the day to which that moved its beginning."""
    claims = Claim.objects.filter(status__in=OPEN, pk__in=ClockStop.objects.values("claim")).order_by()
    return claims.alias(moved_start=_start(today))
