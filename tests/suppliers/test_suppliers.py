"""Suppliers: what the database keeps of them, who bills under which key, what runs out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from suppliers import models
from suppliers.readers import BillingKey, accreditations_ending, match_suppliers
from suppliers.spans import days, last_day_of
from tests.factories import SupplierFactory

JANUARY = dt.date(2026, 1, 1)


def test_both_days_of_a_span_are_inside() -> None:
    span = days(JANUARY, dt.date(2026, 1, 31))
    assert JANUARY in span
    assert dt.date(2026, 1, 31) in span
    assert dt.date(2026, 2, 1) not in span
    assert last_day_of(span) == dt.date(2026, 1, 31)
    assert last_day_of(days(JANUARY)) is None


@pytest.mark.django_db
def test_npi_and_tax_id_together_are_one_supplier() -> None:
    supplier = SupplierFactory()
    SupplierFactory(npi=supplier.npi)
    with pytest.raises(IntegrityError, match="suppliers_npi_and_tin"), transaction.atomic():
        SupplierFactory(npi=supplier.npi, tin=supplier.tin)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "constraint", "more"),
    [
        (models.Enrollment, "suppliers_enrollment_once", {}),
        (models.License, "suppliers_license_once", {"state": "MD"}),
        (models.Accreditation, "suppliers_accreditation_once", {"organization": "TJC"}),
        (models.Revocation, "suppliers_revocation_once", {}),
        (models.PrepaymentReview, "suppliers_prepayment_review_once", {}),
    ],
)
def test_a_fact_stands_once_a_day(model: Any, constraint: str, more: dict[str, str]) -> None:
    supplier = SupplierFactory(revoked=True, under_prepayment_review=True)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(supplier=supplier, in_force=days(dt.date(2025, 1, 1)), **more)


@pytest.mark.django_db
def test_suppliers_are_matched_by_npi_and_tax_id_in_one_query(django_assert_num_queries: Any) -> None:
    known = SupplierFactory.create_batch(5)
    keys = [BillingKey(supplier.npi, supplier.tin) for supplier in known]
    other_tin = BillingKey(known[0].npi, known[1].tin)
    with django_assert_num_queries(1):
        found = match_suppliers([*keys, other_tin])
    assert found == {key: supplier.pk for key, supplier in zip(keys, known, strict=True)}


@pytest.mark.django_db
def test_an_accreditation_that_another_follows_does_not_run_out() -> None:
    ending = SupplierFactory(accreditation__in_force=days(JANUARY, dt.date(2026, 3, 31)))
    followed = SupplierFactory(accreditation__in_force=days(JANUARY, dt.date(2026, 3, 31)))
    models.Accreditation.objects.create(
        supplier=followed, organization="TJC", in_force=days(dt.date(2026, 4, 1), dt.date(2029, 3, 31))
    )
    SupplierFactory()
    found = accreditations_ending(dt.date(2026, 3, 10), dt.date(2026, 3, 31))
    assert [accreditation.supplier for accreditation in found] == [ending]
    assert not accreditations_ending(dt.date(2026, 3, 10), dt.date(2026, 3, 30)).exists()
