"""The page of a beneficiary: who, coverage over time, drug bills, plans of care, the calendar, all claims, events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Prefetch

from accounts.models import Event, User
from accounts.readers import events_about
from beneficiaries.models import (
    ApplicableProvider,
    Beneficiary,
    BeneficiaryAddress,
    BeneficiaryMbi,
    DeductibleElsewhere,
    DmeDrugClaim,
    PlanOfCare,
    PlanOfCareVersion,
)
from beneficiaries.readers import standing_drug_claims
from claims.adjudication.facts import Span
from claims.calendar.of_patient import coverage_calendar, patient_calendar
from claims.calendar.window import Window
from claims.edits.drugs import WINDOW
from claims.models import Claim
from claims.pages.calendars import CalendarShown, calendar_shown
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.pages.patient_facts import PatientOnFile, names_of, patient_on_file
from claims.pages.wording import visit_span
from policy.tables import PolicyTables

#: Rows of the lists that may be long; the newest are shown.
CLAIMS_ON_A_PAGE, MOST_BILLS, MOST_EVENTS = 25, 50, 50
LATEST_FIRST = Order(("arrival",), is_descending=True)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DrugBillShown:
    """A drug bill that stands, with the last visit day for which it counts; None for one that does not."""

    bill: DmeDrugClaim
    descriptor: str
    counts_through: dt.date | None


@dataclass(frozen=True, slots=True)
class DeductibleYear:
    """Part B deductible of a year in dollars. `whole` and `left` are None where the year's amount is not on file."""

    year: int
    whole: Decimal | None
    here: Decimal
    elsewhere: Decimal
    left: Decimal | None


@dataclass(frozen=True, slots=True)
class ClaimShown:
    claim: Claim
    visits: str


@dataclass(frozen=True, slots=True)
class BeneficiaryPage:
    """All that the page shows; `has_more_bills` tells that older drug bills are left out."""

    beneficiary: Beneficiary
    mbis: tuple[BeneficiaryMbi, ...]
    addresses: tuple[BeneficiaryAddress, ...]
    providers: tuple[ApplicableProvider, ...]
    calendar: CalendarShown
    coverage: CalendarShown
    deductible: tuple[DeductibleYear, ...]
    bills: tuple[DrugBillShown, ...]
    has_more_bills: bool
    plans: tuple[PlanOfCare, ...]
    page: Page[Claim]
    claims: tuple[ClaimShown, ...]
    events: tuple[Event, ...]


def beneficiary_page(
    beneficiary: Beneficiary, user: User, window: Window, place: Place, tables: PolicyTables, today: dt.date
) -> BeneficiaryPage:
    """The page for a person of the contractor; its queries do not depend on how much is on file."""
    on_file = patient_on_file(beneficiary.pk, window)
    plans, mbis = _plans(beneficiary), tuple(beneficiary.mbis.all())
    bills = list(standing_drug_claims(beneficiary.pk).reverse()[: MOST_BILLS + 1])
    claims = Claim.objects.visible_to(user).filter(beneficiary=beneficiary)
    page = page_or_first(claims.defer("billed", "gateway_findings"), LATEST_FIRST, CLAIMS_ON_A_PAGE, place)
    calendar, coverage = _calendars(beneficiary, on_file, plans, mbis, tables, today)
    return BeneficiaryPage(
        beneficiary=beneficiary,
        mbis=mbis,
        addresses=tuple(beneficiary.addresses.all()),
        providers=tuple(beneficiary.applicableproviders.all()),
        calendar=calendar,
        coverage=coverage,
        deductible=tuple(_deductible(beneficiary, on_file, tables)),
        bills=tuple(_bill(bill, tables) for bill in bills[:MOST_BILLS]),
        has_more_bills=len(bills) > MOST_BILLS,
        plans=plans,
        page=page,
        claims=tuple(ClaimShown(claim, visit_span(claim.first_day, claim.last_day)) for claim in page.rows),
        events=tuple(events_about(beneficiary)[:MOST_EVENTS]),
    )


def _plans(beneficiary: Beneficiary) -> tuple[PlanOfCare, ...]:
    """The plans with their versions and reviews, the one that began last first."""
    versions = Prefetch("versions", PlanOfCareVersion.objects.order_by("number"))
    found = beneficiary.plans_of_care.select_related("supplier").prefetch_related(versions, "reviews")
    return tuple(found.order_by("-starts", "-pk"))


def _calendars(
    beneficiary: Beneficiary,
    on_file: PatientOnFile,
    plans: Sequence[PlanOfCare],
    mbis: Sequence[BeneficiaryMbi],
    tables: PolicyTables,
    today: dt.date,
) -> tuple[CalendarShown, CalendarShown]:
    """The visit calendar and the coverage over the years."""
    whose = f"{beneficiary.first_name} {beneficiary.last_name}"
    facts = on_file.facts()
    names = names_of(beneficiary.pk, on_file.window)
    names = replace(names, plan_suppliers={str(plan.pk): plan.supplier.name for plan in plans})
    visits = patient_calendar(facts, names, tables, on_file.window, today, whose)
    coverage = coverage_calendar(facts, names, [(mbi.mbi, _span(mbi)) for mbi in mbis], today, whose)
    return calendar_shown(visits, "calendar"), calendar_shown(coverage, "coverage")


def _span(mbi: BeneficiaryMbi) -> Span:
    upper = mbi.in_force.upper
    return Span(mbi.in_force.lower, upper - ONE_DAY if upper else None)


def _bill(bill: DmeDrugClaim, tables: PolicyTables) -> DrugBillShown:
    row = tables.drug_on(bill.hcpcs, bill.modifier, bill.date_of_service)
    counts = row is not None and bill.status == DmeDrugClaim.Status.PAID
    return DrugBillShown(bill, row.descriptor if row else "", bill.date_of_service + WINDOW if counts else None)


def _deductible(beneficiary: Beneficiary, on_file: PatientOnFile, tables: PolicyTables) -> Iterator[DeductibleYear]:
    """Each year in which some was used, the latest first (reading 19)."""
    here = on_file.deductible_used_here()
    elsewhere: dict[int, Decimal] = {}
    for row in DeductibleElsewhere.objects.filter(beneficiary=beneficiary):
        elsewhere[row.year] = elsewhere.get(row.year, Decimal()) + row.amount
    for year in sorted({*here, *elsewhere}, reverse=True):
        found = tables.deductibles.on("", dt.date(year, 1, 1))
        used = here.get(year, Decimal()) + elsewhere.get(year, Decimal())
        left = max(found.value - used, Decimal("0.00")) if found else None
        whole = found.value if found else None
        yield DeductibleYear(year, whole, here.get(year, Decimal()), elsewhere.get(year, Decimal()), left)
