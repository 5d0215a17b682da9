"""How a supplier's money of one day is divided: what goes out, and what is kept for what the supplier owes. Pure.

Dollars. In this order, so that a claim pays its own debts before anybody else's:

1. A correction settles the reversal that stands before it in the same 835.
2. What is left of it settles what is still owed on the same claim from an earlier correction.
3. What is left of all claims settles the debts that may be recouped, the oldest first, of each its interest first.
4. The rest goes out, and with it interest that was collected and is not owed any more.

What a reversal leaves to owe is carried out of the payment: it is never taken from other claims on the day it is found
(42 USC 1395ddd(f)(2)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.payment.remittance import INTEREST, ZERO, ProviderAdjustment

#: Codes of PLB03-1: kept for an overpayment; a balance carried forward.
RECOUPED, CARRIED_FORWARD = "WO", "FB"


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed on a reversed decision, with the claim number by which the 835 names it.

    `interest` is owed besides; below zero it is given back.
    """

    decision_id: int
    claim_id: int
    icn: str
    amount: Decimal
    interest: Decimal = ZERO


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
    is_correction: bool = False
    is_interest: bool = False


@dataclass(frozen=True, slots=True)
class Overpaid:
    """What a reversal leaves to owe after the correction beside it."""

    payment: ClaimMoney
    debt: Debt
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """The division; `paid_out` by claim id, `given_back` the debts of which interest is given back."""

    paid_out: dict[int, Decimal]
    kept: tuple[Kept, ...]
    overpaid: tuple[Overpaid, ...]
    given_back: tuple[Debt, ...] = ()

    @property
    def provider_adjustments(self) -> tuple[ProviderAdjustment, ...]:
        """What the 835 tells beside its claims: a debt and its interest once each, from however many claims."""
        recouped: dict[tuple[str, str], Decimal] = {}
        for kept in self.kept:
            if not kept.is_correction:
                told = INTEREST if kept.is_interest else RECOUPED, kept.debt.icn
                recouped[told] = recouped.get(told, ZERO) + kept.amount
        carried = (ProviderAdjustment(CARRIED_FORWARD, each.debt.icn, -each.amount) for each in self.overpaid)
        given_back = (ProviderAdjustment(INTEREST, debt.icn, debt.interest) for debt in self.given_back)
        return (*(ProviderAdjustment(*told, amount) for told, amount in recouped.items()), *carried, *given_back)


def settle(payments: Sequence[ClaimMoney], recoupable: Iterable[Debt]) -> Settlement:
    """Divide the payments of a day; `recoupable` are the supplier's debts that may be taken from them, oldest first."""
    purse = _Purse(payments)
    for payment in payments:
        purse.keep_all(payment, payment.reverses, is_correction=True)
        purse.keep_all(payment, payment.owes)
    debts = list(recoupable)
    for payment in payments:
        for debt in debts:
            purse.keep(payment, debt, debt.interest, is_interest=True)
            purse.keep(payment, debt, debt.amount)
    given_back = tuple(debt for debt in debts if debt.interest < 0)
    return Settlement(purse.rest, tuple(purse.kept), tuple(purse.overpaid(payments)), given_back)


class _Purse:
    """What is left of each payment, of each debt and of its interest while it is divided."""

    def __init__(self, payments: Iterable[ClaimMoney]) -> None:
        self.rest = {payment.claim_id: payment.payable for payment in payments}
        self.left: dict[tuple[int, bool], Decimal] = {}
        self.kept: list[Kept] = []

    def keep_all(self, payment: ClaimMoney, debts: Iterable[Debt], *, is_correction: bool = False) -> None:
        """Take from a payment for a claim's own debts, in their order, until one or the other is nothing."""
        for debt in debts:
            self.keep(payment, debt, debt.amount, is_correction=is_correction)

    def keep(
        self, payment: ClaimMoney, debt: Debt, owed: Decimal, *, is_correction: bool = False, is_interest: bool = False
    ) -> None:
        """Take from a payment for one debt, or for the interest on it, of which `owed` was owed at first."""
        rest, left = self.rest[payment.claim_id], self.left.setdefault((debt.decision_id, is_interest), owed)
        if (amount := min(rest, left)) > 0:
            self.kept.append(Kept(payment, debt, amount, is_correction, is_interest))
            self.rest[payment.claim_id] = rest - amount
            self.left[debt.decision_id, is_interest] = left - amount

    def overpaid(self, payments: Iterable[ClaimMoney]) -> Iterator[Overpaid]:
        for payment in payments:
            for debt in payment.reverses:
                if left := self.left[debt.decision_id, False]:
                    yield Overpaid(payment, debt, left)
