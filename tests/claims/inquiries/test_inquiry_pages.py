"""Eligibility and claim status in the browser and by API: the same gate, the same answers, nobody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.models import Acknowledgement, Claim, PatientLook
from claims.precheck import looks
from claims.precheck.looks import NOT_MATCHED, TOO_MANY
from suppliers.models import Supplier, SupplierPerson
from tests.claims.inquiries.files import eligibility
from tests.claims.pages.scene import act_for
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import MBI, SUPPLIER_NPI, SUPPLIER_TIN, World

pytestmark = pytest.mark.django_db

PAGE, STATUS = reverse("claims:eligibility"), reverse("claims:status")
ASK, STATUSES = reverse("api:eligibility"), reverse("api:claim_status")
TYPED = {"mbi": "1EG4-TE5-MK73", "last_name": "évans", "birth_date": "02/15/1948", "day": ""}
BODY = {"npi": SUPPLIER_NPI, "tax_id": SUPPLIER_TIN, "mbi": MBI, "last_name": "Evans", "birth_date": "1948-02-15"}


def asked(client: Client, supplier: Supplier, **changed: str) -> str:
    response = client.post(PAGE, {**TYPED, "supplier": str(supplier.pk), **changed})
    assert response.status_code == 200
    return response.content.decode()


def told(client: Client, **changed: Any) -> dict[str, Any]:
    response = client.post(ASK, {**BODY, **changed}, content_type="application/json")
    assert response.status_code == 200, response.content
    return response.json()


def test_the_page_says_in_words_what_holds(billing: Client, world: World) -> None:
    shown = asked(billing, world.supplier)
    assert "Nothing on file speaks against an initial or subsequent visit on January 16, 2026." in shown
    assert "J2260, category 1, billed January 3, 2026: counts through February 2, 2026, 17 days more." in shown
    assert "Possible from January 16, 2026 (G0088, G0089 and G0090). No earlier visit is on file." in shown


def test_another_suppliers_visit_is_told_by_its_day_alone(billing: Client, world: World) -> None:
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    shown = asked(billing, world.supplier)
    assert "The last visit, of another supplier, was on December 20, 2025." in shown
    assert "a subsequent visit on January 16, 2026; an initial one from February 19." in shown
    assert "Elsewhere" not in shown
    answer = told(billing)["eligibility"]
    assert (answer["last_visit"], answer["last_visit_is_own"]) == ("2025-12-20", False)
    assert answer["initial_visit_from"] == "2026-02-19"
    assert "Elsewhere" not in str(answer)


def test_whatever_does_not_match_is_answered_alike(billing: Client, world: World) -> None:
    wrong = ({"mbi": "9AA9AA9AA99"}, {"last_name": "Ewans"}, {"birth_date": "1948-02-16"})
    answers = [told(billing, **change) for change in wrong]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["not_told"] == {"reject_reason": "75", "follow_up": "C", "message": NOT_MATCHED}
    assert answers[0]["eligibility"] is None
    shown = asked(billing, world.supplier, last_name="Ewans")
    assert "Nothing is told" in shown and "Part B" not in shown.partition("<main")[2].partition("Nothing is told")[2]
    assert not AccessLog.objects.filter(about_type="beneficiaries.beneficiary").exists()


def test_looks_of_page_api_and_file_share_one_limit(
    billing: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_PERSONS", ("precheck_persons_a_day", "1"))
    assert told(billing)["eligibility"]["is_active"]
    assert told(billing, last_name="Other")["not_told"]["message"] == TOO_MANY
    assert "Nothing is told" in asked(billing, world.supplier, last_name="Another")
    assert PatientLook.objects.count() == 1
    assert AccessLog.objects.filter(about_type="beneficiaries.beneficiary", page="API, eligibility").count() == 1


def test_nothing_about_a_person_stands_in_an_address_or_is_kept_by_a_browser(billing: Client, world: World) -> None:
    response = billing.post(PAGE, {**TYPED, "supplier": str(world.supplier.pk)})
    assert "no-store" in response["Cache-Control"]
    assert billing.get(PAGE, TYPED).context["form"].is_bound is False


def test_a_value_that_is_wrong_is_named_at_its_field(billing: Client, world: World) -> None:
    shown = asked(billing, world.supplier, mbi="12", birth_date="yesterday")
    assert "Medicare number is not a Medicare number like 1EG4-TE5-MK73." in shown
    assert "Birth date is not a day like 02/01/2026." in shown
    response = billing.post(ASK, {**BODY, "mbi": "12"}, content_type="application/json")
    assert response.status_code == 400 and "mbi" in response.json()["fields_in_error"]


def test_nobody_asks_for_a_supplier_of_others(
    outsider: Client, staff: Client, client: Client, world: World, billing: Client
) -> None:
    assert outsider.post(ASK, BODY, content_type="application/json").status_code == 404
    assert "Select a valid choice" in asked(outsider, world.supplier)
    assert staff.get(PAGE).status_code == staff.get(STATUS).status_code == 403
    assert client.get(PAGE).status_code == client.get(STATUS).status_code == 302
    assert not PatientLook.objects.exists()


def test_a_duty_without_the_right_asks_nothing(billing: Client, world: World) -> None:
    SupplierPerson.objects.update(duty=SupplierPerson.Duty.CLINICIAN)
    assert billing.get(PAGE).status_code == 403
    assert billing.post(ASK, BODY, content_type="application/json").status_code == 403


def test_who_acts_for_several_suppliers_chooses_one(billing: Client, world: World, supplier_person: User) -> None:
    act_for(supplier_person, SupplierFactory(name="Second Infusion"))
    assert "Second Infusion" in billing.get(PAGE).content.decode()


def test_an_eligibility_takes_few_queries(billing: Client, world: World) -> None:
    told(billing)
    with CaptureQueriesContext(connection) as queries:
        told(billing)
    assert len(queries) <= 26


def test_status_is_found_by_number_account_or_days_and_told_in_words(
    billing: Client, decided: Callable[..., Claim]
) -> None:
    claim = decided(patient_control_number="MINE", first_day=dt.date(2026, 1, 5), last_day=dt.date(2026, 1, 5))
    for query in ({"number": claim.icn}, {"account": "MINE"}, {"first_day": "01/01/2026", "last_day": "01/31/2026"}):
        shown = billing.get(STATUS, query).content.decode()
        assert "1 claim found" in shown and "In process: decided, waits for the payment day" in shown
    assert "No claim of yours is found by this" in billing.get(STATUS, {"account": "OTHER"}).content.decode()
    assert "Give a claim number" in billing.get(STATUS, {"account": ""}).content.decode()


def test_status_by_api_is_that_of_a_277_and_of_ones_own_claims_alone(
    billing: Client, outsider: Client, decided: Callable[..., Claim]
) -> None:
    claim = decided(patient_control_number="MINE")
    response = billing.get(STATUSES, {"number": claim.icn})
    (found,) = response.json()["results"]
    assert found["statuses"] == [
        {
            "category": "P1",
            "status": "3",
            "entity": "",
            "meaning": "In process: decided, waits for the payment day",
        }
    ]
    assert (found["number"], found["charge"], found["paid"], found["trace_number"]) == (claim.icn, "400.00", "0.00", "")
    assert outsider.get(STATUSES, {"number": claim.icn}).json()["results"] == []
    assert len(billing.get(STATUSES).json()["results"]) == 1
    assert billing.get(STATUSES, {"first_day": "tomorrow"}).json()["fields_in_error"].keys() == {"first_day"}


def test_status_takes_as_many_queries_for_many_claims(billing: Client, world: World) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            world.claim(patient_control_number="SAME")
        with CaptureQueriesContext(connection) as queries:
            assert billing.get(STATUSES, {"patient_control_number": "SAME"}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_the_command_asks_for_the_person_it_names(world: World, supplier_person: User, tmp_path: Path) -> None:
    act_for(supplier_person, world.supplier)
    file = tmp_path / "asked.270"
    file.write_bytes(eligibility())
    call_command("receive_837", str(file), by=supplier_person.email, out=tmp_path, verbosity=0)
    assert "EB*1**30*MB~" in Acknowledgement.objects.get(kind="271").content
    assert list(tmp_path.glob("*.271"))
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("receive_837", str(file), by="nobody@example.org")
