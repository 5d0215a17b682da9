"""The price of a visit: the worked table of the documentation, the rows it uses, and what holds of every price."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.adjudication.decision import Price
from claims.adjudication.facts import Place
from claims.pricing import Fee, NoFee, fee_from, find_fee, percent, price_line
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from policy.tables import AmountRow, Dated, PolicyTables, RateRow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "pricing.md"
FIRST_DAY = dt.date(2021, 1, 1)
DAY = dt.date(2026, 1, 5)
BALTIMORE = Place("MD", "21201")
FEE_TO_PAID = ("Fee", "Allowed", "Deductible", "Coinsurance", "Medicare payment", "Sequestration", "Paid")


def worked_examples() -> list[dict[str, str]]:
    """The rows of the worked table, by the heads of its columns."""
    table = PAGE.read_text(encoding="utf-8").split("## Worked table")[1]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines() if row.startswith("|")]
    heads, _, *examples = rows
    return [dict(zip(heads, example, strict=True)) for example in examples]


def rate(value: str) -> Dated[RateRow]:
    return Dated([("", RateRow("row", Decimal(value), FIRST_DAY, None, "published"))])


def amount(value: str, locality: str = "", basis: str = "published") -> AmountRow:
    return AmountRow(f"amounts/{value}", "G0088", Decimal(value), locality, FIRST_DAY, None, basis)


def tables(**changes: Any) -> PolicyTables:
    return replace(policy_tables_from_csv(), **changes)


def priced(example: dict[str, str]) -> Price:
    row = amount(example["National amount"])
    fee = Fee(row, None, None, fee_from(row.amount, Decimal(example["GAF"])))
    price = price_line(
        fee,
        charge=Decimal(example["Charge"]),
        deductible_left=Decimal(example["Deductible left"]),
        day=DAY,
        tables=tables(coinsurance=rate(example["Coinsurance rate"]), sequestration=rate(example["Sequestration rate"])),
    )
    assert price is not None
    return price


@pytest.mark.parametrize("example", worked_examples(), ids=lambda example: example["Example"])
def test_worked_example_is_right_to_the_cent(example: dict[str, str]) -> None:
    price = priced(example)
    found = (
        price.fee,
        price.allowed,
        price.deductible,
        price.coinsurance,
        price.medicare_payment,
        price.sequestration,
        price.paid,
    )
    assert [str(value) for value in found] == [example[head] for head in FEE_TO_PAID]


def test_there_are_worked_examples_enough() -> None:
    assert len(worked_examples()) >= 8


money = st.decimals(Decimal("0.00"), Decimal("2000.00"), places=2)


@given(money, money, money, st.sampled_from(("0.00", "0.01", "0.02")))
def test_payments_and_adjustments_add_up_to_the_charge(
    fee: Decimal, charge: Decimal, left: Decimal, sequestration: str
) -> None:
    price = price_line(
        Fee(amount("195.00"), None, None, fee), charge, left, DAY, tables(sequestration=rate(sequestration))
    )
    assert price is not None
    above = charge - price.allowed
    assert price.paid + price.sequestration + price.coinsurance + price.deductible + above == charge
    assert min(price.paid, above, price.coinsurance, price.deductible, price.sequestration) >= 0
    assert price.deductible <= left
    assert price.paid <= min(charge, fee)


def test_place_gives_the_locality_and_its_factor() -> None:
    found = find_fee(policy_tables_from_csv(), "G0088", BALTIMORE, DAY)
    assert isinstance(found, Fee)
    assert found.factor is not None
    assert found.locality is not None
    assert found.factor.locality == found.locality.locality
    assert found.fee == fee_from(found.amount.amount, found.factor.factor)


def test_amount_of_the_locality_beats_national_amount_and_factor() -> None:
    base = policy_tables_from_csv()
    national = find_fee(base, "G0088", BALTIMORE, DAY)
    assert isinstance(national, Fee)
    assert national.locality is not None
    locality = national.locality.locality
    local = amount("211.11", locality)
    rows = [("G0088", row) for row in base.amounts.of("G0088")]
    found = find_fee(replace(base, amounts=Dated([*rows, (f"G0088@{locality}", local)])), "G0088", BALTIMORE, DAY)
    assert isinstance(found, Fee)
    assert (found.amount, found.factor, found.fee) == (local, None, Decimal("211.11"))
    price = price_line(found, Decimal("400.00"), Decimal(0), DAY, base)
    assert price is not None
    assert [step.name for step in price.steps][:2] == ["locality_amount", "allowed"]


@pytest.mark.parametrize(
    ("place", "day", "lacks"),
    [
        (None, DAY, "place"),
        (Place("MP", "96950"), DAY, "locality"),
        (BALTIMORE, dt.date(2020, 12, 31), "amount"),
    ],
)
def test_what_is_lacking_is_named(place: Place | None, day: dt.date, lacks: str) -> None:
    found = find_fee(policy_tables_from_csv(), "G0088", place, day)
    assert isinstance(found, NoFee)
    assert found.lacks == lacks


def test_locality_without_a_factor_is_not_taken_at_one() -> None:
    found = find_fee(tables(factors=Dated(())), "G0088", BALTIMORE, DAY)
    assert isinstance(found, NoFee)
    assert (found.lacks, found.locality) == ("factor", "12302-01")


def test_without_a_rate_there_is_no_price() -> None:
    fee = Fee(amount("195.00"), None, None, Decimal("195.00"))
    for gone in ("coinsurance", "sequestration"):
        assert price_line(fee, Decimal("400.00"), Decimal(0), DAY, tables(**{gone: Dated(())})) is None


@pytest.mark.parametrize("basis", ["published", "estimated", "inferred"])
def test_price_is_estimated_when_any_figure_is_not_published(basis: str) -> None:
    fee = Fee(amount("195.00", basis=basis), None, None, Decimal("195.00"))
    price = price_line(fee, Decimal("400.00"), Decimal(0), DAY, policy_tables_from_csv())
    assert price is not None
    assert price.estimated is (basis != "published")


def test_steps_name_the_rows_they_used() -> None:
    base = policy_tables_from_csv()
    fee = find_fee(base, "G0088", BALTIMORE, DAY)
    assert isinstance(fee, Fee)
    price = price_line(fee, Decimal("400.00"), Decimal("100.00"), DAY, base)
    assert price is not None
    assert [(step.name, step.row.split("/")[0]) for step in price.steps] == [
        ("national_amount", "payment_amounts"),
        ("fee", "gaf"),
        ("allowed", ""),
        ("deductible", "part_b_deductible"),
        ("coinsurance", "coinsurance"),
        ("medicare_payment", ""),
        ("sequestration", "sequestration"),
        ("paid", ""),
    ]
    assert price.steps[4].operation.startswith("20 % × (")


@pytest.mark.parametrize(("value", "words"), [("0.02", "2 %"), ("0.20", "20 %"), ("0.015", "1.5 %"), ("0", "0 %")])
def test_rate_in_words(value: str, words: str) -> None:
    assert percent(Decimal(value)) == words
