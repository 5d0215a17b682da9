"""The frame of every page: navigation by role, time zone, words for errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Role, User
from hit_project.frame import NAVIGATION, navigation_for, standing_of
from suppliers.models import SupplierPerson
from suppliers.rights import held_by
from tests.factories import SupplierFactory

SignIn = Callable[[User], Client]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_three_to_seven_words_that_lead_somewhere(role: Role) -> None:
    assert len(NAVIGATION[role]) <= 7
    assert len(navigation_for(role, "/")) >= 3
    assert all(resolve(item.address) for item in navigation_for(role, "/"))


def test_someone_who_has_not_signed_in_has_no_navigation() -> None:
    assert navigation_for("", "/") == ()


def test_the_navigation_says_where_one_is() -> None:
    def here(path: str) -> dict[str, str]:
        return {item.words: item.current for item in navigation_for(Role.ADMINISTRATOR, path) if item.current}

    assert here("/people/") == {"People": "page"}
    assert here("/people/add/") == {"People": "true"}
    assert here("/elsewhere/") == {}


def test_people_of_suppliers_stand_under_the_names_of_their_suppliers(
    examiner: User, supplier_person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert standing_of(examiner, held_by(examiner)) == "Examiner"
    assert standing_of(supplier_person, held_by(supplier_person)) == "Supplier"
    for name, words in (
        ("Harbor Infusion", "Harbor Infusion"),
        ("Anchor Infusion", "Anchor Infusion and Harbor Infusion"),
        ("Calvert Infusion", "Anchor Infusion and 2 more"),
    ):
        SupplierPerson.objects.create(supplier=SupplierFactory(name=name), user=supplier_person, duty="biller")
        with django_assert_num_queries(1):
            assert standing_of(supplier_person, held_by(supplier_person)) == words


def test_the_bar_names_the_supplier(supplier_person: User, signed_in_as: SignIn) -> None:
    supplier = SupplierFactory(name="Harbor Infusion")
    SupplierPerson.objects.create(supplier=supplier, user=supplier_person, duty="biller")
    page = signed_in_as(supplier_person).get(reverse("help")).content.decode()
    assert "<b>Sam Supplier</b> <span>Harbor Infusion</span>" in page


def test_times_are_told_in_the_zone_of_the_business_or_of_the_person(examiner: User, signed_in_as: SignIn) -> None:
    help_page = reverse("help")
    assert b"Times in Eastern Time" in signed_in_as(examiner).get(help_page).content
    User.objects.filter(pk=examiner.pk).update(time_zone="America/Denver")
    assert b"Times in Mountain Time" in signed_in_as(examiner).get(help_page).content


def test_a_demonstration_says_so_on_every_page(client: Client, db: None, settings: Settings) -> None:
    sentence = b"every person, claim and amount is synthetic"
    assert sentence in client.get(reverse("help")).content
    settings.IS_DEMONSTRATION = False
    assert sentence not in client.get(reverse("help")).content


def test_home_leads_each_role_to_a_page_of_its_own(
    examiner: User, reviewer: User, administrator: User, supplier_person: User, signed_in_as: SignIn
) -> None:
    for person in (examiner, reviewer, administrator, supplier_person):
        assert signed_in_as(person).get("/", follow=True).status_code == 200


def test_an_address_without_a_page_is_said_in_words(client: Client, db: None) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert b"There is nothing at this address" in answer.content


def test_a_fault_is_said_in_words_without_asking_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("made by a test")

    monkeypatch.setattr("hit_project.home_views.render", fail)
    client.raise_request_exception = False
    answer = client.get(reverse("help"))
    assert answer.status_code == 500
    assert b"Something went wrong on our side" in answer.content


def test_a_forged_form_is_refused_in_words(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})
    assert answer.status_code == 403
    assert b"Nothing was changed" in answer.content
