"""Interest on clean claims paid late: from day 31 after receipt through the day of payment (42 USC 1395u(c)(2)(C))."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from claims.payment.interest import days_late, interest_on

RECEIVED = dt.date(2026, 1, 16)


@pytest.mark.parametrize(
    ("paid_on", "days"), [("2026-01-30", 0), ("2026-02-15", 0), ("2026-02-16", 1), ("2026-02-25", 10)]
)
def test_day_thirty_is_in_time_and_day_thirty_one_is_not(paid_on: str, days: int) -> None:
    assert days_late(RECEIVED, dt.date.fromisoformat(paid_on)) == days


def test_days_on_which_the_clock_stood_earn_nothing() -> None:
    assert days_late(RECEIVED, dt.date(2026, 2, 25), days_stopped=4) == 6
    assert days_late(RECEIVED, dt.date(2026, 2, 25), days_stopped=40) == 0


def test_interest_is_a_share_of_the_year_rounded_half_up() -> None:
    assert interest_on(Decimal("152.88"), 10, Decimal("0.04"), dt.date(2026, 2, 25)) == Decimal("0.17")
    assert interest_on(Decimal("1825.00"), 1, Decimal("0.05"), dt.date(2026, 2, 16)) == Decimal("0.25")
    assert interest_on(Decimal("1830.00"), 1, Decimal("0.05"), dt.date(2024, 2, 16)) == Decimal("0.25"), "a leap year"
