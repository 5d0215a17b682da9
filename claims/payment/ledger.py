"""The ledger: transfers between accounts, what the accounts hold, and whether they agree with claims and remittances.

benefit → payable when a claim becomes payable, payable → benefit when a later decision or a void takes that back,
payable → bank when it is paid, interest → bank for interest on a late claim. A transfer takes from one account what it
gives to another, so all accounts together are zero at every moment. Rows are only ever added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from claims.models import Claim, ClaimStatus, LedgerTransfer, Remittance

ZERO = Decimal("0.00")
Account = LedgerTransfer.Account


@dataclass(frozen=True, slots=True)
class Accrual:
    """What a decision makes payable to a supplier, in dollars (zero: nothing); `replaces` is the decision before it."""

    supplier_id: int
    claim_id: int
    decision_id: int
    amount: Decimal
    replaces: int | None = None


def accrual_transfers(accruals: Iterable[Accrual], now: dt.datetime) -> list[LedgerTransfer]:
    """The transfers, not yet written, that make amounts payable."""
    return [
        LedgerTransfer(
            supplier_id=accrual.supplier_id,
            claim_id=accrual.claim_id,
            decision_id=accrual.decision_id,
            source=Account.BENEFIT,
            target=Account.PAYABLE,
            amount=accrual.amount,
            on=now.date(),
            made_at=now,
        )
        for accrual in accruals
        if accrual.amount
    ]


def withdrawals(decision_ids: Collection[int], now: dt.datetime) -> list[LedgerTransfer]:
    """The transfers, not yet written, that take back what is still payable on these decisions."""
    return [
        LedgerTransfer(
            supplier_id=accrual.supplier_id,
            claim_id=accrual.claim_id,
            decision_id=accrual.decision_id,
            source=Account.PAYABLE,
            target=Account.BENEFIT,
            amount=accrual.amount,
            on=now.date(),
            made_at=now,
        )
        for accrual in still_payable().filter(decision__in=decision_ids)
    ]


def still_payable() -> QuerySet[LedgerTransfer]:
    """The accruals that were neither paid nor taken back."""
    left = LedgerTransfer.objects.filter(decision=OuterRef("decision"), source=Account.PAYABLE)
    return LedgerTransfer.objects.filter(~Exists(left), source=Account.BENEFIT)


def balances() -> dict[str, Decimal]:
    """What each account holds: what came in less what went out."""
    held = dict.fromkeys(Account.values, ZERO)
    moved = LedgerTransfer.objects.order_by().values_list("source", "target").annotate(Sum("amount"))
    for source, target, amount in moved:
        held[source] -= amount
        held[target] += amount
    return held


def payable_by_supplier() -> dict[int, Decimal]:
    """What is still to be paid, by supplier; suppliers to whom nothing is payable are left out."""
    totals = still_payable().order_by().values_list("supplier").annotate(Sum("amount"))
    return dict(totals.values_list("supplier", "amount__sum"))


def discrepancies() -> tuple[str, ...]:
    """Where the ledger and the records it mirrors differ, one sentence each; empty when all agree. Three queries."""
    return (*_payable_differs(), *_bank_differs())


def _payable_differs() -> Iterable[str]:
    """What is payable is what the payable claims pay; one in the queue again stays payable until it is decided anew."""
    waiting = Claim.objects.filter(
        status__in=(ClaimStatus.PAYABLE, ClaimStatus.QUEUED), is_test=False, supplier__isnull=False, paid_amount__gt=0
    )
    claims = dict(waiting.order_by().values_list("supplier").annotate(Sum("paid_amount")))
    ledger = payable_by_supplier()
    for supplier in sorted({*claims, *ledger}):
        if claims.get(supplier, ZERO) != ledger.get(supplier, ZERO):
            yield (
                f"Supplier {supplier}: its payable claims pay {claims.get(supplier, ZERO)}, "
                f"the ledger holds {ledger.get(supplier, ZERO)}."
            )


def _bank_differs() -> Iterable[str]:
    """What was paid out on a remittance is its amount."""
    paid_out = Sum("ledger__amount", filter=Q(ledger__target=Account.BANK), default=ZERO)
    differing = Remittance.objects.annotate(paid_out=paid_out).exclude(paid_out=F("paid_amount"))
    for trace, amount, booked in differing.values_list("trace_number", "paid_amount", "paid_out"):
        yield f"Remittance {trace} is over {amount}, the ledger paid out {booked}."
