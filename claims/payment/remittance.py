"""What one supplier is told and paid on one payment day, as plain values: the matter of an 835 without its form.

Amounts are dollars and cents. Nothing here reads a database, a clock or a setting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from claims.adjudication.decision import Adjustment

ZERO = Decimal("0.00")

#: Alert: the decision may be appealed (42 CFR 405.940).
MAY_BE_APPEALED = "MA01"
#: The claim cannot be processed, so that there is no initial determination to appeal (42 CFR 405.926).
UNPROCESSABLE = "MA130"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A bank's routing number of nine digits, and an account there."""

    routing: str
    account: str


@dataclass(frozen=True, slots=True)
class Payer:
    """The contractor that pays, and its side of the interchange."""

    name: str
    number: str
    tax_id: str
    address: str
    city: str
    state: str
    zip: str
    telephone: str
    bank: BankAccount
    interchange_qualifier: str
    interchange_id: str


@dataclass(frozen=True, slots=True)
class Payee:
    """The supplier; `receiver` is the interchange id of whoever fetches its files. Without a bank account: a check."""

    name: str
    npi: str
    tin: str
    receiver: str
    bank: BankAccount | None = None


@dataclass(frozen=True, slots=True)
class RemittedLine:
    """A line and what became of it. `remarks` are its RARCs; `may_appeal` that it can be appealed.

    `hcpcs` is the code that it was decided as, `billed` the one on the claim where medical review gave it another.
    """

    number: int
    date: dt.date
    through: dt.date | None
    hcpcs: str
    modifiers: tuple[str, ...]
    units: Decimal | None
    control_number: str
    charge: Decimal
    allowed: Decimal
    paid: Decimal
    pays: bool
    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...]
    may_appeal: bool
    billed: str = ""

    @property
    def last_day(self) -> dt.date:
        return self.through or self.date

    @property
    def line_remarks(self) -> tuple[str, ...]:
        """The remarks told on the line: those that do not begin with MA."""
        return tuple(code for code in self.remarks if not code.startswith("MA"))


@dataclass(frozen=True, slots=True)
class RemittedClaim:
    """A claim with all its lines; `interest` is paid on top, for a clean claim that is paid late.

    A reversal (`reversal_of`) says again what was told before, with every amount negated.
    """

    patient_control_number: str
    icn: str
    mbi: str
    last_name: str
    first_name: str
    received: dt.date
    place_of_service: str
    frequency: str
    charge: Decimal
    lines: tuple[RemittedLine, ...]
    interest: Decimal = ZERO
    is_reversal: bool = False

    @property
    def pays(self) -> bool:
        """Whether any line pays, be it nothing because the deductible takes all."""
        return any(line.pays for line in self.lines)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.lines), ZERO)

    @property
    def patient_responsibility(self) -> Decimal:
        return sum((item.amount for line in self.lines for item in line.adjustments if item.group == "PR"), ZERO)

    @property
    def first_day(self) -> dt.date:
        return min(line.date for line in self.lines)

    @property
    def last_day(self) -> dt.date:
        return max(line.last_day for line in self.lines)

    @property
    def claim_remarks(self) -> tuple[str, ...]:
        """The remarks told on the claim: MA01 when a line can be appealed, and those with MA on which all lines agree.

        A claim that is unprocessable has no initial determination, so MA130 and MA01 exclude each other.
        """
        agreed = tuple(
            code
            for code in self.lines[0].remarks
            if code.startswith("MA") and all(code in line.remarks for line in self.lines)
        )
        if {UNPROCESSABLE, MAY_BE_APPEALED} & set(agreed) or not any(line.may_appeal for line in self.lines):
            return agreed
        return (MAY_BE_APPEALED, *agreed)


def reversal_of(claim: RemittedClaim) -> RemittedClaim:
    """What takes a told claim back to zero: the same lines, amounts and units negated, without remarks or interest."""
    lines = tuple(_reversed_line(line) for line in claim.lines)
    return replace(claim, charge=-claim.charge, lines=lines, interest=ZERO, is_reversal=True)


def _reversed_line(line: RemittedLine) -> RemittedLine:
    return replace(
        line,
        units=None if line.units is None else -line.units,
        charge=-line.charge,
        allowed=-line.allowed,
        paid=-line.paid,
        adjustments=tuple(replace(item, amount=-item.amount) for item in line.adjustments),
        remarks=(),
        may_appeal=False,
    )


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """A PLB entry for the claim that `reference` names; a positive amount lessens the payment, a negative one adds."""

    code: str
    reference: str
    amount: Decimal


#: Code of PLB03-1: interest.
INTEREST = "L6"


@dataclass(frozen=True, slots=True)
class RemittanceAdvice:
    """One payment to one supplier on one day, or the notice that nothing is paid. `written_at` is business time.

    `debts` is what is kept for what the supplier owes, and what is carried forward to be owed.
    """

    payer: Payer
    payee: Payee
    day: dt.date
    written_at: dt.datetime
    control_number: int
    trace_number: str
    claims: tuple[RemittedClaim, ...]
    debts: tuple[ProviderAdjustment, ...] = ()

    @property
    def provider_adjustments(self) -> tuple[ProviderAdjustment, ...]:
        """The interest on late claims, which adds to the payment, and the debts."""
        late = (ProviderAdjustment(INTEREST, claim.icn, -claim.interest) for claim in self.claims if claim.interest)
        return (*late, *self.debts)

    @property
    def paid(self) -> Decimal:
        """What goes out: the payments of the claims less the provider adjustments."""
        claims = sum((claim.paid for claim in self.claims), ZERO)
        return claims - sum((item.amount for item in self.provider_adjustments), ZERO)

    @property
    def charge(self) -> Decimal:
        return sum((claim.charge for claim in self.claims), ZERO)


def by_group(adjustments: Iterable[Adjustment]) -> dict[str, list[Adjustment]]:
    """Adjustments that are not zero by their group code, in the order in which the groups first appear."""
    groups: dict[str, list[Adjustment]] = {}
    for adjustment in filter(attrgetter("amount"), adjustments):
        groups.setdefault(adjustment.group, []).append(adjustment)
    return groups
