"""Booking decisions: what becomes payable, and what is taken back because another decision takes its place.

A decision's money is payable or paid. What is payable is withdrawn (payable → benefit); what was paid is reversed
(overpayment → benefit), so that the supplier owes it until a correction, another payment or a refund settles it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from django.db import connection
from django.db.models import Q, Sum

from claims.models import LedgerTransfer
from claims.payment.ledger import INTO_PAYABLE, OUT_OF_PAYABLE, PAID, REVERSED, ZERO, Account, Accrual


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer that is not yet written; `decision_id` is the decision whose money moves, amounts are dollars."""

    supplier_id: int
    claim_id: int
    decision_id: int
    source: Account
    target: Account
    amount: Decimal
    settles_id: int | None = None
    remittance_id: int | None = None
    refund_id: int | None = None


@dataclass(slots=True)
class Standing:
    """The money that stands on one decision: what is payable on it, and what was paid and not reversed."""

    supplier_id: int
    claim_id: int
    decision_id: int
    payable: Decimal
    paid: Decimal = ZERO


#: By claim, the decisions on it that have money, the oldest first.
StandingMoney: TypeAlias = dict[int, list[Standing]]

COLUMNS = """
COPY claims_ledgertransfer (supplier_id, claim_id, decision_id, source, target, amount, settles_id, remittance_id,
                            refund_id, "on", made_at) FROM STDIN
"""


def write_transfers(transfers: Iterable[Transfer], now: dt.datetime, on: dt.date | None = None) -> None:
    """Write transfers, booked on the business day of `now` or on another; one statement, none when there are none."""
    rows = list(transfers)
    if not rows:
        return
    moment = f"{on or now.date()}\t{now.isoformat()}"
    with connection.cursor() as cursor, cursor.copy(COLUMNS) as copy:
        copy.write("".join([f"{_as_text(row)}\t{moment}\n" for row in rows]))


def _as_text(row: Transfer) -> str:
    """A transfer as COPY reads it."""
    settles, remittance, refund = (number or r"\N" for number in (row.settles_id, row.remittance_id, row.refund_id))
    return (
        f"{row.supplier_id}\t{row.claim_id}\t{row.decision_id}\t{row.source.value}\t{row.target.value}\t{row.amount}\t"
        f"{settles}\t{remittance}\t{refund}"
    )


def claims_followed(accruals: Iterable[Accrual]) -> set[int]:
    """The claims with decisions before these: claims decided anew, and those whose place another claim takes."""
    return {claim for accrual in accruals for claim in _followed_by(accrual)}


def _followed_by(accrual: Accrual) -> Iterator[int]:
    """A claim that is replaced stands until the decision on its replacement is final."""
    if accrual.replaces:
        yield accrual.claim_id
    if accrual.replaced_claim_id and accrual.is_final:
        yield accrual.replaced_claim_id


def standing_money(claim_ids: Collection[int]) -> StandingMoney:
    """What stands on the decisions of these claims; one query."""
    sums = {
        "payable": Sum("amount", filter=INTO_PAYABLE, default=ZERO)
        - Sum("amount", filter=OUT_OF_PAYABLE, default=ZERO),
        "paid": Sum("amount", filter=PAID, default=ZERO) - Sum("amount", filter=REVERSED, default=ZERO),
    }
    rows = (
        LedgerTransfer.objects.filter(claim__in=claim_ids)
        .order_by("decision")
        .values_list("supplier", "claim", "decision")
        .annotate(**sums)
        .filter(~Q(payable=0) | ~Q(paid=0))
    )
    money: StandingMoney = defaultdict(list)
    for row in rows:
        standing = Standing(*row)
        money[standing.claim_id].append(standing)
    return money


def bookings(accruals: Iterable[Accrual], money: StandingMoney) -> Iterator[Transfer]:
    """What to book for the decisions of a batch, in their order; a claim may be decided and replaced in one batch."""
    for accrual in accruals:
        for claim in _followed_by(accrual):
            yield from taken_back(money.get(claim, ()), also_paid=accrual.is_final)
        if accrual.amount:
            made = Standing(accrual.supplier_id, accrual.claim_id, accrual.decision_id, accrual.amount)
            money.setdefault(accrual.claim_id, []).append(made)
            yield _transfer(made, Account.BENEFIT, Account.PAYABLE, accrual.amount)


def taken_back(standing: Iterable[Standing], *, also_paid: bool) -> Iterator[Transfer]:
    """Withdraw what is payable on decisions, and reverse what was paid on them unless the decision after them waits."""
    for money in standing:
        if money.payable:
            yield _transfer(money, Account.PAYABLE, Account.BENEFIT, money.payable)
            money.payable = ZERO
        if money.paid and also_paid:
            yield _transfer(money, Account.OVERPAYMENT, Account.BENEFIT, money.paid)
            money.paid = ZERO


def _transfer(money: Standing, source: Account, target: Account, amount: Decimal) -> Transfer:
    return Transfer(money.supplier_id, money.claim_id, money.decision_id, source, target, amount)
