"""Interest on clean claims that are paid late (42 USC 1395u(c)(2)(C); Pub. 100-04 ch. 1 §80.2.2)."""

from __future__ import annotations

import calendar
import datetime as dt
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
