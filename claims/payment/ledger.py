"""The ledger: transfers between accounts, what the accounts hold, and whether they agree with claims and remittances.

benefit → payable when a claim becomes payable, payable → benefit when a later decision or a void takes that back,
payable → bank when it is paid, interest → bank for interest on a late claim. A transfer takes from one account what it
gives to another, so all accounts together are zero at every moment. Rows are only ever added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from claims.models import Claim, ClaimStatus, LedgerTransfer, Remittance
from suppliers.models import Supplier

ZERO = Decimal("0.00")
Account = LedgerTransfer.Account


@dataclass(frozen=True, slots=True)
class Accrual:
    """What a decision makes payable to a supplier, in dollars (zero: nothing); `replaces` is the decision before it.

    `replaced_claim_id` is the claim whose place this one takes once its decision is final.
    """

    supplier_id: int
    claim_id: int
    decision_id: int
    amount: Decimal
    replaces: int | None = None
    is_final: bool = True
    replaced_claim_id: int | None = None


def accrual_transfers(accruals: Iterable[Accrual], now: dt.datetime) -> list[LedgerTransfer]:
    """The transfers, not yet written, that make amounts payable."""
    return [
        transfer(accrual, Account.BENEFIT, Account.PAYABLE, accrual.amount, now)
        for accrual in accruals
        if accrual.amount
    ]


def withdrawals(decision_ids: Collection[int], now: dt.datetime) -> list[LedgerTransfer]:
    """The transfers, not yet written, that take back what is still payable on these decisions."""
    return [
        transfer(accrued, Account.PAYABLE, Account.BENEFIT, accrued.amount, now)
        for accrued in still_payable().filter(decision__in=decision_ids)
    ]


def transfer(
    of: Accrual | LedgerTransfer, source: Account, target: Account, amount: Decimal, now: dt.datetime
) -> LedgerTransfer:
    """One transfer, not yet written, on the decision of an accrual; booked on the business day of `now`."""
    return LedgerTransfer(
        supplier_id=of.supplier_id,
        claim_id=of.claim_id,
        decision_id=of.decision_id,
        source=source,
        target=target,
        amount=amount,
        on=now.date(),
        made_at=now,
    )


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


def discrepancies() -> tuple[str, ...]:
    """Where the ledger and the records it mirrors differ, one sentence each; empty when all agree.

    Two queries, each with both sides in one statement, so that work that goes on meanwhile cannot look like a fault.
    """
    return (*_payable_differs(), *_bank_differs())


def _payable_differs() -> Iterator[str]:
    """What is payable is what the payable claims pay; one in the queue again stays payable until it is decided anew."""
    claims = Claim.objects.filter(status__in=(ClaimStatus.PAYABLE, ClaimStatus.QUEUED), is_test=False)
    suppliers = Supplier.objects.annotate(
        claims_pay=_total_of(claims, "paid_amount"), payable=_total_of(still_payable(), "amount")
    )
    differing = suppliers.exclude(claims_pay=F("payable")).order_by("pk")
    for name, pays, payable in differing.values_list("name", "claims_pay", "payable"):
        yield f"The payable claims of {name} pay {pays}, the ledger holds {payable} payable."


def _total_of(rows: QuerySet[Any], amount: str) -> Coalesce:
    """The sum of an amount over a supplier's rows, as an annotation of the supplier."""
    of_supplier = rows.filter(supplier=OuterRef("pk")).order_by().values("supplier")
    return Coalesce(Subquery(of_supplier.annotate(total=Sum(amount)).values("total")), ZERO)


def _bank_differs() -> Iterator[str]:
    """What was paid out on a remittance is its amount."""
    paid_out = Sum("ledger__amount", filter=Q(ledger__target=Account.BANK), default=ZERO)
    differing = Remittance.objects.annotate(paid_out=paid_out).exclude(paid_out=F("paid_amount"))
    for trace, amount, booked in differing.values_list("trace_number", "paid_amount", "paid_out"):
        yield f"Remittance {trace} is over {amount}, the ledger paid out {booked}."
