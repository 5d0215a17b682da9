"""The days on which a waiting claim is looked at."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.adjudication.engine import decide
from claims.recycling import LookRule, look_rule, waits_for_drug
from policy.calendar import is_business_day
from tests.claims.adjudication.worlds import base_claim, base_tables, with_patient

FRIDAY = dt.date(2026, 1, 16)


def test_looks_are_on_the_fifth_tenth_and_fifteenth_business_day() -> None:
    rule = LookRule(every_business_days=5, looks=3)
    assert rule.look_days(FRIDAY) == (dt.date(2026, 1, 26), dt.date(2026, 2, 2), dt.date(2026, 2, 9))
    assert [rule.next_look(FRIDAY, done) for done in range(4)] == [*rule.look_days(FRIDAY), None]
    assert all(is_business_day(day) for day in rule.look_days(FRIDAY))


def test_rule_comes_from_the_settings() -> None:
    settings = {"recycle_every_business_days": 10, "recycle_looks": 2}
    rule = look_rule(base_tables(settings=settings), FRIDAY)
    assert (rule.every_business_days, rule.looks) == (10, 2)
    assert look_rule(base_tables(settings={}), FRIDAY) == LookRule(5, 3)


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ({"drug_bills": ()}, True),
        ({"drug_bills": (), "applicable_providers": ()}, True),
        ({"applicable_providers": ()}, False),
        ({"drug_bills": None}, False),
        ({}, False),
    ],
)
def test_claim_waits_for_a_drug_also_when_it_waits_for_a_person(changes: dict[str, object], waits: bool) -> None:
    assert waits_for_drug(decide(with_patient(base_claim(), **changes), base_tables())) is waits
