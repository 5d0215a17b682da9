"""The page of a beneficiary: all that is on file of one person, for staff alone, and every look is logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import record_event
from accounts.models import AccessLog, User
from beneficiaries.models import Beneficiary
from claims.models import Claim
from suppliers.spans import days
from tests.claims.pages.scene import line
from tests.factories.beneficiaries import (
    CoverageFactory,
    DrugBillFactory,
    MbiFactory,
    OutsideVisitFactory,
    PlanOfCareFactory,
    PlanVersionFactory,
    StayFactory,
)
from tests.factories.world import World

Decide = Callable[..., Claim]


def address(person: Beneficiary) -> str:
    return reverse("beneficiary", args=[person.pk])


def page_of(client: Client, person: Beneficiary, **query: str) -> Any:
    response = client.get(address(person), query)
    assert response.status_code == 200
    return response.context["page"]


def rows(calendar: Any, lane: str) -> list[Any]:
    return [row for row in calendar.table.rows if row.lane == lane]


# ---------- who may open it ----------


def test_a_supplier_never_sees_it(billing: Client, outsider: Client, world: World) -> None:
    assert billing.get(address(world.beneficiary)).status_code == 403
    assert outsider.get(address(world.beneficiary)).status_code == 403
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("role", ["examiner", "reviewer", "medical_director", "administrator"])
def test_staff_open_it_and_each_look_is_logged(
    request: pytest.FixtureRequest, role: str, world: World, signed_in_as: Callable[[User], Client]
) -> None:
    person = request.getfixturevalue(role)
    assert signed_in_as(person).get(address(world.beneficiary)).status_code == 200
    logged = AccessLog.objects.get()
    assert (logged.person, logged.about_type, logged.about_id, logged.page) == (
        person,
        "beneficiaries.beneficiary",
        str(world.beneficiary.pk),
        "Beneficiary",
    )


def test_a_person_who_is_not_on_file_does_not_exist(staff: Client, world: World) -> None:
    assert staff.get(reverse("beneficiary", args=[world.beneficiary.pk + 1])).status_code == 404


# ---------- what it says ----------


def test_the_calendar_shows_what_is_on_file_now(staff: Client, world: World, decided: Decide) -> None:
    claim = decided(lines=[line("G0068", dt.date(2026, 1, 5))])
    OutsideVisitFactory(beneficiary=world.beneficiary, supplier_name="Harbor Infusion")
    DrugBillFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2026, 1, 3), denied=True)
    calendar = page_of(staff, world.beneficiary).calendar
    assert {(row.who, row.claim) for row in rows(calendar, "Visits") + rows(calendar, "")} == {
        ("Evergreen Home Infusion", claim.icn),
        ("Harbor Infusion", ""),
    }
    assert [row.what for row in rows(calendar, "Drug bills")] == ["J2260 milrinone lactate, denied"]
    assert [row.who for row in rows(calendar, "Plan of care")] == ["Evergreen Home Infusion"]


def test_any_weeks_can_be_chosen(staff: Client, world: World, decided: Decide) -> None:
    decided(lines=[line("G0068", dt.date(2026, 1, 5))])
    response = staff.get(address(world.beneficiary), {"begin": "06/03/2025", "weeks": "26"})
    window = response.context["window"]
    assert (window.first, window.days) == (dt.date(2025, 6, 1), 26 * 7)
    assert not rows(response.context["page"].calendar, "Visits")
    assert b"begin=2025-11-23" in response.content, "a week in common"
    far = {"begin": "01/01/0001"}
    assert staff.get(address(world.beneficiary), far).context["window"].holds(dt.date(2026, 1, 16))


def test_a_day_that_is_none_is_refused_in_words(staff: Client, world: World) -> None:
    answer = staff.get(address(world.beneficiary), {"begin": "soon"})
    assert answer.status_code == 200
    assert "From is not a date. Write it as month/day/year, like 01/31/2026." in answer.content.decode()


def test_coverage_stands_as_bars_over_the_years(staff: Client, world: World) -> None:
    CoverageFactory(
        beneficiary=world.beneficiary,
        kind="medicare_advantage",
        plan="Sunrise Plan",
        in_force=days(dt.date(2025, 1, 1)),
    )
    StayFactory(beneficiary=world.beneficiary, facility="Harbor Hospital")
    MbiFactory(beneficiary=world.beneficiary, mbi="2EG4TE5MK73", in_force=days(dt.date(2026, 1, 1)))
    coverage = page_of(staff, world.beneficiary).coverage
    assert [row.what for row in rows(coverage, "Medicare number")] == [
        "Medicare number 1EG4TE5MK73",
        "Medicare number 2EG4TE5MK73",
    ]
    assert ("Medicare Advantage", "Sunrise Plan") in {(row.what, row.who) for row in rows(coverage, "Part B")}
    assert [row.who for row in rows(coverage, "Stays")] == ["Harbor Hospital"]


def test_the_deductible_of_each_year_adds_up(staff: Client, decided: Decide) -> None:
    claim = decided()
    (this, before) = page_of(staff, claim.beneficiary).deductible
    assert (this.year, this.here, this.elsewhere, this.left) == (2026, 0, 1000, 0)
    assert before.year == 2025


def test_drug_bills_and_plans_in_versions_are_listed(staff: Client, world: World) -> None:
    PlanVersionFactory(plan=world.plan, number=2, changed_on=dt.date(2026, 1, 9), signed=None)
    page = page_of(staff, world.beneficiary)
    assert [(shown.bill.hcpcs, shown.counts_through) for shown in page.bills] == [("J2260", dt.date(2026, 2, 2))]
    assert [version.number for version in page.plans[0].versions.all()] == [1, 2]
    assert "not signed" in staff.get(address(world.beneficiary)).content.decode()


def test_all_claims_are_listed_the_latest_first(staff: Client, world: World, decided: Decide) -> None:
    first = decided(lines=[line("G0068", dt.date(2026, 1, 5))])
    second = decided(lines=[line("G0068", dt.date(2026, 1, 7))])
    assert [shown.claim for shown in page_of(staff, world.beneficiary).claims] == [second, first]


def test_events_about_the_person_are_its_record(staff: Client, world: World, examiner: User) -> None:
    record_event(
        "address_changed", by=examiner, on=dt.date(2026, 1, 16), about=world.beneficiary, sentence="Moved to Towson."
    )
    assert "Moved to Towson." in staff.get(address(world.beneficiary)).content.decode()


# ---------- queries ----------


def queries_of(client: Client, person: Beneficiary) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(client, person)
    return len(queries)


#: Session, person, the beneficiary, the log, business date, publication; patient (four), visits; plans with versions
#: and reviews, numbers, bills, claims; names (three), addresses, providers, deductible, events.
QUERIES = 24


def test_the_number_of_queries_does_not_depend_on_what_is_on_file(staff: Client, world: World, decided: Decide) -> None:
    queries_of(staff, world.beneficiary)
    few = queries_of(staff, world.beneficiary)
    for number in range(3):
        decided(lines=[line("G0068", dt.date(2026, 1, 5 + number))])
        DrugBillFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2026, 1, 8 + number))
        PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier, changed=True)
    assert queries_of(staff, world.beneficiary) == few == QUERIES
