"""Canonical JSON: sorted keys, exact values, and nothing of another shape read as if it were right."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.adjudication.canonical import decision_from_json, dump_decision, dump_facts, facts_from_json
from claims.adjudication.decision import Decision, Finding
from claims.adjudication.engine import decide
from tests.claims.adjudication.worlds import base_claim, base_tables


def decision_with(finding: Finding) -> Decision:
    decision = decide(base_claim(), base_tables())
    return replace(decision, lines=(replace(decision.lines[0], findings=(finding,)),))


def assert_sorted(value: Any) -> None:
    if isinstance(value, dict):
        assert list(value) == sorted(value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        assert_sorted(item)


def test_keys_are_sorted_at_every_depth() -> None:
    assert_sorted(json.loads(dump_facts(base_claim())))
    assert_sorted(json.loads(dump_decision(decide(base_claim(), base_tables()))))


def test_money_keeps_its_cents_and_days_are_iso() -> None:
    plain = json.loads(dump_facts(base_claim()))
    assert plain["lines"][0]["charge"] == "400.00"
    assert plain["received"] == "2026-01-16"


evidence = st.lists(
    st.tuples(
        st.text(),
        st.none() | st.text() | st.integers(-(2**53), 2**53) | st.dates() | st.decimals(allow_nan=False, places=2),
    )
)


@given(evidence.map(tuple), st.text())
def test_evidence_of_every_kind_comes_back(found: tuple[tuple[str, Any], ...], sentence: str) -> None:
    decision = decision_with(Finding("HIT-501", "hold", sentence, found))
    read = decision_from_json(dump_decision(decision))
    assert read == decision
    kinds = [type(value) for _, value in read.lines[0].findings[0].evidence]
    assert kinds == [type(value) for _, value in found]


def test_text_that_looks_like_a_day_or_an_amount_stays_text() -> None:
    found = (("a", "2026-01-05"), ("b", "195.00"), ("c", dt.date(2026, 1, 5)), ("d", Decimal("195.00")))
    decision = decision_with(Finding("HIT-501", "hold", "x", found))
    assert decision_from_json(dump_decision(decision)).lines[0].findings[0].evidence == found


def test_unknown_lists_stay_apart_from_empty_ones() -> None:
    claim = base_claim()
    assert claim.beneficiary is not None
    for visits in (None, ()):
        given_visits = replace(claim, beneficiary=replace(claim.beneficiary, visits=visits))
        read = facts_from_json(dump_facts(given_visits)).beneficiary
        assert read is not None
        assert read.visits == visits


def test_field_that_came_later_takes_its_default() -> None:
    plain = json.loads(dump_decision(decide(base_claim(), base_tables())))
    del plain["remarks"]
    assert decision_from_json(json.dumps(plain)).remarks == ()


@pytest.mark.parametrize(
    "text", [b"{}", b"[]", b"null", b"not json", b'{"control_number": "1", "surprise": true}', b'{"lines": 3}']
)
def test_other_json_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        facts_from_json(text)
    with pytest.raises(ValueError, match=r".+"):
        decision_from_json(text)
