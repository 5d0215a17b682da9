"""How long a claim may be reopened: one year for any reason, four for good cause (42 CFR 405.980(b))."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.adjustments.limits import ANY_REASON_YEARS, ReopeningWindow, reopening_window
from policy.calendar import years_after
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.tables import Dated, PolicyTables, SettingRow
from tests.claims.adjudication.worlds import base_tables

DECIDED = dt.date(2026, 1, 16)
TABLES = base_tables()


def window(decided: dt.date = DECIDED, tables: PolicyTables = TABLES) -> ReopeningWindow:
    return reopening_window(decided, decided, tables)


@pytest.mark.parametrize("days", [0, 364, 365])
def test_any_reason_is_enough_within_a_year(days: int) -> None:
    window().check(DECIDED + dt.timedelta(days=days), "")


def test_from_the_day_after_a_year_a_good_cause_is_needed() -> None:
    with pytest.raises(Refused, match=r"through January 16, 2027.* needs a good cause") as refused:
        window().check(DECIDED + dt.timedelta(days=366), "")
    assert (refused.value.code, refused.value.field) == ("needs_good_cause", "good_cause")
    window().check(DECIDED + dt.timedelta(days=366), "New evidence")


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        (dt.date(2024, 2, 28), dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        (dt.date(2024, 3, 1), dt.date(2025, 3, 1)),
        (dt.date(2027, 3, 1), dt.date(2028, 3, 1)),
    ],
)
def test_the_year_ends_on_the_same_calendar_day_in_leap_years_too(decided: dt.date, last: dt.date) -> None:
    assert window(decided).any_reason_through == last
    window(decided).check(last, "")
    with pytest.raises(Refused):
        window(decided).check(last + dt.timedelta(days=1), "")


@pytest.mark.parametrize(
    ("decided", "last"),
    [(DECIDED, dt.date(2030, 1, 16)), (dt.date(2024, 2, 29), dt.date(2028, 2, 29))],
)
def test_good_cause_is_good_for_four_years_and_not_a_day_longer(decided: dt.date, last: dt.date) -> None:
    window(decided).check(last, "New evidence")
    with pytest.raises(Refused, match=r"for good cause through .*that day is past") as refused:
        window(decided).check(last + dt.timedelta(days=1), "New evidence")
    assert refused.value.code == "too_late"


def test_the_years_are_those_of_the_setting_in_force_on_the_day_of_receipt() -> None:
    two = SettingRow("setting/1", ANY_REASON_YEARS, "2", dt.date(2026, 1, 1), None, "published")
    tables = replace(TABLES, settings=Dated([(ANY_REASON_YEARS, two)]))
    assert reopening_window(DECIDED, dt.date(2026, 1, 1), tables).any_reason_through == dt.date(2028, 1, 16)
    assert reopening_window(DECIDED, dt.date(2025, 12, 31), tables).any_reason_through == dt.date(2027, 1, 16)


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), years=st.integers(0, 9))
def test_years_later_is_the_same_day_or_the_last_of_february(day: dt.date, years: int) -> None:
    later = years_after(day, years)
    assert (later.year, later.month) == (day.year + years, day.month)
    assert later.day == day.day or (day.month, day.day, later.day) == (2, 29, 28)


@pytest.mark.django_db
def test_the_baseline_has_both_limits_with_their_source(world: object) -> None:
    settings = tables_as_known().settings
    rows = [settings.on(name, DECIDED) for name in ("reopening_years_any_reason", "reopening_years_good_cause")]
    assert [(row.value, row.basis) for row in rows if row] == [("1", "published"), ("4", "published")]
