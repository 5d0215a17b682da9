"""FHIR R4: what is told is what was decided, in resources that fhir.resources accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.claimresponse import ClaimResponse
from fhir.resources.R4B.explanationofbenefit import ExplanationOfBenefit
from fhir.resources.R4B.operationoutcome import OperationOutcome

from accounts.models import AccessLog, User
from claims.daily import move_business_date
from claims.models import Claim, Remittance
from tests.claims.pages.scene import line
from tests.factories.world import World

Decide = Callable[..., Claim]
MODELS: dict[str, Any] = {"fhir_benefit": ExplanationOfBenefit, "fhir_response": ClaimResponse}


def read(client: Client, name: str, icn: str | None) -> Any:
    answer = client.get(reverse(f"api:{name}", args=[icn]))
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/fhir+json"
    return MODELS[name].model_validate_json(answer.content)


def amounts(adjudication: Any) -> dict[str, Decimal]:
    return {each.category.coding[0].code: each.amount.value for each in adjudication if each.category.coding}


@pytest.fixture
def mixed(decided: Decide) -> Claim:
    """A claim with a line that pays and one that is denied."""
    return decided(lines=[line("G0088", dt.date(2026, 1, 5)), line("99601", dt.date(2026, 1, 6), 100)])


@pytest.mark.parametrize("name", MODELS)
def test_charge_is_what_is_paid_and_the_adjustments_on_every_line(billing: Client, mixed: Claim, name: str) -> None:
    found = read(billing, name, mixed.icn)
    assert (found.id, found.outcome, found.status) == (mixed.icn, "complete", "active")
    assert len(found.item) == 2
    for item in found.item:
        told = amounts(item.adjudication)
        adjusted = [each.amount.value for each in item.adjudication if each.reason]
        assert told["submitted"] == told["benefit"] + sum(adjusted)
    totals = {each.category.coding[0].code: each.amount.value for each in found.total}
    assert totals == {"submitted": Decimal(500), "eligible": Decimal("253.52"), "benefit": Decimal("198.76")}
    denied = [each.reason.coding[0].code for each in found.item[1].adjudication if each.reason]
    assert denied == ["16"]
    assert found.processNote[found.item[1].noteNumber[0] - 1].text


def test_the_benefit_names_what_was_billed(billing: Client, mixed: Claim) -> None:
    found = read(billing, "fhir_benefit", mixed.icn)
    first = found.item[0]
    assert first.productOrService.coding[0].code == "G0088"
    assert first.servicedPeriod.start == dt.date(2026, 1, 5)
    assert found.patient.identifier.value == mixed.mbi
    assert [each.diagnosisCodeableConcept.coding[0].code for each in found.diagnosis] == list(mixed.diagnoses)
    assert found.payment is None


def test_a_paid_claim_names_its_payment(billing: Client, decided: Decide) -> None:
    claim = decided()
    move_business_date(dt.date(2026, 1, 30))
    for name in MODELS:
        payment = read(billing, name, claim.icn).payment
        assert (payment.amount.value, payment.date) == (Decimal("198.76"), dt.date(2026, 1, 30))
        assert payment.identifier.value == Remittance.objects.get().trace_number


def test_a_claim_that_waits_is_partial(billing: Client, decided: Decide) -> None:
    held = decided(lines=[line("G0068", dt.date(2026, 2, 10))], received_on=dt.date(2026, 2, 14))
    assert {read(billing, name, held.icn).outcome for name in MODELS} == {"partial"}


@pytest.mark.parametrize("name", MODELS)
def test_refusals_are_operation_outcomes(
    staff: Client, outsider: Client, mixed: Claim, world: World, name: str
) -> None:
    undecided = world.claim()
    for client, icn, status, code in (
        (Client(), mixed.icn, 401, "login"),
        (outsider, mixed.icn, 404, "not-found"),
        (staff, undecided.icn, 404, "not-found"),
        (staff, "1", 404, "not-found"),
    ):
        answer = client.get(reverse(f"api:{name}", args=[icn]))
        outcome = OperationOutcome.model_validate_json(answer.content)
        assert (answer.status_code, outcome.issue[0].code) == (status, code)
        assert answer["Content-Type"] == "application/fhir+json"


def test_the_look_is_logged_and_the_queries_are_bounded(staff: Client, mixed: Claim, examiner: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        read(staff, "fhir_benefit", mixed.icn)
    assert len(queries) <= 9
    assert AccessLog.objects.get(person=examiner).page == "API, ExplanationOfBenefit"


def test_the_capability_statement_names_both(staff: Client) -> None:
    found = CapabilityStatement.model_validate_json(staff.get(reverse("api:fhir_metadata")).content)
    assert found.fhirVersion == "4.0.1"
    assert {each.type for each in found.rest[0].resource} == {"ExplanationOfBenefit", "ClaimResponse"}
