"""The cast of the tests: one person of each role, and an outsider who must see nothing of the others' records.

A folder's conftest takes them by `from tests.accounts.cast import *`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, User

__all__ = [
    "administrator",
    "examiner",
    "medical_director",
    "other_supplier_person",
    "reviewer",
    "signed_in_as",
    "supplier_person",
]

PASSWORD = "a-password-that-only-tests-use"


def make_person(name: str, role: Role) -> User:
    return User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", PASSWORD, name=name, role=role)


@pytest.fixture
def examiner(db: None) -> User:
    return make_person("Erin Examiner", Role.EXAMINER)


@pytest.fixture
def reviewer(db: None) -> User:
    return make_person("Rosa Reviewer", Role.REVIEWER)


@pytest.fixture
def medical_director(db: None) -> User:
    return make_person("Mel Director", Role.MEDICAL_DIRECTOR)


@pytest.fixture
def administrator(db: None) -> User:
    return make_person("Ada Administrator", Role.ADMINISTRATOR)


@pytest.fixture
def supplier_person(db: None) -> User:
    return make_person("Sam Supplier", Role.SUPPLIER)


@pytest.fixture
def other_supplier_person(db: None) -> User:
    return make_person("Olga Outsider", Role.SUPPLIER)


@pytest.fixture
def signed_in_as() -> Callable[[User], Client]:
    """A browser of its own for each person: `signed_in_as(examiner).get("/")`."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
