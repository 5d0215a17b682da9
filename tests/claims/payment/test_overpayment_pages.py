"""The pages of overpayments: who sees what, what an examiner does there, what a remittance says of debts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.models import Claim, Demand, Overpayment, Redetermination, Refund, Remittance
from claims.payment.overpayments import send_demand
from suppliers.models import SupplierPerson
from tests.claims.payment.deciding import Pays, decide_anew, pay_on
from tests.claims.payment.test_overpayments import (
    DAY_42,
    other_claim,
    overpaid,
)
from tests.factories.suppliers import SupplierFactory

pytestmark = pytest.mark.django_db

LIST = reverse("claims:overpayments")


@pytest.fixture
def overpayment(supplier_person: User) -> Overpayment:
    """An overpayment of 152.88 of the supplier for which `supplier_person` acts."""
    supplier = SupplierFactory(npi="1234567893", tin="521234567")
    SupplierPerson.objects.create(supplier=supplier, user=supplier_person, duty=SupplierPerson.Duty.BILLER)
    return overpaid(supplier)


@pytest.fixture
def staff(examiner: User, signed_in_as: Callable[[User], Client]) -> Client:
    return signed_in_as(examiner)


def address(overpayment: Overpayment, act: str = "") -> str:
    if act:
        return reverse("claims:overpayment_act", args=[overpayment.pk, act])
    return reverse("claims:overpayment", args=[overpayment.pk])


def test_staff_and_the_supplier_see_it_and_nobody_else_does(
    overpayment: Overpayment,
    examiner: User,
    reviewer: User,
    medical_director: User,
    administrator: User,
    supplier_person: User,
    other_supplier_person: User,
    signed_in_as: Callable[[User], Client],
) -> None:
    for person in (examiner, reviewer, medical_director, administrator, supplier_person):
        client = signed_in_as(person)
        assert [row.pk for row in client.get(LIST).context["page"].rows] == [overpayment.pk]
        page = client.get(address(overpayment))
        assert page.status_code == 200
        assert bool(page.context["forms"]) == (person == examiner)
    outsider = signed_in_as(other_supplier_person)
    assert not outsider.get(LIST).context["page"].rows
    assert outsider.get(address(overpayment)).status_code == 404


def test_only_examiners_post(
    overpayment: Overpayment, supplier_person: User, reviewer: User, signed_in_as: Callable[[User], Client]
) -> None:
    for person in (supplier_person, reviewer):
        for act in ("demand", "refund", "redetermination", "outcome"):
            assert signed_in_as(person).post(address(overpayment, act)).status_code == 403
    assert not Demand.objects.exists()


def test_opening_the_page_is_logged(staff: Client, overpayment: Overpayment) -> None:
    staff.get(address(overpayment))
    assert AccessLog.objects.get(page="Overpayment").about_id == str(overpayment.claim_id)


def test_an_examiner_works_an_overpayment_from_the_demand_to_the_outcome(
    staff: Client, overpayment: Overpayment, signed_in_as: Callable[[User], Client], supplier_person: User
) -> None:
    assert set(staff.get(address(overpayment)).context["forms"]) == {"demand", "refund"}
    assert staff.post(address(overpayment, "demand")).status_code == 302
    assert set(staff.get(address(overpayment)).context["forms"]) == {"refund", "redetermination"}
    sent = {"refund-amount": "52.88", "refund-received_on": "02/02/2026", "refund-reference": "1001"}
    staff.post(address(overpayment, "refund"), sent)
    staff.post(address(overpayment, "redetermination"), {"redetermination-received_on": "02/02/2026"})
    staff.post(address(overpayment, "outcome"), {"outcome-outcome": "upheld"})

    assert (Refund.objects.get().amount, Redetermination.objects.get().outcome) == (Decimal("52.88"), "upheld")
    text = signed_in_as(supplier_person).get(address(overpayment)).content.decode()
    assert "$100.00 is still owed." in text
    assert "From March 15, 2026, day 41 after this notice" in text
    assert "by June 7, 2026" in text
    assert "$52.88 came back, reference 1001." in text
    assert "Redetermination: the overpayment is upheld." in text


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_written(staff: Client, overpayment: Overpayment) -> None:
    sent = {"refund-amount": "152.89", "refund-received_on": "02/02/2026", "refund-reference": "1001"}
    page = staff.post(address(overpayment, "refund"), sent)
    (error,) = page.context["forms"]["refund"].errors["amount"]
    assert error.startswith("The refund of $152.89 is more than is owed, which is $152.88.")
    assert 'value="152.89"' in page.content.decode()
    assert not Refund.objects.exists()


def test_what_is_done_already_is_said_and_not_done_again(staff: Client, overpayment: Overpayment) -> None:
    staff.post(address(overpayment, "demand"))
    page = staff.post(address(overpayment, "demand"), follow=True)
    assert "the overpayment has moved on" in page.content.decode()
    assert staff.post(address(overpayment, "forgive")).status_code == 404


def test_the_list_is_narrowed_by_state(staff: Client, overpayment: Overpayment, examiner: User) -> None:
    def listed(state: str) -> int:
        return len(staff.get(LIST, {"state": state}).context["page"].rows)

    assert (listed("open"), listed("demanded"), listed("nonsense")) == (1, 0, 1)
    send_demand(overpayment, by=examiner)
    assert (listed("open"), listed("demanded")) == (0, 1)


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_needs_as_many_queries_for_many_as_for_one(staff: Client, overpayment: Overpayment) -> None:
    one = queries_of(staff, LIST)
    for _ in range(3):
        overpaid(SupplierFactory())
    assert queries_of(staff, LIST) == one


def test_a_remittance_shows_reversal_correction_and_what_is_owed(staff: Client, overpayment: Overpayment) -> None:
    told = overpayment.remittance
    page = staff.get(reverse("claims:remittance", args=[told.pk]))
    (debt,) = page.context["page"].debts
    assert (debt.adjustment.code, debt.adjustment.amount, debt.overpayment_id) == (
        "FB",
        Decimal("-152.88"),
        overpayment.pk,
    )
    assert "Taken back:" in page.content.decode()


def test_a_remittance_shows_what_was_kept_from_it(staff: Client, overpayment: Overpayment, examiner: User) -> None:
    send_demand(overpayment, by=examiner)
    for fee in ("100.00", "195.00"):
        other_claim(overpayment.supplier, DAY_42, fee)
    pay_on(DAY_42)
    page = staff.get(reverse("claims:remittance", args=[Remittance.objects.get(payment_day=DAY_42).pk]))
    (debt,) = page.context["page"].debts
    assert (debt.adjustment.code, debt.adjustment.amount) == ("WO", Decimal("152.88"))
    story = staff.get(address(overpayment)).context["page"].story
    assert story[-1].sentence.startswith("$152.88 was kept from the payment of March 16, 2026")


def test_a_correction_that_pays_all_again_shows_no_debt(staff: Client, overpayment: Overpayment) -> None:
    claim = other_claim(overpayment.supplier, dt.date(2026, 2, 3))
    pay_on(dt.date(2026, 2, 3))
    decide_anew(Claim.objects.get(pk=claim.pk), Pays(), on=dt.date(2026, 2, 3))
    pay_on(dt.date(2026, 2, 4))
    told = Remittance.objects.get(payment_day=dt.date(2026, 2, 4))
    page = staff.get(reverse("claims:remittance", args=[told.pk])).context["page"]
    assert [each.on.told.is_reversal for each in page.claims] == [True, False]
    assert page.debts == ()
