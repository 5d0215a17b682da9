"""The calendar on the page of a claim: what that decision rests on, what came later, who may read what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import look_at_claims_of
from claims.adjudication.queue import adjudicate_all
from claims.edits.base import manual_section
from claims.edits.registry import CATALOGUE
from claims.models import Claim
from policy import clock
from policy.manual import sections
from tests.claims.pages.scene import line
from tests.factories.beneficiaries import DrugBillFactory, OutsideVisitFactory, PlanVersionFactory, StayFactory
from tests.factories.world import World

Decide = Callable[..., Claim]


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def early(world: World, decided: Decide) -> Claim:
    """An initial visit 40 days after another supplier's, and one that waits for its drug."""
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=day(1, 14), supplier_name="Harbor Infusion")
    StayFactory(beneficiary=world.beneficiary, admitted=day(1, 19), discharged=day(1, 26), facility="Harbor Hospital")
    clock.set_today(day(3, 3))
    return decided(received_on=day(3, 3), lines=[line("G0088", day(2, 23)), line("G0068", day(3, 2), 300)])


def shown(client: Client, claim: Claim) -> Any:
    response = client.get(reverse("claims:claim", args=[claim.icn]))
    assert response.status_code == 200
    return response.context["page"].calendar


def description(calendar: Any) -> str:
    found = ET.fromstring(calendar.wide).find("{http://www.w3.org/2000/svg}desc")
    assert found is not None
    return str(found.text)


def rows(calendar: Any) -> dict[str, Any]:
    return {row.what: row for row in calendar.table.rows}


# ---------- what it says ----------


def test_the_description_uses_the_words_of_the_verdict_and_of_the_lines(staff: Client, early: Claim) -> None:
    page = staff.get(reverse("claims:claim", args=[early.icn])).context["page"]
    words = description(page.calendar)
    assert words.startswith(page.verdict.headline)
    assert "Line 1, G0088 on February 23, is denied." in words
    assert all(finding.sentence in words for shown in page.lines for finding in shown.deciding)
    assert "The table below gives the same facts." in words


def test_a_line_that_pays_is_described_by_its_drug_and_its_plan(staff: Client, decided: Decide) -> None:
    words = description(shown(staff, decided()))
    assert "Line 1, G0088 on January 5, pays. J2260 was billed and paid for January 3" in words
    assert "It counts for visits through February 2, 28 days more." in words


def test_both_drawings_and_the_table_are_on_the_page(staff: Client, early: Claim) -> None:
    content = staff.get(reverse("claims:claim", args=[early.icn])).content.decode()
    assert content.count('role="img" aria-labelledby="calendar-') == 2
    assert "The same as a table, " in content
    assert "style=" not in content


def test_names_that_no_fact_carries_are_there_for_staff(staff: Client, early: Claim) -> None:
    found = rows(shown(staff, early))
    assert found["Hospital stay"].who == "Harbor Hospital"
    assert found["J2260 milrinone lactate, paid"].who == "Harbor DME"


def test_another_claim_of_the_patient_is_linked(staff: Client, decided: Decide) -> None:
    before = decided(lines=[line("G0068", day(1, 5))])
    after = decided(lines=[line("G0068", day(1, 7))])
    row = next(row for row in shown(staff, after).table.rows if row.claim)
    assert (row.claim, row.what) == (before.icn, "G0068 visit, paid")
    address = reverse("claims:claim", args=[before.icn])
    assert f'href="{address}"' in staff.get(reverse("claims:claim", args=[after.icn])).content.decode()


def test_a_claim_that_waits_for_its_turn_is_drawn_as_it_would_be_decided(staff: Client, world: World) -> None:
    found = rows(shown(staff, world.claim()))
    assert "Line 1: G0088 initial, not decided" in found
    assert found["J2260 milrinone lactate, paid"].cells == ("day 2 of 30: counts",)


def test_a_claim_of_nobody_on_file_has_its_lines_and_its_supplier(staff: Client, decided: Decide) -> None:
    claim = decided(beneficiary=None, mbi="9AA9AA9AA99", patient_last_name="Nobody")
    lanes = {row.lane for row in shown(staff, claim).table.rows}
    assert lanes == {"This supplier", "Accreditation"}


def test_a_test_claim_sees_no_history(staff: Client, decided: Decide) -> None:
    decided(lines=[line("G0068", day(1, 5))])
    test = decided(is_test=True, lines=[line("G0068", day(1, 7))])
    assert not [row for row in shown(staff, test).table.rows if row.claim]


# ---------- what came later ----------


def test_what_the_decision_did_not_know_is_marked(staff: Client, world: World, early: Claim) -> None:
    DrugBillFactory(beneficiary=world.beneficiary, date_of_service=day(2, 20), loaded_on=day(3, 9))
    PlanVersionFactory(plan=world.plan, number=2, changed_on=day(2, 1), signed=None)
    calendar = shown(staff, early)
    bills = [row for row in calendar.table.rows if row.lane == "Drug bills" and row.days == "Feb 20, 2026"]
    assert [row.since for row in bills] == ["not among the decision’s facts"]
    assert rows(calendar)["Version 2, not signed"].since == "not among the decision’s facts"


def test_once_it_is_decided_anew_it_is_among_the_facts(staff: Client, world: World, early: Claim) -> None:
    DrugBillFactory(beneficiary=world.beneficiary, date_of_service=day(2, 20), loaded_on=day(3, 9))
    look_at_claims_of([world.beneficiary.pk], "Drug claim J2260 of February 20")
    adjudicate_all()
    early.refresh_from_db()
    bills = [row for row in shown(staff, early).table.rows if row.lane == "Drug bills" and row.days == "Feb 20, 2026"]
    assert [(row.since, row.cells) for row in bills] == [("", ("day 3 of 30: counts", "day 10 of 30: counts"))]


# ---------- who reads what ----------


def test_a_supplier_sees_another_suppliers_day_and_nothing_else_of_it(
    staff: Client, billing: Client, early: Claim
) -> None:
    calendar = shown(billing, early)
    (visit,) = [row for row in calendar.table.rows if row.lane == "Other suppliers"]
    assert (visit.days, visit.what, visit.who, visit.claim) == ("Jan 14, 2026", "Visit", "another supplier", "")
    content = billing.get(reverse("claims:claim", args=[early.icn])).content.decode()
    assert "Harbor" not in content
    assert "Harbor Infusion" in staff.get(reverse("claims:claim", args=[early.icn])).content.decode()


def test_only_staff_are_led_to_the_patients_page(staff: Client, billing: Client, early: Claim) -> None:
    address = reverse("beneficiary", args=[early.beneficiary_id])
    assert address in staff.get(reverse("claims:claim", args=[early.icn])).content.decode()
    assert address not in billing.get(reverse("claims:claim", args=[early.icn])).content.decode()


# ---------- the place in a list ----------


def test_the_list_it_was_opened_from_leads_on(staff: Client, decided: Decide) -> None:
    first, second, third = (decided(lines=[line("G0068", day(1, number))]) for number in (5, 6, 7))
    decided(lines=[line("G0068", dt.date(2027, 1, 5))])
    answer = staff.get(reverse("claims:claim", args=[second.icn]), {"list": "status=payable&order=-received_on"})
    place = answer.context["place"]
    assert (place.previous, place.next) == (third.icn, first.icn)
    content = answer.content.decode()
    onward = reverse("claims:claim", args=[first.icn])
    assert f'href="{onward}?list=status%3Dpayable%26order%3D-received_on"' in content
    assert f'href="{reverse("claims:worklist")}?status=payable&amp;order=-received_on"' in content


def test_a_list_leads_a_supplier_only_to_their_own_claims(
    billing: Client, decided: Decide, world: World, other_supplier: Any
) -> None:
    mine = decided(lines=[line("G0068", day(1, 5))])
    decided(supplier=other_supplier, lines=[line("G0068", day(1, 9))])
    place = billing.get(reverse("claims:claim", args=[mine.icn]), {"list": ""}).context["place"]
    assert (place.previous, place.next) == ("", "")


def test_without_a_list_nothing_leads_on(staff: Client, decided: Decide) -> None:
    assert staff.get(reverse("claims:claim", args=[decided().icn])).context["place"] is None


# ---------- citations ----------


def test_each_citation_of_the_manual_lands_on_its_section() -> None:
    anchors = {section.anchor for section in sections()}
    cited = {manual_section(cite) for edit in CATALOGUE for cite in edit.cites} - {""}
    assert len(cited) > 5
    assert {f"s{number}" for number in cited} <= anchors
