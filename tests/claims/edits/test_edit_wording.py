"""Evidence in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from claims.adjudication.decision import Finding
from claims.edits.wording import days, dollars, for_supplier, in_words, listed

NEW_YEAR = dt.date(2026, 1, 1)


def test_year_is_named_only_when_it_is_another() -> None:
    assert in_words(NEW_YEAR, 2026) == "January 1"
    assert in_words(NEW_YEAR, 2025) == "January 1, 2026"
    assert in_words(NEW_YEAR) == "January 1, 2026"


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_list_in_words(items: list[str], words: str) -> None:
    assert listed(items) == words


def test_counts_and_money_in_words() -> None:
    assert (days(1), days(0), days(61)) == ("1 day", "0 days", "61 days")
    assert dollars(Decimal("1234.5")) == "$1,234.50"


def test_supplier_does_not_read_who_the_other_supplier_is() -> None:
    finding = Finding(
        edit="HIT-602",
        disposition="deny",
        sentence="The day is already paid: January 5 (G0070, Bayline Infusion).",
        evidence=(("earlier code", "G0070"), ("other supplier", "Bayline Infusion")),
    )
    seen = for_supplier(finding)
    assert seen.sentence == "The day is already paid: January 5 (G0070, another supplier)."
    assert seen.evidence == (("earlier code", "G0070"),)


def test_supplier_reads_its_own_name() -> None:
    finding = Finding(
        "HIT-605", "inform", "An earlier visit is in the history: January 5 (G0070, Chesapeake Infusion)."
    )
    assert for_supplier(finding) is finding
