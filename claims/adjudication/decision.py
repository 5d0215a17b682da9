"""What a decision says: per line the outcome, every edit that fired with its evidence, and the steps of the price."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Outcome = Literal["pay", "deny", "suspend", "hold"]
Disposition = Literal["deny", "suspend", "hold", "inform", "ignore"]

#: One value of evidence: text, a number, a day, or nothing. Keys are words that staff read.
EvidenceValue = str | int | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """An edit that fired on a line.

    `sentence` is the evidence in words ("The last drug bill was J2260 on December 4, 32 days before the visit."),
    `evidence` the values it was made of, `next_eligible` the first day from which billing again would help, if any.
    `disposition` is the one in force for this claim; `missing` tells that the edit suspends because it lacked what it
    needs; `set_aside` names the determination that took its power to decide ("" when none did).
    """

    edit: str
    disposition: Disposition
    sentence: str
    evidence: tuple[tuple[str, EvidenceValue], ...] = ()
    missing: bool = False
    set_aside: str = ""
    next_eligible: dt.date | None = None

    @property
    def decides(self) -> bool:
        return not self.set_aside and self.disposition in ("deny", "suspend", "hold")


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """An edit that could not be judged on a line, and why."""

    edit: str
    reason: str


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One named step of the price, rounded once to the cent; `row` is the policy table row it used ("" when none)."""

    name: str
    label: str
    operation: str
    amount: Decimal
    row: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """The money of one line, in dollars and cents; `estimated` when any figure used is not published."""

    fee: Decimal
    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    medicare_payment: Decimal
    sequestration: Decimal
    paid: Decimal
    steps: tuple[PriceStep, ...]
    estimated: bool


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A claim adjustment: group code, CARC, amount. Charge = paid + the sum of a line's adjustments, always."""

    group: str
    carc: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineDecision:
    """One line's outcome. The reason codes are those of the first denying edit, or those a hold or suspension gives.

    `price` is there only for a line that pays; `if_payable` is what a line that does not pay would bring if its edits
    were out of the way, where an amount is in force for it: never paid, never adjusted, only shown.
    """

    number: int
    outcome: Outcome
    findings: tuple[Finding, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    group: str
    carc: str
    rarcs: tuple[str, ...]
    reason_edit: str
    price: Price | None
    adjustments: tuple[Adjustment, ...]
    if_payable: Price | None = None

    @property
    def edits(self) -> tuple[str, ...]:
        """Ids of the edits that fired, without the informative, ignored ones and those set aside."""
        return tuple(finding.edit for finding in self.findings if finding.decides)

    @property
    def informs(self) -> tuple[str, ...]:
        return tuple(finding.edit for finding in self.findings if finding.disposition == "inform")

    @property
    def paid(self) -> Decimal:
        return self.price.paid if self.price else Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on one claim. `status`: suspend if any line suspends, else hold, else pay if any pays, else deny.

    `deductible_used` is by calendar year and empty while the claim waits (fine point e).
    `rows` names every policy table row version that was used, `publication` the state of knowledge it came from.
    `remarks` are sentences on the whole claim that decide nothing.
    """

    control_number: str
    status: Outcome
    lines: tuple[LineDecision, ...]
    deductible_used: tuple[tuple[int, Decimal], ...]
    next_look: dt.date | None
    rows: tuple[str, ...]
    publication: int
    engine_version: str
    remarks: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        return self.status in ("pay", "deny")

    def price_of(self, line: LineDecision) -> Price | None:
        """The price by which a line is paid: none while the claim waits, whatever the line does (fine point e)."""
        return line.price if self.status == "pay" else None
