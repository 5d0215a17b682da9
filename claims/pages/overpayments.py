"""Overpayments in words: the list by state, and the story of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from accounts.models import User
from claims.edits.wording import dollars, in_words
from claims.models import Demand, LedgerTransfer, Overpayment, OverpaymentState, Redetermination
from claims.pages.keyset import Order, Page, Place, page_or_first

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
    story: tuple[Entry, ...]

    @property
    def state(self) -> OverpaymentState:
        return state_of(self.overpayment)

    @property
    def owed(self) -> Decimal:
        """Dollars that are still owed."""
        owed: Decimal = self.overpayment.owed  # type: ignore[attr-defined]
        return owed

    @property
    def settled(self) -> Decimal:
        return self.overpayment.amount - self.owed


def overpayments_of(user: User, day: dt.date) -> QuerySet[Overpayment]:
    """The overpayments that a person may see, with what is owed and the state on a day."""
    rows = Overpayment.objects.visible_to(user).with_state(day)
    return rows.select_related("claim", "supplier", "remittance", "demand", "redetermination")


def overpayment_list(user: User, day: dt.date, state: str, place: Place) -> Page[Overpayment]:
    """A page of the overpayments in a state (all without one), the latest first; one query."""
    lookups = {"state": state} if state else {}
    page = page_or_first(overpayments_of(user, day).filter(**lookups), LATEST_FIRST, PAGE_SIZE, place)
    for row in page.rows:
        row.state_shown = state_of(row)  # type: ignore[attr-defined]
    return page


def state_of(overpayment: Overpayment) -> OverpaymentState:
    """The state of an overpayment that was read with it."""
    return OverpaymentState(overpayment.state)  # type: ignore[attr-defined]


def overpayment_page(overpayment: Overpayment) -> OverpaymentPage:
    """The page of an overpayment that was read by `overpayments_of`; two queries more."""
    return OverpaymentPage(
        overpayment=overpayment,
        demand=getattr(overpayment, "demand", None),
        redetermination=getattr(overpayment, "redetermination", None),
        story=tuple(sorted(_story(overpayment), key=lambda entry: entry.day)),
    )


def _story(overpayment: Overpayment) -> Iterator[Entry]:
    found = f"{overpayment.reason} {dollars(overpayment.amount)} of what was paid is owed."
    yield Entry(overpayment.found_on, found)
    if demand := getattr(overpayment, "demand", None):
        yield Entry(demand.sent_on, "The demand was sent.")
    for refund in overpayment.refunds.all():
        yield Entry(refund.received_on, f"{dollars(refund.amount)} came back, reference {refund.reference}.")
    yield from _kept(overpayment)
    if appeal := getattr(overpayment, "redetermination", None):
        yield Entry(appeal.received_on, "A redetermination was asked for.")
        if appeal.outcome:
            yield Entry(appeal.decided_on, f"Redetermination: {appeal.get_outcome_display().lower()}.")


def _kept(overpayment: Overpayment) -> Iterator[Entry]:
    """What later remittances kept for the debt."""
    kept = LedgerTransfer.objects.filter(settles=overpayment.decision_id, remittance__isnull=False)
    kept = kept.exclude(remittance=overpayment.remittance_id).order_by("remittance__payment_day")
    by_remittance = kept.values_list("remittance__payment_day", "remittance__trace_number").annotate(Sum("amount"))
    for day, trace, amount in by_remittance:
        yield Entry(day, f"{dollars(amount)} was kept from the payment of {in_words(day)}, remittance {trace}.")
