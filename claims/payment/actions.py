"""What is done about money: book what decisions make payable, take it back, stop the clock, run a payment day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from accounts.actions import Actor, name_subject, record_event
from accounts.models import Event
from claims.models import Claim, ClockStop
from claims.payment.balance import NotBalanced
from claims.payment.booking import bookings, claims_followed, standing_money, taken_back, write_transfers
from claims.payment.due import by_supplier, claims_due, clean_claim_rate
from claims.payment.floor import ONE_DAY
from claims.payment.ledger import ZERO, Accrual
from claims.payment.reversals import with_something_to_reverse
from claims.payment.supplier_payment import Run, SupplierPaid, pay_supplier
from policy import clock
from policy.calendar import business_day_on_or_after, is_business_day
from suppliers.models import Supplier

__all__ = ["Accrual", "RunSummary", "accrue", "resume_clock", "run_payment_day", "stop_clock", "take_back"]

#: Who acts when nobody asked for the run.
THE_RUN = "the payment run"
REFUSED = "remittance_refused"


def accrue(accruals: Collection[Accrual], now: dt.datetime) -> None:
    """Book the decisions of a batch: take back what the decisions before them hold, book what these pay.

    What is payable on the decisions before is withdrawn; what was paid is reversed once a decision is final, so that a
    claim that waits again keeps its money. For every decided claim that is no test and has a supplier on file, also one
    that pays nothing. Two statements, one when no decision follows another; inside the caller's transaction.
    """
    followed = claims_followed(accruals)
    write_transfers(bookings(accruals, standing_money(followed) if followed else {}), now)


def take_back(claim_ids: Collection[int], now: dt.datetime) -> None:
    """Take back all that these claims hold, to zero: they were voided and nothing stands in their place.

    Those that a remittance told, or whose replaced claims one told, are told as reversed on the next banking day, which
    becomes their payment day. Inside the transaction that voids them, after their status is set.
    """
    money = standing_money(claim_ids)
    write_transfers((moved for claim in money.values() for moved in taken_back(claim, also_paid=True)), now)
    day = business_day_on_or_after(now.date() + ONE_DAY)
    Claim.objects.filter(pk__in=with_something_to_reverse(claim_ids), is_test=False).update(payment_day=day)


def stop_clock(claim: Claim, *, on: dt.date, reason: str) -> None:
    """The claim's payment clock stands from `on`: records were asked for, or a review opened. Once is enough."""
    ClockStop.objects.get_or_create(claim=claim, resumed_on=None, defaults={"stopped_on": on, "reason": reason})


def resume_clock(claim: Claim, *, on: dt.date) -> None:
    """The clock runs again from `on`; nothing happens where it did not stand."""
    ClockStop.objects.filter(claim=claim, resumed_on=None).update(resumed_on=on)


@dataclass(slots=True)
class RunSummary:
    """What a payment run did, in claims and dollars.

    `kept` was kept back for debts, `overpaid` is what reversals left to owe. `refused` has a sentence for each supplier
    whose remittance did not balance.
    """

    day: dt.date
    remittances: int = 0
    claims_paid: int = 0
    denials_told: int = 0
    voids_told: int = 0
    paid: Decimal = ZERO
    interest: Decimal = ZERO
    kept: Decimal = ZERO
    overpaid: Decimal = ZERO
    without_interest: int = 0
    refused: list[str] = field(default_factory=list)

    def add(self, made: SupplierPaid) -> None:
        self.remittances += 1
        self.claims_paid += made.claims_paid
        self.denials_told += made.denials_told
        self.voids_told += made.voids_told
        self.paid += made.remittance.paid_amount
        self.interest += made.remittance.interest_amount
        self.kept += made.kept
        self.overpaid += made.overpaid
        self.without_interest += made.without_interest


def run_payment_day(day: dt.date, *, by: Actor | None = None) -> RunSummary:
    """Pay and tell all that is due on `day`, a supplier at a time, each in a transaction of its own (reading 22).

    Nothing goes out on a day that is no banking day, or that has not come. A run that broke off is simply run again:
    a supplier is either done or untouched. One supplier's fault does not hold up the others.
    """
    summary = RunSummary(day)
    if not is_business_day(day) or day > clock.today():
        return summary
    due = claims_due(day)
    suppliers = by_supplier(due)
    if not suppliers:
        return summary
    run = Run(day, by or THE_RUN, clean_claim_rate(day), due)
    for supplier_id, claim_ids in suppliers.items():
        try:
            made = pay_supplier(supplier_id, claim_ids, run)
        except NotBalanced as fault:
            summary.refused.append(_record_refusal(supplier_id, fault, run))
            continue
        if made:
            summary.add(made)
    return summary


@transaction.atomic
def _record_refusal(supplier_id: int, fault: NotBalanced, run: Run) -> str:
    """Write the refusal down, once a day however often the run is repeated; its sentence."""
    supplier = Supplier.objects.get(pk=supplier_id)
    sentence = f"The remittance of {supplier} for {run.day} does not balance and was not sent. {fault}"
    about_type, about_id = name_subject(supplier)
    told = Event.objects.filter(verb=REFUSED, on=run.day, about_type=about_type, about_id=about_id)
    if not told.exists():
        record_event(REFUSED, by=run.by, on=run.day, about=supplier, sentence=sentence)
    return sentence
