"""How a supplier's money of one day is divided: what goes out, and what is kept for what the supplier owes. Pure.

Dollars. In this order, so that a claim pays its own debts before anybody else's:

1. A correction settles the reversal that stands before it in the same 835.
2. What is left of it settles what is still owed on the same claim from an earlier correction.
3. What is left of all claims settles the debts that may be recouped, the oldest first.
4. The rest goes out.

What a reversal leaves to owe is carried out of the payment: it is never taken from other claims on the day it is found
(42 USC 1395ddd(f)(2)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.payment.remittance import ZERO, ProviderAdjustment

#: Codes of PLB03-1: kept for an overpayment; a balance carried forward.
RECOUPED, CARRIED_FORWARD = "WO", "FB"


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed on a reversed decision, with the claim number by which the 835 names it."""

    decision_id: int
    claim_id: int
    icn: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ClaimMoney:
    """What a claim pays on the day; `reverses` is told with it, `owes` is left of what was told before.

    `decision_id` is the decision that pays; none for a claim that was voided.
    """

    claim_id: int
    decision_id: int | None
    payable: Decimal
    reverses: tuple[Debt, ...] = ()
    owes: tuple[Debt, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """An amount of a claim's payment that is kept for a debt; `is_correction` when the same 835 told its reversal."""

    payment: ClaimMoney
    debt: Debt
    amount: Decimal
    is_correction: bool


@dataclass(frozen=True, slots=True)
class Overpaid:
    """What a reversal leaves to owe after the correction beside it."""

    payment: ClaimMoney
    debt: Debt
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """The division; `paid_out` by claim id."""

    paid_out: dict[int, Decimal]
    kept: tuple[Kept, ...]
    overpaid: tuple[Overpaid, ...]

    @property
    def provider_adjustments(self) -> tuple[ProviderAdjustment, ...]:
        """What the 835 tells beside its claims: a debt once, however many claims it was kept from."""
        recouped: dict[str, Decimal] = {}
        for kept in self.kept:
            if not kept.is_correction:
                recouped[kept.debt.icn] = recouped.get(kept.debt.icn, ZERO) + kept.amount
        carried = (ProviderAdjustment(CARRIED_FORWARD, each.debt.icn, -each.amount) for each in self.overpaid)
        return (*(ProviderAdjustment(RECOUPED, icn, amount) for icn, amount in recouped.items()), *carried)


def settle(payments: Sequence[ClaimMoney], recoupable: Iterable[Debt]) -> Settlement:
    """Divide the payments of a day; `recoupable` are the supplier's debts that may be taken from them, oldest first."""
    purse = _Purse(payments)
    for payment in payments:
        purse.keep(payment, payment.reverses, is_correction=True)
        purse.keep(payment, payment.owes)
    debts = list(recoupable)
    for payment in payments:
        purse.keep(payment, debts)
    return Settlement(purse.rest, tuple(purse.kept), tuple(purse.overpaid(payments)))


class _Purse:
    """What is left of each payment and of each debt while it is divided."""

    def __init__(self, payments: Iterable[ClaimMoney]) -> None:
        self.rest = {payment.claim_id: payment.payable for payment in payments}
        self.left: dict[int, Decimal] = {}
        self.kept: list[Kept] = []

    def keep(self, payment: ClaimMoney, debts: Iterable[Debt], *, is_correction: bool = False) -> None:
        """Take from a payment for debts, in their order, until one or the other is nothing."""
        for debt in debts:
            rest, left = self.rest[payment.claim_id], self.left.setdefault(debt.decision_id, debt.amount)
            if amount := min(rest, left):
                self.kept.append(Kept(payment, debt, amount, is_correction))
                self.rest[payment.claim_id] = rest - amount
                self.left[debt.decision_id] = left - amount

    def overpaid(self, payments: Iterable[ClaimMoney]) -> Iterator[Overpaid]:
        for payment in payments:
            for debt in payment.reverses:
                if left := self.left[debt.decision_id]:
                    yield Overpaid(payment, debt, left)
