"""The factories: the base world in one call, and traits that change one thing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from claims.models import ClaimStatus
from tests.factories import BeneficiaryFactory, ClaimFactory, PlanOfCareFactory, SupplierFactory, base_world

pytestmark = pytest.mark.django_db


def test_the_base_world_stands_in_one_call() -> None:
    world = base_world()
    claim = world.claim(lines=[{}, {"hcpcs": "G0068", "date_of_service": dt.date(2026, 1, 7)}])
    assert (claim.mbi, claim.billing_npi) == ("1EG4TE5MK73", "1234567893")
    assert (claim.status, claim.queue_number) == (ClaimStatus.QUEUED, claim.arrival)
    assert [line.hcpcs for line in claim.lines.all()] == ["G0088", "G0068"]
    assert claim.total_charge == Decimal("800.00")
    assert (claim.first_day, claim.last_day) == (dt.date(2026, 1, 5), dt.date(2026, 1, 7))
    assert world.plan is not None
    assert world.plan.versions.get().ordered_visits == (1, 3)
    assert world.drug_bill is not None


def test_what_differs_is_given_and_what_is_missing_left_out() -> None:
    world = base_world(supplier={"unlicensed": True}, plan={"unsigned": True}, drug_bill=None)
    assert not world.supplier.licenses.exists()
    assert world.plan is not None
    assert world.plan.versions.get().signed is None
    assert world.drug_bill is None
    assert world.drug(pending=True).status == "pending"


def test_traits_of_a_supplier() -> None:
    supplier = SupplierFactory(unenrolled=True, revoked=True, under_prepayment_review=True, wrong_specialty=True)
    assert not supplier.enrollments.exists()
    assert supplier.revocations.count() == supplier.prepaymentreviews.count() == 1
    assert supplier.specialty == "A5"


def test_traits_of_a_patient() -> None:
    patient = BeneficiaryFactory(in_hospice=True, without_part_b=True, in_hospital=True, owing_the_deductible=True)
    assert list(patient.coveragespans.values_list("kind", flat=True)) == ["hospice"]
    assert patient.stays.get().kind == "inpatient"
    assert not patient.deductibles_elsewhere.exists()


def test_traits_of_a_plan_and_of_a_claim() -> None:
    plan = PlanOfCareFactory(by_nurse_practitioner=True, changed_unsigned=True)
    assert [(version.credential, bool(version.signed)) for version in plan.versions.all()] == [
        ("NP", True),
        ("MD", False),
    ]
    assert ClaimFactory(on_hold=True).next_look == dt.date(2026, 1, 26)
    assert ClaimFactory(for_nobody=True).beneficiary is None
