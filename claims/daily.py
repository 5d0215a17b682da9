"""What falls due on a business day: looks, decisions, interest, payments, demands, warnings. Safe to run again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from claims.actions import look_at_arrivals, look_at_claims_due
from claims.adjudication.queue import adjudicate_all
from claims.determinations.holds import end_holds_due
from claims.inventory.counting import count_inventory
from claims.payment.actions import run_payment_day
from claims.payment.overpayment_interest import charge_interest
from claims.payment.overpayments import send_demands
from claims.staleness.actions import look_at_overtaken
from policy import clock
from policy.change_sets.actions import publish_due
from policy.running_out import tell_of_tables_running_out


@dataclass(frozen=True, slots=True)
class DayWorked:
    """What a day brought: claims looked at again or proposed for it, decisions made, remittances sent."""

    day: dt.date
    looked_at: int
    decided: int
    remittances: int


def work_day(day: dt.date) -> DayWorked:
    """Do everything that is due on `day`, the business date."""
    publish_due(day)
    looked_at = look_at_arrivals() + look_at_overtaken().moved + look_at_claims_due(day)
    decided = adjudicate_all()
    end_holds_due(day)
    charge_interest(day)
    paid = run_payment_day(day)
    send_demands()
    tell_of_tables_running_out(day)
    return DayWorked(day, looked_at, decided, paid.remittances)


def nothing(worked: DayWorked) -> None:
    """Tell nobody."""


def work_days(to_day: dt.date, tell: Callable[[DayWorked], None] = nothing) -> None:
    """Move the business date on to `to_day`, a day at a time, and work each day on the way.

    Raises ValueError when `to_day` is not after the present business date: what was done on a day is not undone.
    """
    day = clock.today()
    if to_day <= day:
        raise ValueError(f"The business date is {day}; it only moves on, so name a day after it.")
    while day < to_day:
        day += dt.timedelta(days=1)
        clock.set_today(day)
        tell(work_day(day))


def move_business_date(to_day: dt.date, tell: Callable[[DayWorked], None] = nothing) -> None:
    """The same, and count what then stands."""
    work_days(to_day, tell)
    count_inventory()
