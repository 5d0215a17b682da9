"""The price of one visit in small named steps, each rounded once to the cent, half up (in words: `docs/pricing.md`).

All amounts are dollars. Units never multiply the amount: a visit is one payment however long it lasts (§320.8.2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal, NamedTuple

from claims.adjudication.decision import Price, PriceStep
from claims.adjudication.facts import Place
from policy.tables import AmountRow, FactorRow, LocalityRow, PolicyTables, RateRow

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

#: The basis of a figure that CMS published; any other makes a price estimated.
PUBLISHED = "published"

#: The key under which the tables keep a rate that depends on the day alone.
EVERY_CODE = ""


def to_cents(amount: Decimal) -> Decimal:
    """An amount rounded to the cent, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def fee_from(national_amount: Decimal, factor: Decimal) -> Decimal:
    """The fee: the national amount times the geographic adjustment factor (42 CFR 414.1550(d))."""
    return to_cents(national_amount * factor)


def allowed_from(charge: Decimal, fee: Decimal) -> Decimal:
    """The allowed amount: the lesser of the actual charge and the fee (42 USC 1395l(a)(1)(BB))."""
    return to_cents(min(charge, fee))


def deductible_from(allowed: Decimal, left_for_the_year: Decimal) -> Decimal:
    """The part of the allowed amount that the patient's yearly deductible takes (42 USC 1395l(b)), never below zero."""
    return to_cents(min(allowed, max(left_for_the_year, ZERO)))


def coinsurance_from(allowed: Decimal, deductible: Decimal, rate: Decimal) -> Decimal:
    """The patient's share after the deductible (42 USC 1395l(a)(1)(BB): Medicare pays 80 percent)."""
    return to_cents((allowed - deductible) * rate)


def sequestration_from(medicare_payment: Decimal, rate: Decimal) -> Decimal:
    """The reduction of the Medicare payment by sequestration, at the rate of the date of service (Pub. L. 117-71)."""
    return to_cents(medicare_payment * rate)


@dataclass(frozen=True, slots=True)
class Fee:
    """A line's fee in dollars and the rows it comes from; without a factor the amount is the locality's own."""

    amount: AmountRow
    factor: FactorRow | None
    locality: LocalityRow | None
    fee: Decimal
    rows: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        rows = tuple(row.row for row in (self.amount, self.factor, self.locality) if row)
        object.__setattr__(self, "rows", rows)

    @property
    def is_estimated(self) -> bool:
        """Whether the ZIP's locality is not what CMS published; the other rows speak for themselves in the steps."""
        return self.locality is not None and self.locality.basis != PUBLISHED


@dataclass(frozen=True, slots=True)
class NoFee:
    """Why no fee can be found: what is lacking, and for which locality ("contractor-locality", "" when unknown)."""

    lacks: Literal["amount", "place", "locality", "factor"]
    locality: str = ""


def find_fee(tables: PolicyTables, hcpcs: str, place: Place | None, day: dt.date) -> Fee | NoFee:
    """The fee of a code at a place on a day: the locality's own amount, else national amount × factor (reading 12)."""
    question = ("fee", hcpcs, place.zip if place else "", day)
    known: Fee | NoFee | None = tables.answers.get(question)
    return known or tables.keep(question, _find_fee(tables, hcpcs, place, day))


def _find_fee(tables: PolicyTables, hcpcs: str, place: Place | None, day: dt.date) -> Fee | NoFee:
    found = tables.localities.on(place.zip, day) if place else None
    locality = found.locality if found else ""
    local = tables.amounts.on(f"{hcpcs}@{locality}", day) if locality else None
    if local:
        return Fee(local, None, found, to_cents(local.amount))
    national = tables.amounts.on(hcpcs, day)
    if national is None:
        return NoFee("amount", locality)
    factor = tables.factor_on(locality, day)
    if factor is None:
        return NoFee("factor" if locality else "locality" if place else "place", locality)
    return Fee(national, factor, found, fee_from(national.amount, factor.factor))


def rate_on(tables: PolicyTables, which: Literal["coinsurance", "sequestration"], day: dt.date) -> RateRow | None:
    """The coinsurance or sequestration rate in force on a day."""
    return (tables.coinsurance if which == "coinsurance" else tables.sequestration).on(EVERY_CODE, day)


def price_line(
    fee: Fee,
    charge: Decimal,
    deductible_left: Decimal,
    day: dt.date,
    tables: PolicyTables,
) -> Price | None:
    """The price of a line, or None where no coinsurance or sequestration rate is in force on the day.

    `deductible_left` is what remains of the deductible for the calendar year of `day` when this line's turn comes.
    """
    rates = _rates_on(tables, day)
    if rates is None:
        return None
    allowed = allowed_from(charge, fee.fee)
    deductible = deductible_from(allowed, deductible_left)
    coinsurance = coinsurance_from(allowed, deductible, rates.coinsurance.value)
    medicare_payment = allowed - deductible - coinsurance
    sequestration = sequestration_from(medicare_payment, rates.sequestration.value)
    money = _Money(allowed, deductible, coinsurance, medicare_payment, sequestration, medicare_payment - sequestration)
    before = PriceStep("allowed", "Allowed", f"lesser of charge {charge} and fee {fee.fee}", allowed)
    left = _deductible_in_words(deductible_left, allowed, day.year, rates)
    steps = (*_fee_steps(fee), before, *_payment_steps(money, left, rates))
    estimated = fee.is_estimated or any(step.row and step.basis != PUBLISHED for step in steps)
    return Price(fee.fee, *money, steps, estimated)


def _deductible_in_words(left: Decimal, allowed: Decimal, year: int, rates: _Rates) -> str:
    if rates.deductible is None and not left:
        return f"no deductible is on file for {year}"
    return f"lesser of {left} left for {year} and {allowed}"


class _Money(NamedTuple):
    """The amounts of a line after its fee, in the order of `Price`."""

    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    medicare_payment: Decimal
    sequestration: Decimal
    paid: Decimal


class _Rates(NamedTuple):
    """The rows in force on a day; without a deductible row nothing is known to be left of it."""

    deductible: RateRow | None
    coinsurance: RateRow
    sequestration: RateRow


def _rates_on(tables: PolicyTables, day: dt.date) -> _Rates | None:
    coinsurance = rate_on(tables, "coinsurance", day)
    sequestration = rate_on(tables, "sequestration", day)
    if coinsurance is None or sequestration is None:
        return None
    return _Rates(tables.deductibles.on(EVERY_CODE, day), coinsurance, sequestration)


def _payment_steps(money: _Money, left: str, rates: _Rates) -> tuple[PriceStep, ...]:
    """From what is allowed to what is paid; `left` says how the deductible was found."""
    allowed, deductible, coinsurance, medicare_payment, sequestration, paid = money
    share = f"{percent(rates.coinsurance.value)} × ({allowed} − {deductible})"
    rest = f"{allowed} − {deductible} − {coinsurance}"
    cut = f"{percent(rates.sequestration.value)} × {medicare_payment}"
    return (
        _rate_step("deductible", "Deductible", left, deductible, rates.deductible),
        _rate_step("coinsurance", "Coinsurance", share, coinsurance, rates.coinsurance),
        PriceStep("medicare_payment", "Medicare payment", rest, medicare_payment),
        _rate_step("sequestration", "Sequestration", cut, sequestration, rates.sequestration),
        PriceStep("paid", "Paid", f"{medicare_payment} − {sequestration}", paid),
    )


@cache
def percent(rate: Decimal) -> str:
    """A fraction as a percentage: 0.02 is "2 %"."""
    return f"{(rate * 100).normalize():f} %"


def _fee_steps(fee: Fee) -> Iterator[PriceStep]:
    amount = fee.amount
    if fee.factor is None:
        label = "Locality amount"
        yield PriceStep(
            "locality_amount", label, f"{amount.hcpcs} in {amount.locality}", fee.fee, amount.row, amount.basis
        )
        return
    factor = fee.factor
    operation = f"{amount.amount} × {factor.factor}" + (f" ({factor.name})" if factor.name else "")
    yield PriceStep("national_amount", "National amount", amount.hcpcs, amount.amount, amount.row, amount.basis)
    yield PriceStep("fee", "Fee", operation, fee.fee, factor.row, factor.basis)


def _rate_step(name: str, label: str, operation: str, amount: Decimal, row: RateRow | None) -> PriceStep:
    return PriceStep(name, label, operation, amount, row.row if row else "", row.basis if row else "")
