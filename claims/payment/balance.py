"""Whether an 835 balances, judged by its segments alone: by line, by claim and by payment (005010X221A1, 1.10.2).

Every sum is made from what the file says, not from what it was made of, so that a fault of the writer shows too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from claims.intake.x12.segments import Element

ZERO = Decimal(0)

#: CLP02 of a reversal.
REVERSAL = "22"
#: PLB codes whose amounts have one sign: what is kept lessens the payment, a balance carried forward adds to it.
SIGNS = {"WO": 1, "FB": -1}
#: Interest: what is paid on a claim adds, what is kept for an overpayment lessens.
INTEREST = "L6"


class NotBalanced(Exception):
    """An 835 whose amounts do not add up; it is not sent. `faults` are sentences with claim numbers, without names."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


@dataclass(slots=True)
class _Line:
    number: int
    charge: Decimal
    paid: Decimal
    adjusted: Decimal = ZERO


@dataclass(slots=True)
class _Claim:
    icn: str
    is_reversal: bool
    charge: Decimal
    paid: Decimal
    owed_by_patient: Decimal | None
    interest: Decimal = ZERO
    patient_adjustments: Decimal = ZERO
    lines: list[_Line] = field(default_factory=list)


@dataclass(slots=True)
class _Payment:
    handling: str = ""
    amount: Decimal = ZERO
    provider_adjustments: list[tuple[str, str, Decimal]] = field(default_factory=list)
    claims: list[_Claim] = field(default_factory=list)


def check_balance(segments: Iterable[Sequence[Element]]) -> tuple[str, ...]:
    """What is off in the segments of an 835, one sentence a fault; empty when it balances."""
    payment = _read(segments)
    faults = [*_payment_faults(payment)]
    for claim in payment.claims:
        faults += _claim_faults(claim)
    return tuple(faults)


def _read(segments: Iterable[Sequence[Element]]) -> _Payment:
    payment = _Payment()
    for segment in segments:
        match segment[0]:
            case "BPR":
                payment.handling, payment.amount = str(segment[1]), _amount(segment[2])
            case "CLP":
                patient = _amount(segment[5]) if segment[5] else None
                amounts = (_amount(segment[3]), _amount(segment[4]), patient)
                payment.claims.append(_Claim(str(segment[7]), segment[2] == REVERSAL, *amounts))
            case "AMT" if segment[1] == "I":
                payment.claims[-1].interest += _amount(segment[2])
            case "SVC":
                lines = payment.claims[-1].lines
                lines.append(_Line(len(lines) + 1, _amount(segment[2]), _amount(segment[3])))
            case "CAS":
                _add_adjustments(payment.claims[-1], str(segment[1]), sum(map(_amount, segment[3::3]), ZERO))
            case "PLB":
                pairs = zip(segment[3::2], segment[4::2], strict=True)
                payment.provider_adjustments += [
                    (str(code[0]), str(code[1]), _amount(amount)) for code, amount in pairs
                ]
    return payment


def _amount(element: Element) -> Decimal:
    return Decimal(str(element))


def _add_adjustments(claim: _Claim, group: str, amount: Decimal) -> None:
    claim.lines[-1].adjusted += amount
    if group == "PR":
        claim.patient_adjustments += amount


def _payment_faults(payment: _Payment) -> Iterator[str]:
    claims = sum((claim.paid for claim in payment.claims), ZERO)
    adjustments = sum((amount for _, _, amount in payment.provider_adjustments), ZERO)
    if claims - adjustments != payment.amount:
        yield f"The payment is {payment.amount}, its claims {claims} and adjustments {adjustments}."
    for code, _, amount in payment.provider_adjustments:
        if amount * SIGNS.get(code, amount) <= 0:
            yield f"The provider adjustment {code} of {amount} has the wrong sign."
    yield from _interest_faults(payment)
    if (payment.handling == "H") != (payment.amount == 0) or payment.amount < 0:
        yield f"A payment of {payment.amount} cannot go out under handling code {payment.handling}."


def _interest_faults(payment: _Payment) -> Iterator[str]:
    """The interest that a claim bears is paid by an adjustment that names the claim; others are of overpayments."""
    told = [(icn, amount) for code, icn, amount in payment.provider_adjustments if code == INTEREST]
    for claim in payment.claims:
        if claim.interest and (claim.icn, -claim.interest) not in told:
            yield f"Claim {claim.icn} bears interest of {claim.interest}, no adjustment of that amount names it."


def _claim_faults(claim: _Claim) -> Iterator[str]:
    charges = sum((line.charge for line in claim.lines), ZERO)
    payments = sum((line.paid for line in claim.lines), ZERO)
    if charges != claim.charge:
        yield f"Claim {claim.icn} has a charge of {claim.charge}, its lines {charges}."
    if payments != claim.paid:
        yield f"Claim {claim.icn} is paid {claim.paid}, its lines {payments}."
    if claim.is_reversal:
        yield from _reversal_faults(claim)
    elif claim.patient_adjustments != claim.owed_by_patient:
        yield f"Claim {claim.icn} leaves the patient {claim.owed_by_patient}, its lines {claim.patient_adjustments}."
    for line in claim.lines:
        if line.charge - line.adjusted != line.paid:
            yield f"Line {line.number} of claim {claim.icn}: {line.charge} less {line.adjusted} is not {line.paid}."


def _reversal_faults(claim: _Claim) -> Iterator[str]:
    """A reversal takes amounts back and says nothing of the patient's share."""
    if claim.charge > 0 or claim.paid > 0 or claim.interest:
        yield f"The reversal of claim {claim.icn} has a charge of {claim.charge} and is paid {claim.paid}."
    if claim.owed_by_patient is not None:
        yield f"The reversal of claim {claim.icn} says what the patient owes."
