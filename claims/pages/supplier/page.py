"""The page of a supplier for those who may see it; the number of its queries does not depend on how much is on file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from accounts.models import User
from claims.models import Claim, ClaimStatus
from claims.pages.calendars import CalendarShown, calendar_shown
from claims.pages.counting import counts_of
from claims.pages.home.links import claims_where
from claims.pages.supplier.money import (
    Debts,
    DeniedFor,
    MonthPaid,
    debts_of,
    denied_for,
    paid_by_month,
    paid_charts,
)
from claims.pages.supplier.standing import Lapse, lapses, standing_calendar, standings_of
from policy.tables import PolicyTables
from suppliers.models import Subcontractor, Supplier, SupplierPerson


@dataclass(frozen=True, slots=True)
class InStatus:
    """How many claims of the supplier stand in a status, and the list of them."""

    status: ClaimStatus
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class SupplierPage:
    """All that the page shows; with `counts_are_of_some` so many claims are counted and there are more."""

    supplier: Supplier
    spans: CalendarShown
    lapses: tuple[Lapse, ...]
    people: tuple[SupplierPerson, ...]
    subcontractors: tuple[Subcontractor, ...]
    claims: tuple[InStatus, ...]
    counts_are_of_some: bool
    all_claims: str
    months: tuple[MonthPaid, ...]
    charts: Sequence[SafeString]
    denials: tuple[DeniedFor, ...]
    debts: Debts


def supplier_page(supplier: Supplier, user: User, tables: PolicyTables, today: dt.date) -> SupplierPage:
    """Eleven queries."""
    standings = standings_of(supplier, tables, today)
    months = paid_by_month(supplier, today)
    claims, counts_are_of_some = _by_status(supplier)
    return SupplierPage(
        supplier=supplier,
        spans=calendar_shown(standing_calendar(standings, today, supplier.name), "standing"),
        lapses=tuple(lapses(standings, today)),
        people=tuple(supplier.people.current().select_related("user").order_by("user__name")),
        subcontractors=tuple(supplier.subcontractors.all()),
        claims=claims,
        counts_are_of_some=counts_are_of_some,
        all_claims=claims_where(supplier=supplier.npi),
        months=tuple(months),
        charts=paid_charts(months, supplier.name),
        denials=tuple(denied_for(supplier, today)),
        debts=debts_of(supplier, user, today),
    )


def _by_status(supplier: Supplier) -> tuple[tuple[InStatus, ...], bool]:
    """The claims by status as the list counts them: no tests, nothing that the gateway rejected."""
    claims = Claim.objects.filter(supplier=supplier, is_test=False).exclude(status=ClaimStatus.REJECTED)
    counts = counts_of(claims, "status")
    shown = (
        InStatus(status, counts.by_value[status], claims_where(supplier=supplier.npi, status=status.value))
        for status in ClaimStatus
        if status in counts.by_value
    )
    return tuple(shown), counts.is_more
