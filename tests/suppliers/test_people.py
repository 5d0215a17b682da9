"""People of a supplier: who may invite, change and end, what each act leaves; an ended access shuts at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Event, Role, User
from policy.refusals import Refused
from suppliers import people
from suppliers.models import Invitation, Supplier, SupplierPerson
from suppliers.people import change_duty, end_access, invitation_with, invite, join, join_as_new_person, withdraw
from suppliers.rights import RIGHTS, Duty, Right, held_by, may, require
from tests.accounts.cast import make_person
from tests.claims.pages.scene import act_for
from tests.factories import SupplierFactory

pytestmark = pytest.mark.django_db


def row_of(supplier: Supplier, person: User) -> SupplierPerson:
    return SupplierPerson.objects.get(supplier=supplier, user=person)


def colleague(supplier: Supplier, duty: Duty = Duty.BILLER) -> User:
    person = make_person("Bella Biller", Role.SUPPLIER)
    act_for(person, supplier, duty)
    return person


# ---------- the table ----------


def test_administrators_may_do_everything_and_billers_and_clinicians_their_part() -> None:
    assert RIGHTS[Duty.ADMINISTRATOR] == frozenset(Right)
    assert RIGHTS[Duty.BILLER] == RIGHTS[Duty.BILLING_AGENT]
    assert Right.CLAIMS_SEND in RIGHTS[Duty.BILLER]
    assert Right.PLANS_WRITE not in RIGHTS[Duty.BILLER]
    assert Right.PLANS_WRITE in RIGHTS[Duty.CLINICIAN]
    assert not {Right.CLAIMS_SEND, Right.CHECKS} & RIGHTS[Duty.CLINICIAN]
    assert not {Right.PEOPLE, Right.KEYS} & (RIGHTS[Duty.BILLER] | RIGHTS[Duty.CLINICIAN])


def test_a_duty_counts_for_its_own_supplier_only(supplier: Supplier, supplier_person: User) -> None:
    other = SupplierFactory()
    act_for(supplier_person, supplier, Duty.BILLER)
    act_for(supplier_person, other, Duty.CLINICIAN)
    assert may(supplier_person, Right.CLAIMS_SEND, supplier.pk)
    assert not may(supplier_person, Right.CLAIMS_SEND, other.pk)
    assert list(Supplier.objects.allowing(supplier_person, Right.PLANS_WRITE)) == [other]
    with pytest.raises(PermissionDenied, match="administrator, biller, billing agent"):
        require(supplier_person, Right.CLAIMS_SEND, other.pk)


def test_of_staff_only_administrators_look_after_people_of_suppliers(
    supplier: Supplier, administrator: User, examiner: User
) -> None:
    assert may(administrator, Right.PEOPLE, supplier.pk)
    assert not may(examiner, Right.PEOPLE, supplier.pk)
    assert may(examiner, Right.CLAIMS_SEND, supplier.pk)
    invite(supplier, "new@example.org", Duty.BILLER, by=administrator)
    with pytest.raises(PermissionDenied):
        invite(supplier, "other@example.org", Duty.BILLER, by=examiner)


# ---------- invitations ----------


def test_a_new_person_joins_once_by_the_link_with_a_name_and_a_password(supplier: Supplier, head: User) -> None:
    invitation, token = invite(supplier, " Nina@Example.org ", Duty.CLINICIAN, by=head)
    assert (invitation.email, len(token)) == ("nina@example.org", 43)
    assert token not in invitation.digest
    assert invitation_with(token) == invitation
    person = join_as_new_person(invitation, "Nina Novak, RN", "a-password-that-only-tests-use")
    assert (person.email, person.role, person.check_password("a-password-that-only-tests-use")) == (
        "nina@example.org",
        Role.SUPPLIER,
        True,
    )
    assert [(held.supplier, held.duty) for held in held_by(person)] == [(supplier.pk, Duty.CLINICIAN)]
    assert invitation_with(token) is None
    with pytest.raises(Refused, match="Sign in with it"):
        join_as_new_person(invitation, "Somebody", "a-password-that-only-tests-use")
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "person_invited",
        "person_made",
        "person_joined",
    ]
    joined = Event.objects.get(verb="person_joined")
    assert joined.sentence == (
        "Nina Novak, RN accepted the invitation of Sam Supplier and acts for Harbor Infusion as clinician."
    )
    assert joined.actor == person


def test_someone_with_an_account_joins_with_it_and_nobody_else_can(
    supplier: Supplier, head: User, other_supplier_person: User
) -> None:
    invitation, _ = invite(supplier, other_supplier_person.email, Duty.BILLING_AGENT, by=head)
    with pytest.raises(Refused, match=r"for olga\.outsider@example\.org"):
        join(invitation, make_person("Wrong Person", Role.SUPPLIER))
    with pytest.raises(Refused, match="There is an account"):
        join_as_new_person(invitation, "Olga", "a-password-that-only-tests-use")
    join(invitation, other_supplier_person)
    assert row_of(supplier, other_supplier_person).duty == Duty.BILLING_AGENT
    with pytest.raises(Refused, match="does not work any more"):
        join(invitation, other_supplier_person)


@pytest.mark.parametrize(("left", "works"), [(dt.timedelta(minutes=1), True), (dt.timedelta(0), False)])
def test_a_link_works_for_its_days_only(supplier: Supplier, head: User, left: dt.timedelta, works: bool) -> None:
    invitation, token = invite(supplier, "late@example.org", Duty.BILLER, by=head)
    assert dt.timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= dt.timedelta(days=7)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() + left)
    assert bool(invitation_with(token)) is works


def test_withdrawn_and_repeated_invitations_stop_working(supplier: Supplier, head: User) -> None:
    first, first_token = invite(supplier, "twice@example.org", Duty.BILLER, by=head)
    second, second_token = invite(supplier, "TWICE@example.org", Duty.CLINICIAN, by=head)
    assert invitation_with(first_token) is None
    assert invitation_with(second_token) == second
    withdraw(second, by=head)
    assert invitation_with(second_token) is None
    with pytest.raises(Refused, match="accepted or withdrawn"):
        withdraw(first, by=head)
    with pytest.raises(Refused, match="does not work any more"):
        join_as_new_person(second, "Too Late", "a-password-that-only-tests-use")
    assert not User.objects.filter(email="twice@example.org").exists()


def test_who_acts_already_and_who_works_for_the_contractor_is_not_invited(
    supplier: Supplier, head: User, examiner: User
) -> None:
    for email, words in ((head.email, "acts for the supplier already"), (examiner.email, "cannot act")):
        with pytest.raises(Refused, match=words) as refusal:
            invite(supplier, email.upper(), Duty.BILLER, by=head)
        assert refusal.value.field == "email"


def test_open_invitations_have_a_limit(supplier: Supplier, head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_OPEN", 2)
    for name in ("one", "two", "two"):
        invite(supplier, f"{name}@example.org", Duty.BILLER, by=head)
    with pytest.raises(Refused, match="2 invitations are open"):
        invite(supplier, "three@example.org", Duty.BILLER, by=head)


# ---------- duties and ends ----------


def test_another_duty_holds_at_once_and_leaves_an_event(supplier: Supplier, head: User) -> None:
    biller = colleague(supplier)
    change_duty(row_of(supplier, biller), Duty.CLINICIAN, by=head)
    assert may(biller, Right.PLANS_WRITE, supplier.pk)
    assert not may(biller, Right.CLAIMS_SEND, supplier.pk)
    event = Event.objects.get(verb="duty_changed")
    assert event.sentence == (
        "Sam Supplier changed the duty of Bella Biller at Harbor Infusion from biller to clinician."
    )
    assert (event.about_type, event.about_id) == ("suppliers.supplier", str(supplier.pk))


def test_the_last_administrator_stays_for_whoever_asks(supplier: Supplier, head: User, administrator: User) -> None:
    row = row_of(supplier, head)
    for by in (head, administrator):
        with pytest.raises(Refused, match="last administrator"):
            end_access(row, by=by)
        with pytest.raises(Refused, match="last administrator"):
            change_duty(row, Duty.BILLER, by=by)
    second = colleague(supplier, Duty.ADMINISTRATOR)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(Refused, match="last administrator"):
        end_access(row, by=administrator)
    User.objects.filter(pk=second.pk).update(is_active=True)
    end_access(row, by=head)
    assert not may(head, Right.PEOPLE, supplier.pk)


def test_an_ended_access_keeps_its_row_and_shows_nothing(supplier: Supplier, head: User) -> None:
    biller = colleague(supplier)
    row = row_of(supplier, biller)
    end_access(row, by=head)
    row.refresh_from_db()
    assert (row.user, row.former, row.person, row.duty) == (None, biller, biller, Duty.BILLER)
    assert not Supplier.objects.visible_to(biller).exists()
    assert held_by(biller) == ()
    assert list(supplier.people.former()) == [row]
    assert Event.objects.get(verb="access_ended").sentence == (
        "Sam Supplier ended the access of Bella Biller to Harbor Infusion."
    )
    with pytest.raises(Refused, match="ended already"):
        end_access(row, by=head)


def test_who_left_can_be_invited_again(supplier: Supplier, head: User) -> None:
    biller = colleague(supplier)
    end_access(row_of(supplier, biller), by=head)
    invitation, _ = invite(supplier, biller.email, Duty.CLINICIAN, by=head)
    join(invitation, biller)
    assert Supplier.objects.visible_to(biller).get() == supplier
    assert SupplierPerson.objects.filter(supplier=supplier, former=biller).count() == 1


@pytest.mark.parametrize("duty", [Duty.BILLER, Duty.CLINICIAN, Duty.BILLING_AGENT])
def test_who_is_no_administrator_changes_nobody(supplier: Supplier, head: User, duty: Duty) -> None:
    person = colleague(supplier, duty)
    invitation, _ = invite(supplier, "new@example.org", Duty.BILLER, by=head)
    acts = (
        lambda: invite(supplier, "other@example.org", Duty.ADMINISTRATOR, by=person),
        lambda: withdraw(invitation, by=person),
        lambda: change_duty(row_of(supplier, person), Duty.ADMINISTRATOR, by=person),
        lambda: end_access(row_of(supplier, head), by=person),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_a_row_is_of_someone_who_acts_or_who_acted(supplier: Supplier, head: User) -> None:
    with pytest.raises(IntegrityError, match="suppliers_person_acts_or_acted"), transaction.atomic():
        SupplierPerson.objects.filter(user=head).update(former=head)
