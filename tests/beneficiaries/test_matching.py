"""Who a claim is for: MBI and (birth date or surname), HIT-301."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from beneficiaries.models import Beneficiary, BeneficiaryMbi
from beneficiaries.readers import PatientAsBilled, match_beneficiaries, match_beneficiary, people_with_mbis
from suppliers.spans import days
from tests.factories import BeneficiaryFactory

pytestmark = pytest.mark.django_db

MBI = "1EG4TE5MK73"
BORN = dt.date(1948, 2, 15)
OTHER_DAY = dt.date(1948, 2, 16)


@pytest.fixture
def patient() -> Beneficiary:
    return BeneficiaryFactory(mbi__mbi=MBI, last_name="O'Brien-Juárez", birth_date=BORN)


@pytest.mark.parametrize(
    ("birth_date", "surname"),
    [
        (BORN, "SOMEBODY"),
        (OTHER_DAY, "OBRIENJUAREZ"),
        (None, "o'brien juarez"),
        (BORN, ""),
    ],
)
def test_mbi_with_birth_date_or_surname_is_enough(
    patient: Beneficiary, birth_date: dt.date | None, surname: str
) -> None:
    assert match_beneficiary(MBI, birth_date, surname) == patient.pk


@pytest.mark.parametrize(
    ("mbi", "birth_date", "surname"),
    [
        (MBI, OTHER_DAY, "SOMEBODY"),
        (MBI, None, ""),
        ("1EG4TE5MK99", BORN, "OBRIENJUAREZ"),
    ],
)
def test_nobody_matches_without(patient: Beneficiary, mbi: str, birth_date: dt.date | None, surname: str) -> None:
    assert match_beneficiary(mbi, birth_date, surname) is None


def test_a_person_without_a_readable_surname_is_not_everybody() -> None:
    BeneficiaryFactory(mbi__mbi=MBI, last_name="-", birth_date=BORN)
    assert match_beneficiary(MBI, OTHER_DAY, "") is None


def test_a_replaced_mbi_still_finds_its_person(patient: Beneficiary) -> None:
    patient.mbis.update(in_force=days(dt.date(2020, 1, 1), dt.date(2025, 12, 31)))
    BeneficiaryMbi.objects.create(beneficiary=patient, mbi="1EG4TE5MK99", in_force=days(dt.date(2026, 1, 1)))
    assert match_beneficiary(MBI, BORN, "") == match_beneficiary("1EG4TE5MK99", BORN, "") == patient.pk


def test_of_two_holders_the_one_who_agrees_in_more_is_meant(patient: Beneficiary) -> None:
    patient.mbis.update(in_force=days(dt.date(2020, 1, 1), dt.date(2025, 12, 31)))
    later = BeneficiaryFactory(last_name="Somebody", birth_date=BORN, mbi=None)
    BeneficiaryMbi.objects.create(beneficiary=later, mbi=MBI, in_force=days(dt.date(2026, 1, 1)))
    assert match_beneficiary(MBI, BORN, "O'BRIEN JUAREZ") == patient.pk
    assert match_beneficiary(MBI, BORN, "SOMEBODY") == match_beneficiary(MBI, BORN, "") == later.pk
    assert people_with_mbis({MBI}) == {MBI: later.pk}


def test_any_number_of_patients_is_one_query(patient: Beneficiary, django_assert_num_queries: Any) -> None:
    others = BeneficiaryFactory.create_batch(20)
    billed = [PatientAsBilled(other.mbis.get().mbi, other.birth_date, "") for other in others]
    with django_assert_num_queries(1):
        found = match_beneficiaries([*billed, PatientAsBilled("1EG4TE5MK99", BORN, "")])
    assert {found[key] for key in billed} == {other.pk for other in others}
    assert len(found) == 20
