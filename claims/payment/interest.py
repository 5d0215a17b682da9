"""Interest on clean claims that are paid late (42 USC 1395u(c)(2)(C); Pub. 100-04 ch. 1 §80.2.2), and on overpayments
that are sent back late (42 USC 1395l(j); 42 CFR 405.378). Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from claims.pricing import to_cents

#: A clean claim is to be paid within 30 calendar days of the day it was received (42 USC 1395u(c)(2)(B)).
CEILING_DAYS = 30


def days_late(received: dt.date, paid_on: dt.date, days_stopped: int = 0) -> int:
    """The days that earn interest: from day 31 after receipt through the day of payment, without those the clock stood.

    The clock stands while records are asked for or a review is open, not while a claim is on hold (reading 22).
    """
    return max(0, (paid_on - received).days - CEILING_DAYS - days_stopped)


def interest_on(amount: Decimal, days: int, annual_rate: Decimal, paid_on: dt.date) -> Decimal:
    """Dollars of interest on `amount`: amount × rate × days ÷ days of the year of payment, rounded to the cent."""
    days_of_year = 366 if calendar.isleap(paid_on.year) else 365
    return to_cents(amount * annual_rate * days / days_of_year)


#: Interest on an overpayment is charged for each full period of so many days since the demand.
PERIOD_DAYS = 30

#: A day and dollars of that day.
Dated = tuple[dt.date, Decimal]


@dataclass(frozen=True, slots=True)
class Principal:
    """An overpayment as it bears interest: `amount` dollars, less what was `sent_back` or recouped, or `paid_again` on
    the same claim. Later decisions leave only `truly_owed` to owe: no more is charged for, also for the days before.
    """

    amount: Decimal
    truly_owed: Decimal
    sent_back: tuple[Dated, ...] = ()
    paid_again: tuple[Dated, ...] = ()

    def at_the_end_of(self, day: dt.date) -> Decimal:
        sent_back = sum((dollars for on, dollars in self.sent_back if on <= day), Decimal(0))
        paid_again = sum((dollars for on, dollars in self.paid_again if on <= day), Decimal(0))
        return max(Decimal(0), min(self.truly_owed, self.amount - paid_again) - sent_back)


def full_periods(demanded: dt.date, day: dt.date) -> int:
    """The periods that are charged by a day: what is sent back on the last day of a period is not charged for it."""
    return max(0, ((day - demanded).days - 1) // PERIOD_DAYS)


def period_end(demanded: dt.date, number: int) -> dt.date:
    """The last day of the first, second … period."""
    return demanded + dt.timedelta(days=PERIOD_DAYS * number)


def interest_on_overpayment(principal: Principal, demanded: dt.date, day: dt.date, annual_rate: Decimal) -> Decimal:
    """Dollars of simple interest for the full periods since the demand, each rounded to the cent.

    A period is charged on what was owed at its end.
    """
    ends = (period_end(demanded, number) for number in range(1, full_periods(demanded, day) + 1))
    charged = (interest_on(principal.at_the_end_of(end), PERIOD_DAYS, annual_rate, end) for end in ends)
    return sum(charged, Decimal("0.00"))
