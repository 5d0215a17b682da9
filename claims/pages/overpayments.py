"""Overpayments in words: the list by state, and the story of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from accounts.models import User
from claims.edits.wording import dollars, in_words
from claims.models import (
    Demand,
    LedgerTransfer,
    Overpayment,
    OverpaymentAppeal,
    OverpaymentState,
    Reconsideration,
    Redetermination,
)
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.payment.interest import period_end
from claims.payment.ledger import ZERO, Account
from claims.payment.overpayment_interest import percent, rates, said

PAGE_SIZE = 25
LATEST_FIRST = Order(("found_on", "id"), is_descending=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to an overpayment, on a business day."""

    day: dt.date
    sentence: str


@dataclass(frozen=True, slots=True)
class OverpaymentPage:
    """An overpayment with all that the page says of it."""

    overpayment: Overpayment
    demand: Demand | None
    redetermination: Redetermination | None
    reconsideration: Reconsideration | None
    rate: Decimal | None
    charged: Decimal
    story: tuple[Entry, ...]

    @property
    def state(self) -> OverpaymentState:
        return state_of(self.overpayment)

    @property
    def principal(self) -> Decimal:
        """Dollars of the overpayment itself that are still owed."""
        owed: Decimal = self.overpayment.owed  # type: ignore[attr-defined]
        return owed

    @property
    def interest(self) -> Decimal:
        """Dollars of interest that are still owed; less than zero when some is to be given back."""
        owed: Decimal = self.overpayment.interest_owed  # type: ignore[attr-defined]
        return owed

    @property
    def owed(self) -> Decimal:
        return self.principal + max(ZERO, self.interest)

    @property
    def to_give_back(self) -> Decimal:
        return max(ZERO, -self.interest)

    @property
    def settled(self) -> Decimal:
        return self.overpayment.amount - self.principal

    @property
    def annual_rate(self) -> str:
        """The rate in force on the day of the demand, in words; empty when none is loaded."""
        return "" if self.rate is None else percent(self.rate)

    @property
    def free_through(self) -> dt.date | None:
        """The last day on which what is sent back bears no interest."""
        return period_end(self.demand.sent_on, 1) if self.demand else None


def overpayments_of(user: User, day: dt.date) -> QuerySet[Overpayment]:
    """The overpayments that a person may see, with what is owed and the state on a day."""
    rows = Overpayment.objects.visible_to(user).with_state(day)
    return rows.select_related("claim", "supplier", "remittance", "demand", "redetermination", "reconsideration")


def overpayment_list(user: User, day: dt.date, state: str, place: Place) -> Page[Overpayment]:
    """A page of the overpayments in a state (all without one), the latest first, with all that is owed; one query."""
    lookups = {"state": state} if state else {}
    page = page_or_first(overpayments_of(user, day).filter(**lookups), LATEST_FIRST, PAGE_SIZE, place)
    for row in page.rows:
        row.state_shown = state_of(row)  # type: ignore[attr-defined]
        row.still_owed = row.owed + max(ZERO, row.interest_owed)  # type: ignore[attr-defined]
    return page


def state_of(overpayment: Overpayment) -> OverpaymentState:
    """The state of an overpayment that was read with it."""
    return OverpaymentState(overpayment.state)  # type: ignore[attr-defined]


def overpayment_page(overpayment: Overpayment) -> OverpaymentPage:
    """The page of an overpayment that was read by `overpayments_of`; five queries more."""
    demand = getattr(overpayment, "demand", None)
    return OverpaymentPage(
        overpayment=overpayment,
        demand=demand,
        redetermination=getattr(overpayment, "redetermination", None),
        reconsideration=getattr(overpayment, "reconsideration", None),
        rate=rates().on(demand.sent_on) if demand else None,
        charged=sum((charge.amount for charge in overpayment.charges.all()), ZERO),
        story=tuple(sorted(_story(overpayment), key=lambda entry: entry.day)),
    )


def _story(overpayment: Overpayment) -> Iterator[Entry]:
    found = f"{overpayment.reason} {dollars(overpayment.amount)} of what was paid is owed."
    yield Entry(overpayment.found_on, found)
    if demand := getattr(overpayment, "demand", None):
        yield Entry(demand.sent_on, "The demand was sent.")
    for charge in overpayment.charges.all():
        yield Entry(charge.charged_on, said(charge))
    for refund in overpayment.refunds.all():
        yield Entry(refund.received_on, f"{dollars(refund.amount)} came back, reference {refund.reference}.")
    yield from _told(overpayment)
    for name in ("redetermination", "reconsideration"):
        yield from _appeal(name, getattr(overpayment, name, None))


def _appeal(name: str, appeal: OverpaymentAppeal | None) -> Iterator[Entry]:
    if appeal:
        yield Entry(appeal.received_on, f"A {name} was asked for.")
        if appeal.decided_on:
            yield Entry(appeal.decided_on, f"{name.capitalize()}: {appeal.get_outcome_display().lower()}.")


def _told(overpayment: Overpayment) -> Iterator[Entry]:
    """What later remittances kept for the debt and for its interest, and interest that one gave back."""
    decision = overpayment.decision_id
    moved = LedgerTransfer.objects.filter(
        Q(settles=decision) | Q(decision=decision, source=Account.INTEREST_DUE), remittance__isnull=False
    )
    moved = moved.exclude(remittance=overpayment.remittance_id).order_by("remittance__payment_day", "target")
    by_remittance = moved.values_list("remittance__payment_day", "remittance__trace_number", "target")
    for day, trace, target, amount in by_remittance.annotate(Sum("amount")):
        yield Entry(day, f"{dollars(amount)} {TOLD[target]} the payment of {in_words(day)}, remittance {trace}.")


#: What became of an amount, by the account to which it was moved.
TOLD: dict[str, str] = {
    Account.OVERPAYMENT: "was kept from",
    Account.INTEREST_DUE: "of interest was kept from",
    Account.BANK: "of interest was given back with",
}
