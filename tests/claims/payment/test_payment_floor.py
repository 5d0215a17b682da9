"""No payment before the floor, and only on banking days (42 USC 1395u(c)(3)(B), reading 22)."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.payment.floor import earliest_payment, payment_day
from policy.calendar import is_business_day
from policy.tables import Dated, PolicyTables, SettingRow

DAY = dt.timedelta(days=1)


def tables(*settings: SettingRow) -> PolicyTables:
    """Policy tables with nothing but settings."""
    others = {field.name for field in fields(PolicyTables) if field.init} - {"publication", "settings"}
    empty: dict[str, Any] = dict.fromkeys(others, Dated(()))
    return PolicyTables(publication=1, settings=Dated((row.name, row) for row in settings), **empty)


TABLES = tables()


@pytest.mark.parametrize(
    ("received", "channel", "paid"),
    [
        ("2026-01-05", "electronic", "2026-01-20"),  # day 14 is Martin Luther King Day, a Monday
        ("2026-01-06", "electronic", "2026-01-20"),
        ("2026-01-16", "electronic", "2026-01-30"),  # received on a Friday, paid on a Friday
        ("2026-01-17", "electronic", "2026-02-02"),  # day 14 is a Saturday
        ("2026-01-18", "electronic", "2026-02-02"),  # day 14 is a Sunday
        ("2025-12-18", "electronic", "2026-01-02"),  # day 14 is New Year's Day
        ("2025-12-11", "electronic", "2025-12-26"),  # day 14 is Christmas Day
        (
            "2026-06-19",
            "electronic",
            "2026-07-06",
        ),  # day 14 is July 3, when the holiday of Saturday the 4th is observed
        ("2024-02-15", "electronic", "2024-02-29"),
        ("2026-01-16", "paper", "2026-02-17"),  # day 29 is a Saturday before Washington's Birthday
        ("2025-12-03", "paper", "2026-01-02"),  # day 29 is New Year's Day
        ("2026-03-02", "paper", "2026-03-31"),
    ],
)
def test_a_claim_decided_at_once_is_paid_on_the_first_banking_day_on_or_after_the_floor(
    received: str, channel: str, paid: str
) -> None:
    day = dt.date.fromisoformat(received)
    found = payment_day(received=day, decided=day, channel=channel, is_denied=False, tables=TABLES)
    assert found == dt.date.fromisoformat(paid)


@pytest.mark.parametrize(
    ("decided", "told"),
    [
        ("2026-01-16", "2026-01-20"),  # a Friday before a long weekend
        ("2026-01-19", "2026-01-20"),  # decided on the holiday
        ("2026-01-20", "2026-01-21"),
        ("2025-12-31", "2026-01-02"),
    ],
)
def test_a_denial_is_told_on_the_next_banking_day(decided: str, told: str) -> None:
    day = dt.date.fromisoformat(decided)
    found = payment_day(received=day - 3 * DAY, decided=day, channel="electronic", is_denied=True, tables=TABLES)
    assert found == dt.date.fromisoformat(told)


def test_a_claim_decided_after_its_floor_is_paid_on_the_next_banking_day() -> None:
    found = payment_day(
        received=dt.date(2026, 1, 5),
        decided=dt.date(2026, 2, 6),
        channel="electronic",
        is_denied=False,
        tables=TABLES,
    )
    assert found == dt.date(2026, 2, 9)


received_days = st.dates(dt.date(2021, 1, 1), dt.date(2030, 12, 31))
channels = st.sampled_from([("electronic", 14), ("paper", 29)])


@given(received_days, st.integers(0, 90), channels)
def test_a_payment_waits_for_the_floor_and_the_decision_and_not_a_banking_day_longer(
    received: dt.date, waited: int, channel: tuple[str, int]
) -> None:
    name, floor = channel
    decided = received + waited * DAY
    day = payment_day(received=received, decided=decided, channel=name, is_denied=False, tables=TABLES)
    earliest = max(received + floor * DAY, decided + DAY)
    assert is_business_day(day)
    assert day >= earliest
    assert not any(is_business_day(earliest + n * DAY) for n in range((day - earliest).days))


@given(received_days, channels)
def test_nothing_is_paid_within_the_days_of_the_statute(received: dt.date, channel: tuple[str, int]) -> None:
    name, floor = channel
    day = payment_day(received=received, decided=received, channel=name, is_denied=False, tables=TABLES)
    assert (day - received).days > floor - 1


def test_the_floor_is_the_setting_in_force_on_the_day_of_receipt() -> None:
    changed = SettingRow(
        row="policysetting/1",
        name="payment_floor_days_electronic",
        value="20",
        start=dt.date(2026, 2, 1),
        end=None,
        basis="inferred",
    )
    assert earliest_payment(dt.date(2026, 1, 31), "electronic", tables(changed)) == dt.date(2026, 2, 14)
    assert earliest_payment(dt.date(2026, 2, 1), "electronic", tables(changed)) == dt.date(2026, 2, 21)
    assert earliest_payment(dt.date(2026, 2, 1), "paper", tables(changed)) == dt.date(2026, 3, 2)
