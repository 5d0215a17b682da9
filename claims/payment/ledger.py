"""The ledger: what the accounts hold, and whether they agree with claims, remittances and overpayments.

A transfer takes from one account what it gives to another, so all accounts together are zero at every moment. Rows are
only ever added (`claims.payment.booking`); which transfers there can be, `LedgerTransfer` says and the database
enforces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from claims.models import (
    Claim,
    ClaimStatus,
    InterestCharge,
    LedgerTransfer,
    Overpayment,
    Refund,
    Remittance,
    RemittedDecision,
)
from suppliers.models import Supplier

ZERO = Decimal("0.00")
Account = LedgerTransfer.Account

INTO_PAYABLE = Q(target=Account.PAYABLE)
OUT_OF_PAYABLE = Q(source=Account.PAYABLE)
#: What a decision paid, be it kept for a debt, and what of it was reversed.
PAID = Q(source=Account.PAYABLE, target__in=(Account.BANK, Account.OVERPAYMENT, Account.INTEREST_DUE))
REVERSED = Q(source=Account.OVERPAYMENT)


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

    Each kind is one statement with both sides in it, so that work that goes on meanwhile cannot look like a fault.
    """
    differing = (_payable_differs, _bank_differs, _told_differs, _owed_differs, _refunds_differ, _interest_differs)
    return tuple(sentence for check in differing for sentence in check())


def _payable_differs() -> Iterator[str]:
    """What is payable is what decisions pay that no remittance told.

    A claim that is asked about again stays payable until it is decided anew; one that was paid is not payable again.
    """
    told = RemittedDecision.objects.filter(decision=OuterRef("current_decision"))
    claims = Claim.objects.filter(~Exists(told), status__in=(ClaimStatus.PAYABLE, ClaimStatus.QUEUED), is_test=False)
    into = _total_of(LedgerTransfer.objects.filter(INTO_PAYABLE), "amount")
    suppliers = Supplier.objects.annotate(
        claims_pay=_total_of(claims, "paid_amount"),
        payable=into - _total_of(LedgerTransfer.objects.filter(OUT_OF_PAYABLE), "amount"),
    )
    differing = suppliers.exclude(claims_pay=F("payable")).order_by("pk")
    for name, pays, payable in differing.values_list("name", "claims_pay", "payable"):
        yield f"The payable claims of {name} pay {pays}, the ledger holds {payable} payable."


def _total_of(rows: QuerySet[Any], amount: str, of: str = "supplier") -> Coalesce:
    """The sum of an amount over the rows that belong to the row that is annotated with it."""
    belonging = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Coalesce(Subquery(belonging.annotate(total=Sum(amount)).values("total")), ZERO)


def _bank_differs() -> Iterator[str]:
    """What was paid out on a remittance is its amount."""
    paid_out = Sum("ledger__amount", filter=Q(ledger__target=Account.BANK), default=ZERO)
    differing = Remittance.objects.annotate(paid_out=paid_out).exclude(paid_out=F("paid_amount"))
    for trace, amount, booked in differing.values_list("trace_number", "paid_amount", "paid_out"):
        yield f"Remittance {trace} is over {amount}, the ledger paid out {booked}."


def _told_differs() -> Iterator[str]:
    """What the decisions told on a supplier's remittances pay, and the reversed ones paid, is what the ledger moved."""
    told = RemittedDecision.objects.select_related("decision")
    reversals = LedgerTransfer.objects.filter(REVERSED, decision__remitted__is_reversal=True)
    suppliers = Supplier.objects.annotate(
        told=_total_of(told.filter(is_reversal=False), "decision__paid_amount", "claim__supplier"),
        paid=_total_of(LedgerTransfer.objects.filter(PAID), "amount"),
        told_back=_total_of(told.filter(is_reversal=True), "decision__paid_amount", "claim__supplier"),
        reversed=_total_of(reversals, "amount"),
    )
    differing = suppliers.exclude(told=F("paid"), told_back=F("reversed")).order_by("pk")
    for name, told_paid, paid, told_back, taken in differing.values_list(
        "name", "told", "paid", "told_back", "reversed"
    ):
        yield (
            f"Remittances told {name} {told_paid} paid and {told_back} reversed, the ledger has {paid} paid and "
            f"{taken} reversed."
        )


def _owed_differs() -> Iterator[str]:
    """What a told reversal left to owe after the correction beside it is an overpayment of that amount."""
    reversals = RemittedDecision.objects.filter(is_reversal=True)
    beside = LedgerTransfer.objects.filter(
        settles=OuterRef("decision"), remittance=OuterRef("remittance"), target=Account.OVERPAYMENT
    )
    found = Overpayment.objects.filter(decision=OuterRef("decision")).values("amount")
    settled = beside.order_by().values("settles").annotate(total=Sum("amount")).values("total")
    left = F("decision__paid_amount") - Coalesce(Subquery(settled), ZERO)
    rows = reversals.annotate(left=left, owed=Coalesce(Subquery(found), ZERO)).exclude(left=F("owed"))
    for icn, left_over, owed in rows.order_by("pk").values_list("claim__icn", "left", "owed"):
        yield f"The reversal of claim {icn} leaves {left_over} to owe, the overpayment is {owed}."


def _refunds_differ() -> Iterator[str]:
    """A refund is in the ledger once, whole."""
    booked = Sum("ledger__amount", default=ZERO)
    for refund in Refund.objects.annotate(booked=booked).exclude(booked=F("amount")).order_by("pk"):
        yield f"{refund} of overpayment {refund.overpayment_id} is booked as {refund.booked}."


def _interest_differs() -> Iterator[str]:
    """Each charge of interest is in the ledger, whole; what was charged in all is what the last charge says."""
    charged = Sum("ledger__amount", filter=Q(ledger__target=Account.INCOME), default=ZERO)
    lessened = Sum("ledger__amount", filter=Q(ledger__source=Account.INCOME), default=ZERO)
    for charge in InterestCharge.objects.annotate(booked=charged - lessened).exclude(booked=F("amount")).order_by("pk"):
        yield f"{charge} of overpayment {charge.overpayment_id} is booked as {charge.booked}."
    latest = InterestCharge.objects.filter(overpayment=OuterRef("pk")).order_by("-pk").values("total")[:1]
    total = Overpayment.objects.annotate(told=Subquery(latest), charged=Sum("charges__amount"))
    for overpayment, told, charged_in_all in total.exclude(told=F("charged")).values_list("pk", "told", "charged"):
        yield f"The interest on overpayment {overpayment} is {told}, its charges are {charged_in_all}."
