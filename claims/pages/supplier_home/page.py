"""The home page of people of suppliers, for one of their suppliers or for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Sum

from accounts.models import User
from claims.edits.wording import dollars
from claims.models import Claim, ClaimStatus
from claims.organization.risk import DEFINITION, SPANS, AtRisk, at_risk
from claims.pages.counting import LIMIT
from claims.pages.home.links import claims_where
from claims.pages.supplier_home import sources  # noqa: F401 (they register themselves)
from claims.pages.supplier_home.answers import Answers, Asked, Row, most_urgent, things_to_answer
from claims.pages.wording import on_day
from policy.tables import PolicyTables
from suppliers.models import Supplier
from suppliers.rights import Held

#: The statuses that a supplier reads of, in the order of a claim's life.
SHOWN = (
    ClaimStatus.RECEIVED,
    ClaimStatus.QUEUED,
    ClaimStatus.ON_HOLD,
    ClaimStatus.SUSPENDED,
    ClaimStatus.PAYABLE,
    ClaimStatus.PAID,
    ClaimStatus.DENIED,
)


@dataclass(frozen=True, slots=True)
class InStatus:
    """How many claims stand in a status, what happens to them next and by when, and the list of them."""

    status: ClaimStatus
    count: int
    next: str
    address: str


@dataclass(frozen=True, slots=True)
class SupplierHome:
    """The page. `shown` is the supplier that was chosen, none for all of `held`."""

    today: dt.date
    held: tuple[Held, ...]
    shown: Held | None
    answers: tuple[Answers, ...]
    rows: tuple[Row, ...]
    claims: tuple[InStatus, ...]
    counts_are_of_some: bool
    ending: tuple[AtRisk, ...]
    definition: str = DEFINITION

    @property
    def names_suppliers(self) -> bool:
        """Whether a row must say of which supplier it is."""
        return self.shown is None and len(self.held) > 1


def supplier_home(
    person: User, held: tuple[Held, ...], shown: Held | None, tables: PolicyTables, today: dt.date
) -> SupplierHome:
    """The page for what somebody holds; as many queries for one supplier as for many."""
    wanted = (shown,) if shown else held
    suppliers = list(Supplier.objects.filter(pk__in=[each.supplier for each in wanted]).prefetch_related(*SPANS))
    asked = Asked(person, wanted, today)
    found = things_to_answer(asked)
    claims, counts_are_of_some = claims_by_status(suppliers, today)
    return SupplierHome(
        today=today,
        held=held,
        shown=shown,
        answers=tuple(found),
        rows=tuple(most_urgent(found, asked)),
        claims=claims,
        counts_are_of_some=counts_are_of_some,
        ending=tuple(at_risk(suppliers, tables, today)),
    )


def claims_by_status(suppliers: Sequence[Supplier], today: dt.date) -> tuple[tuple[InStatus, ...], bool]:
    """The newest 10,000 claims by status, and whether there are more; one query."""
    ids = [supplier.pk for supplier in suppliers]
    newest = Claim.objects.filter(supplier__in=ids, is_test=False).order_by("-arrival").values("pk")[:LIMIT]
    rows = Claim.objects.filter(pk__in=newest).order_by().values("status")
    figures = {
        row["status"]: row
        for row in rows.annotate(
            count=Count("pk"), look=Min("next_look"), pays_on=Min("payment_day"), paid=Sum("paid_amount")
        )
    }
    npis = [supplier.npi for supplier in suppliers]
    shown = (
        InStatus(
            status,
            figures[status]["count"],
            next_of(status, figures[status], today),
            claims_where(supplier=npis, status=status.value),
        )
        for status in SHOWN
        if status in figures
    )
    return tuple(shown), sum(row["count"] for row in figures.values()) == LIMIT


def next_of(status: ClaimStatus, figures: Mapping[str, Any], today: dt.date) -> str:
    """What happens next to claims of a status, and by when."""
    amount = dollars(figures["paid"] or Decimal(0))
    match status:
        case ClaimStatus.RECEIVED | ClaimStatus.QUEUED:
            return "Decided within minutes."
        case ClaimStatus.ON_HOLD if figures["look"]:
            return f"Wait for a drug bill. The next look is {on_day(figures['look'], today)}."
        case ClaimStatus.ON_HOLD:
            return "Wait until the contractor releases them."
        case ClaimStatus.SUSPENDED:
            return "A person of the contractor decides. You are asked if records are needed."
        case ClaimStatus.PAYABLE if figures["pays_on"]:
            return f"{amount} goes out, the first of it {on_day(figures['pays_on'], today)}."
        case ClaimStatus.PAID:
            return f"{amount} has gone out. The remittances say for what."
        case ClaimStatus.DENIED:
            return "Nothing is paid. Each claim says why; a redetermination can be asked for within 120 days."
    return ""
