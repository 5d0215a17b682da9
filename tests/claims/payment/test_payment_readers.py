"""What pages read about money: in scope, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role, User
from claims.models import Claim, Remittance
from claims.payment.actions import run_payment_day
from claims.payment.readers import remittance_page, remittances_of, supplier_balances
from policy import clock
from suppliers.models import SupplierPerson
from tests.claims.payment.deciding import PAYMENT_DAY, Denies, Pays, decide
from tests.factories.claims import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def examiner() -> User:
    return User.objects.create_user("examiner@example.com", name="Examiner", role=Role.EXAMINER)


@pytest.fixture
def claim() -> Claim:
    claim = ClaimFactory()
    decide(claim)
    return claim


@pytest.fixture
def biller(claim: Claim) -> User:
    """Acts for the supplier of `claim`."""
    user = User.objects.create_user("biller@example.com", name="Biller", role=Role.SUPPLIER)
    SupplierPerson.objects.create(supplier=claim.supplier, user=user, duty=SupplierPerson.Duty.BILLER)
    return user


@pytest.fixture
def outsider() -> User:
    return User.objects.create_user("other@example.com", name="Other", role=Role.SUPPLIER)


def paid() -> Remittance:
    clock.set_today(PAYMENT_DAY)
    run_payment_day(PAYMENT_DAY)
    return Remittance.objects.get()


def test_a_remittance_shows_what_its_835_told(examiner: User, claim: Claim) -> None:
    decide(ClaimFactory(supplier=claim.supplier), Denies())
    page = remittance_page(examiner, paid().pk)
    assert [each.claim.patient_control_number for each in page.claims] == [
        told.patient_control_number for told in (each.told for each in page.claims)
    ]
    assert [each.told.paid for each in page.claims] == [Decimal("152.88"), 0]
    assert page.claims[1].told.lines[0].remarks == ("N428",)
    assert not page.is_estimated


def test_a_remittance_says_that_its_figures_are_estimated(examiner: User, claim: Claim) -> None:
    decide(ClaimFactory(supplier=claim.supplier), Pays(is_estimated=True))
    page = remittance_page(examiner, paid().pk)
    assert page.is_estimated
    assert [each.is_estimated for each in page.claims] == [False, True]


def test_a_remittance_keeps_what_it_told_when_the_claim_is_decided_anew(examiner: User) -> None:
    claim = ClaimFactory()
    decide(claim, Denies())
    remittance = paid()
    claim.refresh_from_db()
    claim.status = "queued"
    claim.save()
    decide(claim, Pays())
    (only,) = remittance_page(examiner, remittance.pk).claims
    assert not only.told.pays


def test_people_of_a_supplier_see_their_own_remittances_only(biller: User, outsider: User) -> None:
    remittance = paid()
    assert list(remittances_of(biller)) == [remittance]
    assert remittance_page(biller, remittance.pk).remittance == remittance
    assert not remittances_of(outsider).exists()
    with pytest.raises(Remittance.DoesNotExist):
        remittance_page(outsider, remittance.pk)


def test_balances_show_what_is_payable_when_and_what_was_paid(
    examiner: User, biller: User, outsider: User, claim: Claim
) -> None:
    (before,) = supplier_balances(examiner)
    assert (before.payable, before.next_payment_day, before.paid_out) == (Decimal("152.88"), PAYMENT_DAY, 0)
    paid()
    decide(ClaimFactory(supplier=claim.supplier), Pays(fee="100.00"), payment_day=dt.date(2026, 2, 3))
    (after,) = supplier_balances(biller)
    assert (after.payable, after.paid_out) == (Decimal("78.40"), Decimal("152.88"))
    assert after.next_payment_day == dt.date(2026, 2, 3)
    assert supplier_balances(outsider) == []


def test_the_number_of_queries_does_not_grow(examiner: User, claim: Claim, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        decide(ClaimFactory(supplier=claim.supplier), Denies())
        decide(ClaimFactory())
    clock.set_today(PAYMENT_DAY)
    run_payment_day(PAYMENT_DAY)
    remittance = Remittance.objects.get(supplier=claim.supplier)
    with django_assert_num_queries(8):
        remittance_page(examiner, remittance.pk)
    with django_assert_num_queries(1):
        list(remittances_of(examiner))
    with django_assert_num_queries(3):
        supplier_balances(examiner)
