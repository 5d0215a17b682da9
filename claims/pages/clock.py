"""The clean-claim clock of a claim: days since receipt, without those on which it stood (reading 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Claim, ClaimStatus
from claims.models.payment import ClockStop
from claims.payment.floor import earliest_payment
from claims.payment.interest import CEILING_DAYS
from policy.tables import PolicyTables

#: From this day on the end is near: the bar turns amber.
SOON = 25

GREY, AMBER, RED = "#71767a", "#8a6b00", "#b50909"
#: The bar grows by so many pixels a day, in a list and on the claim's page, and is cut after so many days.
PIXELS_A_DAY, LARGE_PIXELS_A_DAY, MOST_DAYS = 2, 5.6, 38

#: Claims whose clock ended with their payment day.
ENDED = (ClaimStatus.PAID, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED, ClaimStatus.DENIED)


@dataclass(frozen=True, slots=True)
class PaymentClock:
    """Where a claim stands between receipt, the payment floor and day 30; `day` does not count days it stood."""

    day: int
    floor_day: int
    pays_from: dt.date
    ends: dt.date
    is_stopped: bool = False
    has_ended: bool = False

    @property
    def is_late(self) -> bool:
        return self.day > CEILING_DAYS and not self.has_ended

    @property
    def words(self) -> str:
        """What the drawing says, for those who do not see it."""
        if self.has_ended:
            return f"ended on day {self.day}"
        if self.is_stopped:
            return f"day {self.day}, the clock is stopped"
        if self.is_late:
            return f"day {self.day}, interest since day {CEILING_DAYS + 1}"
        return f"day {self.day}, {CEILING_DAYS - self.day} left" if self.day >= SOON else f"day {self.day}"

    @property
    def fill(self) -> str:
        if self.has_ended or self.day < SOON:
            return GREY
        return RED if self.is_late else AMBER

    @property
    def width(self) -> int:
        """Pixels of the bar on the track of 30 days."""
        return min(self.day, CEILING_DAYS) * PIXELS_A_DAY

    @property
    def beyond(self) -> int:
        """Pixels of the bar behind the track's end."""
        return max(min(self.day, MOST_DAYS) - CEILING_DAYS, 0) * PIXELS_A_DAY if not self.has_ended else 0

    @property
    def floor_at(self) -> float:
        """Where the tick of the payment floor stands, on the middle of its pixel."""
        return self.floor_day * PIXELS_A_DAY + 0.5

    @property
    def large_width(self) -> float:
        return round(min(self.day, CEILING_DAYS) * LARGE_PIXELS_A_DAY, 1)

    @property
    def large_floor_at(self) -> float:
        return round(self.floor_day * LARGE_PIXELS_A_DAY, 1)

    @property
    def has_room_for_end(self) -> bool:
        """Whether the day of the floor and the last day can both be written under the large track."""
        return self.floor_day <= CEILING_DAYS / 2


def payment_clock(claim: Claim, stops: Iterable[ClockStop], today: dt.date, tables: PolicyTables) -> PaymentClock:
    """The clock of a claim as it stands at the end of `today`."""
    has_ended = claim.status in ENDED and claim.payment_day is not None and claim.payment_day <= today
    upto = claim.payment_day if has_ended and claim.payment_day else today
    stops = list(stops)
    stood = sum((min(stop.resumed_on or upto, upto) - min(stop.stopped_on, upto)).days for stop in stops)
    floor = earliest_payment(claim.received_on, claim.channel, tables)
    return PaymentClock(
        day=max((upto - claim.received_on).days - stood, 0),
        floor_day=(floor - claim.received_on).days,
        pays_from=floor,
        ends=claim.received_on + dt.timedelta(days=CEILING_DAYS + stood),
        is_stopped=not has_ended and any(stop.resumed_on is None for stop in stops),
        has_ended=has_ended,
    )
