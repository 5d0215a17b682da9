"""What pages ask about money: a supplier's remittances, one remittance with its claims, balances by supplier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, QuerySet, Sum

from accounts.models import User
from claims.adjudication.canonical import decision_from_json
from claims.models import Claim, ClaimStatus, Decision, LedgerTransfer, Remittance, RemittedDecision
from claims.payment.basis import is_estimated, years_without_deductible
from claims.payment.due import Told, remitted_claims
from claims.payment.ledger import ZERO, Account
from claims.payment.remittance import INTEREST, ProviderAdjustment, RemittedClaim
from claims.payment.settlement import CARRIED_FORWARD, RECOUPED
from suppliers.models import Supplier

#: What a supplier without any transfer has.
NOTHING = {"payable": ZERO, "paid_out": ZERO}


@dataclass(frozen=True, slots=True)
class ClaimOnRemittance:
    """A claim as a remittance told it. `told` is what the 835 says of it, by claim and line.

    `is_estimated` tells that a figure of its price is not published, `years_without_deductible` for which years no
    deductible was on file: the 835 has no place to say so, the page has.
    """

    claim: Claim
    decision: Decision
    told: RemittedClaim
    is_estimated: bool
    years_without_deductible: tuple[int, ...]


#: What an adjustment for an overpayment is, by its code and whether it adds to the payment.
WHAT_IT_IS = {
    (RECOUPED, False): "Kept from this payment for an overpayment.",
    (INTEREST, False): "Kept from this payment for interest on an overpayment.",
    (INTEREST, True): "Interest on an overpayment that was collected and is not owed any more: it is given back.",
    (CARRIED_FORWARD, True): "What was taken back is more than is paid instead: it is owed, and nothing of this "
    "payment was kept for it.",
}


@dataclass(frozen=True, slots=True)
class DebtOnRemittance:
    """What a remittance kept for an overpayment, gave back, or carried out of the payment to be owed as one."""

    adjustment: ProviderAdjustment
    overpayment_id: int

    @property
    def meaning(self) -> str:
        return WHAT_IT_IS[self.adjustment.code, self.adjustment.amount < 0]


@dataclass(frozen=True, slots=True)
class RemittancePage:
    remittance: Remittance
    claims: tuple[ClaimOnRemittance, ...]
    debts: tuple[DebtOnRemittance, ...]

    @property
    def is_estimated(self) -> bool:
        return any(each.is_estimated for each in self.claims)


@dataclass(frozen=True, slots=True)
class SupplierBalance:
    """What is payable to a supplier and when it goes out next, and what it was paid so far, in dollars."""

    supplier: Supplier
    payable: Decimal
    next_payment_day: dt.date | None
    paid_out: Decimal


def remittances_of(user: User) -> QuerySet[Remittance]:
    """The remittances a person may see, latest first, each with its supplier."""
    return Remittance.objects.visible_to(user).select_related("supplier").defer("content")


def remittance_page(user: User, pk: int) -> RemittancePage:
    """One remittance with its claims and debts; seven queries. Raises `Remittance.DoesNotExist` outside one's scope."""
    remittance = remittances_of(user).get(pk=pk)
    rows = list(remittance.decisions.select_related("claim", "decision").defer("decision__facts").order_by("pk"))
    told = remitted_claims([Told(row.claim, row.decision_id, row.interest_amount, row.is_reversal) for row in rows])
    debts = (*_kept_on(remittance), *_carried_forward_on(remittance))
    return RemittancePage(remittance, tuple(map(_on_remittance, rows, told)), debts)


def _kept_on(remittance: Remittance) -> Iterator[DebtOnRemittance]:
    """What was kept for overpayments that an earlier remittance told, and for interest; interest given back."""
    kept = LedgerTransfer.objects.filter(remittance=remittance, settles__overpayment__isnull=False)
    kept = kept.exclude(settles__overpayment__remittance=remittance, target=Account.OVERPAYMENT)
    rows = kept.values_list("settles__claim__icn", "settles__overpayment", "target").annotate(Sum("amount"))
    for icn, overpayment, account, amount in rows.order_by("settles", "target"):
        code = INTEREST if account == Account.INTEREST_DUE else RECOUPED
        yield DebtOnRemittance(ProviderAdjustment(code, icn, amount), overpayment)
    given_back = LedgerTransfer.objects.filter(remittance=remittance, source=Account.INTEREST_DUE).order_by("decision")
    for icn, overpayment, amount in given_back.values_list("claim__icn", "decision__overpayment", "amount"):
        yield DebtOnRemittance(ProviderAdjustment(INTEREST, icn or "", -amount), overpayment)


def _carried_forward_on(remittance: Remittance) -> Iterator[DebtOnRemittance]:
    for overpayment in remittance.overpayments.select_related("claim").order_by("pk"):
        carried = ProviderAdjustment(CARRIED_FORWARD, str(overpayment.claim), -overpayment.amount)
        yield DebtOnRemittance(carried, overpayment.pk)


def _on_remittance(row: RemittedDecision, told: RemittedClaim) -> ClaimOnRemittance:
    decision = decision_from_json(row.decision.trace)
    lacking = years_without_deductible(decision, {line.number: line.date for line in told.lines})
    return ClaimOnRemittance(row.claim, row.decision, told, is_estimated(decision), lacking)


def supplier_balances(user: User) -> list[SupplierBalance]:
    """The balances of all suppliers that a person may see, by name; three queries."""
    suppliers = list(Supplier.objects.visible_to(user))
    moved = {row["supplier"]: row for row in _moved(suppliers)}
    waiting = Claim.objects.filter(status=ClaimStatus.PAYABLE, is_test=False, supplier__in=suppliers)
    days = dict(waiting.order_by().values_list("supplier").annotate(Min("payment_day")))
    return [
        SupplierBalance(
            supplier=supplier,
            payable=moved.get(supplier.pk, NOTHING)["payable"],
            next_payment_day=days.get(supplier.pk),
            paid_out=moved.get(supplier.pk, NOTHING)["paid_out"],
        )
        for supplier in suppliers
    ]


def _moved(suppliers: Sequence[Supplier]) -> Iterable[Mapping[str, Any]]:
    """What is payable and what was paid out, by supplier."""
    into, out_of = Q(target=Account.PAYABLE), Q(source=Account.PAYABLE)
    return (
        LedgerTransfer.objects.filter(supplier__in=suppliers)
        .order_by()
        .values("supplier")
        .annotate(
            payable=Sum("amount", filter=into, default=ZERO) - Sum("amount", filter=out_of, default=ZERO),
            paid_out=Sum("amount", filter=Q(target=Account.BANK), default=ZERO),
        )
    )
