"""The price of each line, step by step: one column a line, one row a step, and what makes charge and payment agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from claims.adjudication.decision import Decision, LineDecision, Price, PriceStep
from claims.models import ClaimLine
from claims.payment.basis import lacks_deductible

#: The steps of a price in their order, with the charge where it is compared.
ORDER = (
    "national_amount",
    "locality_amount",
    "fee",
    "charge",
    "allowed",
    "deductible",
    "coinsurance",
    "medicare_payment",
    "sequestration",
)
#: The adjustment that a step tells of on the remittance; such a step lessens what is paid.
ADJUSTMENTS = {"deductible": "PR-1", "coinsurance": "PR-2", "sequestration": "CO-253"}
#: Steps after which a stronger line is drawn: what stands above them leads to them.
SUMS = ("fee", "locality_amount", "allowed", "medicare_payment")

HYPOTHETICAL = {"deny": "if payable", "hold": "if billed", "suspend": "if released"}

PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Column:
    """A line that has a price: one that pays, or one that would."""

    number: int
    words: str
    is_real: bool


@dataclass(frozen=True, slots=True)
class Cell:
    amount: Decimal | None
    is_real: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A step with its amount for each line; `basis` says that a figure in it is not published."""

    label: str
    adjustment: str
    basis: str
    is_sum: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a figure of a line comes from."""

    number: int
    label: str
    operation: str
    amount: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Charge = paid + adjustments, for one line."""

    number: int
    charge: Decimal
    paid: Decimal
    adjustments: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class PriceTable:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    paid: tuple[Cell, ...]
    derivations: tuple[Derivation, ...]
    balances: tuple[Balance, ...]
    is_estimated: bool
    years_without_deductible: tuple[int, ...]


def price_table(decision: Decision, lines: Iterable[ClaimLine]) -> PriceTable | None:
    """The prices of a decision; None where no line has one."""
    billed = {line.number: line for line in lines}
    charges = {number: line.charge for number, line in billed.items()}
    priced = [(line, price) for line in decision.lines if (price := line.price or line.if_payable)]
    if not priced:
        return None
    steps = [_steps(price, charges[line.number]) for line, price in priced]
    lacking = {billed[line.number].date_of_service.year for line, price in priced if lacks_deductible(price)}
    return PriceTable(
        columns=tuple(_column(line, decision) for line, _ in priced),
        rows=tuple(_row(name, priced, steps) for name in ORDER if any(name in found for found in steps)),
        paid=tuple(Cell(price.paid, line.price is not None) for line, price in priced),
        derivations=tuple(
            Derivation(line.number, step.label, step.operation, step.amount, step.basis)
            for line, price in priced
            for step in price.steps
        ),
        balances=tuple(_balance(line, charges[line.number]) for line in decision.lines if line.adjustments),
        is_estimated=any(price.estimated for _, price in priced),
        years_without_deductible=tuple(sorted(lacking)),
    )


def _column(line: LineDecision, decision: Decision) -> Column:
    is_real = line.price is not None
    words = ("pays" if decision.is_final else "will pay") if is_real else HYPOTHETICAL.get(line.outcome, "if payable")
    return Column(line.number, words, is_real)


def _steps(price: Price, charge: Decimal) -> Mapping[str, PriceStep]:
    found = {step.name: step for step in price.steps}
    return {**found, "charge": PriceStep("charge", "Charge", "as billed", charge)}


def _row(name: str, priced: list[tuple[LineDecision, Price]], steps: list[Mapping[str, PriceStep]]) -> Row:
    """A step of all lines; what it takes away is shown as a minus."""
    found = [step for by_name in steps if (step := by_name.get(name))]
    bases = {step.basis for step in found if step.row and step.basis != PUBLISHED}
    return Row(
        label=found[0].label,
        adjustment=ADJUSTMENTS.get(name, ""),
        basis=min(bases, default=""),
        is_sum=name in SUMS,
        cells=tuple(
            Cell(_signed(name, by_name), line.price is not None)
            for (line, _), by_name in zip(priced, steps, strict=True)
        ),
    )


def _signed(name: str, steps: Mapping[str, PriceStep]) -> Decimal | None:
    if name not in steps:
        return None
    amount = steps[name].amount
    return -amount if name in ADJUSTMENTS and amount else amount


def _balance(line: LineDecision, charge: Decimal) -> Balance:
    parts = tuple((f"{item.group}-{item.carc}", item.amount) for item in line.adjustments)
    return Balance(line.number, charge, line.paid, parts)
