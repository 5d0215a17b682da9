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

from accounts.models import AccessLog, Event, User
from claims.daily import work_day
from claims.models import Claim, Demand, Overpayment, Redetermination, Refund, Remittance
from claims.payment.overpayments import THE_DEMANDS, send_demand
from policy import clock
from suppliers.models import SupplierPerson
from tests.claims.payment.deciding import Pays, decide_anew, pay_on
from tests.claims.payment.test_overpayment_interest import DAY_31, charge_on, load_rate
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
        for act in ("demand", "refund", "redetermination", "outcome", "reconsideration", "reconsidered"):
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


def test_the_page_says_that_the_demand_is_sent_by_itself(staff: Client, overpayment: Overpayment) -> None:
    assert "It is sent by itself with the work of the day." in staff.get(address(overpayment)).content.decode()
    work_day(clock.today())
    text = staff.get(address(overpayment)).content.decode()
    assert "The demand was sent." in text
    assert "sent by itself" not in text
    assert Event.objects.get(verb="demand_sent", about_type="claims.overpayment").actor_label == THE_DEMANDS
    work_day(clock.today())
    assert Demand.objects.count() == 1


def test_the_letter_says_what_interest_is_charged_or_that_none_is(
    staff: Client, overpayment: Overpayment, examiner: User
) -> None:
    send_demand(overpayment, by=examiner)
    assert (
        "No rate of interest is loaded for February 2, 2026, so no interest is charged"
        in staff.get(address(overpayment)).content.decode()
    )
    load_rate("0.10875")
    text = staff.get(address(overpayment)).content.decode()
    assert "What is received through March 4, 2026 bears no interest." in text
    assert "simple interest at 10.875 % a year" in text


def test_the_page_shows_interest_charged_kept_and_still_owed(
    staff: Client,
    overpayment: Overpayment,
    examiner: User,
    signed_in_as: Callable[[User], Client],
    supplier_person: User,
) -> None:
    load_rate()
    send_demand(overpayment, by=examiner)
    charge_on(DAY_31)
    assert staff.get(address(overpayment)).context["page"].owed == Decimal("154.39")
    assert staff.get(LIST).context["page"].rows[0].still_owed == Decimal("154.39")
    other_claim(overpayment.supplier, DAY_42, fee="100.00")
    pay_on(DAY_42)
    text = signed_in_as(supplier_person).get(address(overpayment)).content.decode()
    assert "$75.99 is still owed." in text
    assert "Interest of $1.51 was charged: by now $1.51 for 1 full period of 30 days at 12 % a year." in text
    assert "$1.51 of interest was kept from the payment of March 16, 2026" in text
    told = staff.get(reverse("claims:remittance", args=[Remittance.objects.get(payment_day=DAY_42).pk]))
    assert [(debt.adjustment.code, debt.adjustment.amount) for debt in told.context["page"].debts] == [
        ("L6", Decimal("1.51")),
        ("WO", Decimal("76.89")),
    ]
    assert "Kept from this payment for interest on an overpayment." in told.content.decode()


def test_an_examiner_records_a_reconsideration_and_its_outcome(
    staff: Client, overpayment: Overpayment, examiner: User
) -> None:
    send_demand(overpayment, by=examiner)
    staff.post(address(overpayment, "redetermination"), {"redetermination-received_on": "02/02/2026"})
    assert "reconsideration" not in staff.get(address(overpayment)).context["forms"]
    staff.post(address(overpayment, "outcome"), {"outcome-outcome": "upheld"})
    page = staff.get(address(overpayment))
    assert set(page.context["forms"]) == {"refund", "reconsideration"}
    assert "may be asked for through August 6, 2026" in page.content.decode()
    staff.post(address(overpayment, "reconsideration"), {"reconsideration-received_on": "02/02/2026"})
    page = staff.get(address(overpayment))
    assert set(page.context["forms"]) == {"refund", "reconsidered"}
    assert "nothing is taken from your payments until it is decided" in page.content.decode()
    staff.post(address(overpayment, "reconsidered"), {"reconsidered-outcome": "upheld"})
    assert "Reconsideration: the overpayment is upheld." in staff.get(address(overpayment)).content.decode()


def test_the_page_needs_as_many_queries_for_a_long_story(
    staff: Client, overpayment: Overpayment, examiner: User
) -> None:
    load_rate()
    send_demand(overpayment, by=examiner)
    charge_on(DAY_31)
    short = queries_of(staff, address(overpayment))
    for day in (61, 91, 121):
        charge_on(dt.date(2026, 2, 2) + dt.timedelta(days=day))
    assert queries_of(staff, address(overpayment)) == short
