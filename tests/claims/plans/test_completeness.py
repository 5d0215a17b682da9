"""The completeness list ticks by the edits themselves: it says what a claim would meet, no more and no less."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from beneficiaries.models import PlanOfCare
from beneficiaries.plans.content import FIELDS, content_of
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim
from claims.plans.completeness import SECTIONS, Completeness, completeness_of
from claims.plans.forms import PlanForm, drugs_offered, last_day_of
from policy.readers import tables_as_known
from tests.claims.pages.scene import TODAY, line
from tests.claims.plans.writing import COMPLETE, typed
from tests.factories.beneficiaries import PlanOfCareFactory
from tests.factories.world import World

FIRST_DAY = dt.date(2026, 1, 12)


@pytest.fixture(autouse=True)
def _tables(world: World) -> None:
    """The list asks the dated tables."""


def listed(today: dt.date = TODAY, **other: Any) -> Completeness:
    form = PlanForm(typed(**other), tables_as_known(), today)
    return completeness_of([form.content], today=today, tables=tables_as_known())


def edits(complete: Completeness) -> set[str]:
    return {finding.edit for finding in complete.findings}


def test_a_complete_plan_meets_nothing() -> None:
    complete = listed()
    assert (complete.missing, complete.findings) == ([], ())
    assert complete.in_place == len(complete.points) == 16
    assert complete.headline == "A claim sent today would not be kept back by its plan of care"


@pytest.mark.parametrize(
    ("field", "nothing", "point", "edit"),
    [
        ("credential", "", "A physician, MD or DO", "HIT-402"),
        ("credential", "NP", "A physician, MD or DO", "HIT-402"),
        ("starts", "", "First day", "HIT-401"),
        ("therapy_type", "", "Type of therapy", "HIT-404"),
        ("amount", "", "Amount", "HIT-404"),
        ("duration", "", "Duration", "HIT-404"),
        ("drugs", [], "Drug", "HIT-404"),
        ("dosage", "", "Dosage", "HIT-404"),
        ("frequency", "", "Frequency", "HIT-404"),
        ("professional_services", [], "Professional services", "HIT-404"),
        ("discipline", "", "Discipline", "HIT-404"),
        ("needs", "", "Needs of this patient", ""),
        ("signed", "", "Signed and dated", "HIT-403"),
        ("options_notified", "", "Infusion options discussed", "HIT-407"),
        ("options_notified", "01/13/2026", "Infusion options discussed", "HIT-407"),
        ("prescriber_consulted", "", "With the prescriber of the drug", ""),
    ],
)
def test_each_point_is_missing_for_itself(field: str, nothing: Any, point: str, edit: str) -> None:
    complete = listed(**{field: nothing})
    assert complete.missing == [point]
    assert edits(complete) == ({edit} if edit else set())


def test_visits_and_the_dme_supplier_take_two_fields() -> None:
    assert listed(fewest="", most="").missing == ["Visits ordered"]
    assert listed(fewest="", most="3").missing == []
    assert listed(dme_supplier="", dme_consulted="").missing == ["With the DME supplier"]


def test_an_empty_plan_misses_every_point_and_names_every_edit() -> None:
    complete = listed(**{name: [] if isinstance(value, list) else "" for name, value in COMPLETE.items()})
    assert complete.in_place == 0
    assert len(complete.missing) == 16
    assert edits(complete) == {"HIT-401", "HIT-402", "HIT-403", "HIT-404", "HIT-407"}
    assert complete.announcement.startswith("0 of 16 points are in place. Missing: A physician, MD or DO, First day,")


def test_every_point_leads_to_a_field_of_the_form() -> None:
    fields = {point.field for _, _, points in SECTIONS for point in points}
    assert fields <= set(PlanForm.base_fields)
    assert set(FIELDS) - {"visits_per_week"} | {"fewest", "most"} == set(PlanForm.base_fields)


def test_a_plan_of_the_future_is_judged_on_its_first_day() -> None:
    complete = listed(starts="02/02/2026", signed="")
    assert complete.headline == "A claim for February 2, 2026 would be suspended"


def test_an_ended_plan_says_so_and_still_shows_its_points() -> None:
    complete = listed(ends="01/13/2026", dosage="")
    assert edits(complete) == {"HIT-401"}
    assert complete.missing == ["Dosage"]


@pytest.mark.parametrize(("days", "is_due"), [(4, False), (3, True)], ids=["on the day", "the day after"])
def test_a_review_is_due_by_the_plans_own_interval(days: int, is_due: bool) -> None:
    complete = listed(review_every_days=str(days))
    assert ("HIT-408" in edits(complete)) is is_due
    assert ("Review" in complete.missing) is is_due


def test_a_duration_in_days_or_weeks_gives_the_last_day() -> None:
    def ends(duration: str) -> dt.date | None:
        return last_day_of(PlanForm(typed(duration=duration), tables_as_known(), TODAY).content)

    assert ends("1 day") == FIRST_DAY
    assert ends("12 weeks") == FIRST_DAY + dt.timedelta(days=83)
    assert ends("until the line is out") is None


def test_drugs_are_those_of_the_dated_table() -> None:
    assert "J2260" in drugs_offered(tables_as_known(), TODAY)
    assert drugs_offered(tables_as_known(), dt.date(2010, 1, 1)) == {}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("physician_npi", "1234567890", "a digit is wrong"),
        ("signed", "01/17/2026", "cannot be dated after today"),
        ("most", "0", "greater than or equal to 1"),
        ("ends", "01/11/2026", "ends on the day it starts or later"),
        ("starts", "2026/13/45", "not a day like"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(field: str, value: str, words: str) -> None:
    form = PlanForm(typed(**{field: value}), tables_as_known(), TODAY)
    assert not form.is_valid()
    assert words in form.errors[field][0]


@pytest.mark.parametrize(
    "traits",
    [
        {},
        {"unsigned": True},
        {"by_nurse_practitioner": True},
        {"incomplete": True},
        {"changed_unsigned": True},
        {"options_not_discussed": True},
        {"changed": True},
        {"review_every_days": 5},
    ],
    ids=str,
)
def test_the_list_says_what_a_claim_then_meets(world: World, traits: dict[str, Any]) -> None:
    """The claim of the same day, decided by the queue, fires the same edits on the plan of care."""
    PlanOfCare.objects.all().delete()
    plan = PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier, **traits)
    versions = [content_of(plan, each) for each in plan.versions.all()]
    complete = completeness_of(versions, today=TODAY, tables=tables_as_known())
    claim = world.claim(lines=[line("G0068", TODAY)])
    adjudicate_all()
    decided = Claim.objects.get(pk=claim.pk)
    fired = {edit for edit in [*decided.edits, *decided.informs] if edit in OF_PLANS}
    assert edits(complete) == fired


OF_PLANS = {"HIT-401", "HIT-402", "HIT-403", "HIT-404", "HIT-405", "HIT-407", "HIT-408"}
