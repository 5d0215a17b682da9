"""Which claims are open, and where each stands on the clean-claim clock (reading 22), for the database to say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
    asked = _OnTheClock(today, first, last)
    claims = asked.open(claims).filter(status__in=OPEN)
    # Few clocks ever stood: only theirs are reckoned claim by claim.
    return claims.filter((~STOOD & asked.begun("received_on")) | (STOOD & asked.begun("moved_start")))


def on_clock_parts(claims: QuerySet[Claim], today: dt.date, first: int, last: int | None) -> list[QuerySet[Claim]]:
    """The same in parts, each of which an index has in the order of receipt."""
    asked = _OnTheClock(today, first, last)
    claims = asked.open(claims)
    gone = claims.filter(asked.begun("received_on"), ~STOOD)
    stood = claims.filter(asked.begun("moved_start"), pk__in=ClockStop.objects.values("claim"))
    return [*(gone.filter(status=status) for status in OPEN), stood.filter(status__in=OPEN)]


#: The clock of a claim stood at some time.
STOOD = Q(Exists(ClockStop.objects.filter(claim=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class _OnTheClock:
    """Clocks that show `first` to `last` days today."""

    today: dt.date
    first: int
    last: int | None

    def open(self, claims: QuerySet[Claim]) -> QuerySet[Claim]:
        """Those that no remittance told and that came early enough."""
        claims = claims.filter(~Exists(_told())).alias(moved_start=_start(self.today))
        return claims.filter(received_on__lte=self._started) if self.first > 0 else claims

    @property
    def _started(self) -> dt.date:
        return self.today - dt.timedelta(days=self.first)

    def begun(self, field: str) -> Q:
        """The day that a field says is day 0 of such a clock."""
        bounds = Q(**{f"{field}__lte": self._started}) if self.first > 0 else Q()
        if self.last is None:
            return bounds
        return bounds & Q(**{f"{field}__gte": self.today - dt.timedelta(days=self.last)})
