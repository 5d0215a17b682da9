"""The outbox that tells the claims room of new history, and the record of a drug or visit that stands."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from beneficiaries.actions import announce_history, take_arrived_history
from beneficiaries.models import HistoryArrival, HistoryKind
from beneficiaries.readers import standing_drug_claims, standing_outside_visits
from tests.factories import BeneficiaryFactory, DrugBillFactory, OutsideVisitFactory

pytestmark = pytest.mark.django_db


def test_each_patient_is_announced_once_and_taken_in_the_order_of_arrival() -> None:
    first, second = BeneficiaryFactory(), BeneficiaryFactory()
    announce_history([second.pk, second.pk], HistoryKind.STAYS)
    announce_history([first.pk], HistoryKind.DRUG_CLAIMS)
    with transaction.atomic():
        [one] = take_arrived_history(limit=1)
    assert (one.beneficiary, one.kind) == (second, HistoryKind.STAYS)
    assert HistoryArrival.objects.get().beneficiary == first


def test_nobody_is_announced_when_nothing_came() -> None:
    announce_history([], HistoryKind.STAYS)
    assert take_arrived_history() == []


def test_the_latest_record_of_a_drug_modifier_and_day_stands() -> None:
    patient = BeneficiaryFactory()
    DrugBillFactory(beneficiary=patient, pending=True)
    paid = DrugBillFactory(beneficiary=patient)
    other_day = DrugBillFactory(beneficiary=patient, date_of_service=dt.date(2026, 1, 1))
    other_drug = DrugBillFactory(beneficiary=patient, subcutaneous=True)
    DrugBillFactory()
    assert list(standing_drug_claims(patient.pk)) == [other_day, paid, other_drug]


def test_the_latest_record_of_a_visit_elsewhere_stands() -> None:
    patient = BeneficiaryFactory()
    OutsideVisitFactory(beneficiary=patient, status="pending")
    denied = OutsideVisitFactory(beneficiary=patient, status="denied")
    other_supplier = OutsideVisitFactory(beneficiary=patient, supplier_npi="1234567893")
    assert list(standing_outside_visits(patient.pk)) == [denied, other_supplier]
