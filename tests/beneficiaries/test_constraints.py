"""Facts about one row that the database itself keeps."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from beneficiaries.models import BeneficiaryMbi, DeductibleElsewhere, PlanOfCareVersion, Stay
from suppliers.spans import days
from tests.factories import (
    BeneficiaryFactory,
    DrugBillFactory,
    OutsideVisitFactory,
    PlanOfCareFactory,
    PlanVersionFactory,
)

pytestmark = pytest.mark.django_db


def refuses(name: str) -> AbstractContextManager[object]:
    return pytest.raises(IntegrityError, match=name)


def test_an_mbi_is_one_person_at_a_time() -> None:
    first, second = BeneficiaryFactory(mbi=None), BeneficiaryFactory(mbi=None)
    span = days(dt.date(2020, 1, 1), dt.date(2025, 12, 31))
    BeneficiaryMbi.objects.create(beneficiary=first, mbi="1EG4TE5MK73", in_force=span)
    BeneficiaryMbi.objects.create(beneficiary=second, mbi="1EG4TE5MK73", in_force=days(dt.date(2026, 1, 1)))
    with refuses("beneficiaries_mbi_of_one_person"), transaction.atomic():
        BeneficiaryMbi.objects.create(beneficiary=second, mbi="1EG4TE5MK73", in_force=days(dt.date(2025, 12, 31)))


def test_a_stay_ends_no_earlier_than_it_begins_and_stands_once() -> None:
    patient, day = BeneficiaryFactory(), dt.date(2026, 1, 3)
    stay = {"beneficiary": patient, "kind": Stay.Kind.INPATIENT, "admitted": day}
    with refuses("beneficiaries_stay_ends_after_it_begins"), transaction.atomic():
        Stay.objects.create(**stay, discharged=dt.date(2026, 1, 2))
    Stay.objects.create(**stay, discharged=day)
    with refuses("beneficiaries_stay_once"), transaction.atomic():
        Stay.objects.create(**stay)


def test_deductible_used_elsewhere_is_not_negative_and_once_a_source() -> None:
    used = {"beneficiary": BeneficiaryFactory(deductible=None, deductible_before=None), "year": 2026, "source": "A"}
    with refuses("beneficiaries_deductible_not_negative"), transaction.atomic():
        DeductibleElsewhere.objects.create(**used, amount=-1)
    DeductibleElsewhere.objects.create(**used, amount=1)
    with refuses("beneficiaries_deductible_once"), transaction.atomic():
        DeductibleElsewhere.objects.create(**used, amount=2)


@pytest.mark.parametrize("table", ["beneficiaries_dmedrugclaim", "beneficiaries_outsidevisit"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET status = 'paid'", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_others_billed_is_only_ever_added(table: str, statement: str) -> None:
    patient = BeneficiaryFactory()
    bills = [DrugBillFactory(beneficiary=patient, status="pending"), OutsideVisitFactory(beneficiary=patient)]
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else a TRUNCATE waits for the references to be checked
        cursor.execute(statement.format(table))
    for bill in bills:
        bill.refresh_from_db()
    with pytest.raises(ProtectedError):
        patient.delete()


def test_a_plan_of_care_ends_no_earlier_than_it_starts() -> None:
    with refuses("beneficiaries_plan_ends_after_it_starts"), transaction.atomic():
        PlanOfCareFactory(ends=dt.date(2026, 1, 1))


def test_versions_of_a_plan_are_numbered_once_and_know_their_ordered_visits() -> None:
    plan = PlanOfCareFactory()
    with refuses("beneficiaries_plan_version_once"), transaction.atomic():
        PlanVersionFactory(plan=plan, number=1)
    assert PlanOfCareVersion.objects.get().ordered_visits == (1, 3)
    assert PlanVersionFactory(plan=plan, number=2, visits_per_week=None).ordered_visits is None


def test_everything_that_arrives_takes_a_later_number() -> None:
    plan = PlanOfCareFactory()
    first = plan.versions.get().arrival
    assert PlanVersionFactory(plan=plan, number=2).arrival > first
