"""People: how they sign in, what they may decide, who may change them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.actions import save_person
from accounts.demo import make_people, people_present, sign_ins
from accounts.models import Event, Role, User
from tests.accounts.cast import PASSWORD, make_person

SignIn = Callable[[User], Client]


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code


def account_of(person: User) -> dict[str, str]:
    """The form of a person's account as it stands."""
    return {"email": person.email, "name": person.name, "role": person.role, "is_active": "on"}


def test_one_signs_in_with_address_and_password_whatever_the_case(client: Client, examiner: User) -> None:
    assert sign_in(client, "ERIN.Examiner@Example.ORG") == 302
    assert Event.objects.filter(verb="signed_in", actor=examiner).count() == 1


def test_a_wrong_password_lets_nobody_in(client: Client, examiner: User) -> None:
    assert sign_in(client, examiner.email, "something else entirely") == 200
    assert "_auth_user_id" not in client.session
    assert not Event.objects.exists()


def test_a_closed_account_lets_nobody_in(client: Client, examiner: User) -> None:
    User.objects.filter(pk=examiner.pk).update(is_active=False)
    sign_in(client, examiner.email)
    assert "_auth_user_id" not in client.session


def test_closing_an_account_ends_its_sessions(examiner: User, administrator: User, signed_in_as: SignIn) -> None:
    browser = signed_in_as(examiner)
    assert browser.get(reverse("account_change_password")).status_code == 200
    examiner.is_active = False
    save_person(examiner, by=administrator)
    assert browser.get(reverse("account_change_password")).status_code == 302


def test_a_changed_password_leaves_an_event_without_the_password(examiner: User, signed_in_as: SignIn) -> None:
    new = "a-new-one-that-nobody-knows"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert signed_in_as(examiner).post(reverse("account_change_password"), form).status_code == 302
    event = Event.objects.get(verb="password_changed")
    assert event.sentence == "Erin Examiner changed the password."
    assert new not in str(event.data)


def test_sign_ins_are_limited_after_too_many_failures(client: Client, examiner: User) -> None:
    for _ in range(12):
        sign_in(client, examiner.email, "something else entirely")
    sign_in(client, examiner.email)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client, db: None) -> None:
    answer = client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})
    assert b"Accounts are made by an administrator" in answer.content
    assert not User.objects.exists()


def test_an_address_belongs_to_one_person_in_any_case(examiner: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Erin.EXAMINER@example.org", PASSWORD, name="Another", role=Role.EXAMINER)


def test_a_role_that_does_not_exist_is_refused(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("x@example.org", PASSWORD, name="X", role="owner")


def test_a_time_zone_that_does_not_exist_is_refused(examiner: User) -> None:
    examiner.time_zone = "America/Gotham"
    with pytest.raises(ValidationError, match="no time zone"):
        examiner.full_clean()


@pytest.mark.parametrize(
    ("limit", "amount", "may"),
    [(None, "1000000.00", True), ("500.00", "500.00", True), ("500.00", "500.01", False), ("0.00", "0.01", False)],
)
def test_the_amount_limit_is_the_largest_amount_decided_alone(limit: str | None, amount: str, may: bool) -> None:
    person = User(amount_limit=None if limit is None else Decimal(limit))
    assert person.may_decide(Decimal(amount)) is may


def test_only_administrators_read_the_admin(examiner: User, administrator: User, signed_in_as: SignIn) -> None:
    assert signed_in_as(examiner).get("/admin/").status_code == 403
    assert signed_in_as(administrator).get("/admin/").status_code == 200


def test_an_administrator_changes_a_person_and_an_event_says_what(
    examiner: User, administrator: User, signed_in_as: SignIn
) -> None:
    address = reverse("admin:accounts_user_change", args=[examiner.pk])
    form = {
        "email": examiner.email,
        "name": examiner.name,
        "role": "reviewer",
        "amount_limit": "900.00",
        "is_active": "on",
    }
    assert signed_in_as(administrator).post(address, form).status_code == 302
    examiner.refresh_from_db()
    assert (examiner.role, examiner.amount_limit) == ("reviewer", Decimal("900.00"))
    event = Event.objects.get(verb="person_changed")
    assert (event.actor, event.about_id) == (administrator, str(examiner.pk))
    assert event.sentence == "The account of Erin Examiner was changed: role, amount limit."
    assert event.data["changes"]["role"] == {"from": "examiner", "to": "reviewer"}


def test_an_administrator_makes_a_person_who_can_sign_in(
    client: Client, administrator: User, signed_in_as: SignIn
) -> None:
    form = {
        "email": "New.Nurse@example.org",
        "name": "Nina Nurse",
        "role": "reviewer",
        "is_active": "on",
        "new_password": "long-enough-and-uncommon",
    }
    assert signed_in_as(administrator).post(reverse("admin:accounts_user_add"), form).status_code == 302
    assert sign_in(client, "new.nurse@example.org", "long-enough-and-uncommon") == 302
    assert Event.objects.get(verb="person_made").sentence == "Nina Nurse may now sign in as reviewer."


def test_a_password_is_never_in_an_event(examiner: User, administrator: User) -> None:
    save_person(examiner, by=administrator, password="another-secret-of-hers")
    event = Event.objects.get(verb="person_changed")
    assert event.sentence == "The account of Erin Examiner was changed: password."
    assert "another-secret" not in str(event.data)


def test_nobody_changes_their_own_role_or_limit(administrator: User, signed_in_as: SignIn) -> None:
    address = reverse("admin:accounts_user_change", args=[administrator.pk])
    form = account_of(administrator) | {"role": "examiner"}
    assert signed_in_as(administrator).post(address, form).status_code == 403
    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR


def test_nobody_is_deleted_and_no_event_is_changed_in_the_admin(
    examiner: User, administrator: User, signed_in_as: SignIn
) -> None:
    browser = signed_in_as(administrator)
    assert browser.post(reverse("admin:accounts_user_delete", args=[examiner.pk])).status_code == 403
    assert browser.get(reverse("admin:accounts_event_add")).status_code == 403
    assert browser.get(reverse("admin:accounts_event_changelist")).status_code == 200


def test_the_admin_shows_no_secret_of_an_authenticator(administrator: User, signed_in_as: SignIn) -> None:
    assert signed_in_as(administrator).get("/admin/mfa/authenticator/").status_code == 404


def test_the_demonstration_has_a_person_of_every_role(db: None) -> None:
    people = make_people()
    assert {person.role for person in people.values()} == set(Role.values)
    assert [email for _, email, _ in sign_ins()] == list(people)
    assert make_people() == people, "making them again changes nothing"


def test_each_demonstration_person_signs_in(db: None) -> None:
    make_people()
    assert [sign_in(Client(), email, password) for _, email, password in sign_ins()] == [302] * len(sign_ins())


def test_public_passwords_exist_in_a_demonstration_only(examiner: User, client: Client, settings: Settings) -> None:
    make_people()
    settings.IS_DEMONSTRATION = False
    assert people_present() == []
    assert b"synthetic-demo" not in client.get(reverse("account_login")).content
    with pytest.raises(ImproperlyConfigured):
        make_people()


def test_the_cast_has_one_person_of_each_role(db: None) -> None:
    assert {make_person(f"Someone {role}", role).role for role in Role} == set(Role)
