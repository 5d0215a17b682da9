"""The scene of these tests: the base world under the project's own tables, people who may see it, an outsider.

A folder's conftest takes the fixtures by `from tests.claims.pages.scene import *`, beside the cast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.intake.receive import Receipt, receive_file
from claims.models import Claim
from policy import clock, readers
from suppliers.models import Supplier, SupplierPerson
from suppliers.rights import Duty
from tests.factories.policy import load_small_tables
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World, base_world

__all__ = ["billing", "decided", "other_supplier", "outsider", "sent", "staff", "world"]

#: The day on which the base claim is received and decided.
TODAY = dt.date(2026, 1, 16)


def line(code: str, day: dt.date, charge: int = 400) -> dict[str, Any]:
    return {"hcpcs": code, "date_of_service": day, "charge": charge}


def act_for(person: User, supplier: Supplier, duty: Duty = Duty.ADMINISTRATOR) -> SupplierPerson:
    return SupplierPerson.objects.create(supplier=supplier, user=person, duty=duty)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    load_small_tables()
    clock.set_today(TODAY)
    yield base_world()
    readers.forget()


@pytest.fixture
def other_supplier(world: World) -> Supplier:
    return SupplierFactory(name="Bayline Infusion")


@pytest.fixture
def staff(examiner: User, signed_in_as: Callable[[User], Client]) -> Client:
    """An examiner's browser."""
    return signed_in_as(examiner)


@pytest.fixture
def billing(world: World, supplier_person: User, signed_in_as: Callable[[User], Client]) -> Client:
    """The browser of a person who acts for the world's supplier."""
    act_for(supplier_person, world.supplier)
    return signed_in_as(supplier_person)


@pytest.fixture
def outsider(other_supplier: Supplier, other_supplier_person: User, signed_in_as: Callable[[User], Client]) -> Client:
    """The browser of a person who acts for another supplier and must see nothing of this one."""
    act_for(other_supplier_person, other_supplier)
    return signed_in_as(other_supplier_person)


@pytest.fixture
def decided(world: World) -> Callable[..., Claim]:
    """A claim of the world as `World.claim` makes it, decided."""

    def decide(**given: Any) -> Claim:
        claim = world.claim(**given)
        adjudicate_all()
        claim.refresh_from_db()
        return claim

    return decide


@pytest.fixture
def sent(world: World, supplier_person: User) -> Callable[..., Receipt]:
    """A file received from a person, who acts for the world's supplier while nobody else is named."""
    known: set[User] = set()

    def send(content: bytes, name: str = "claims.x12", by: User = supplier_person) -> Receipt:
        if by == supplier_person and by not in known and not SupplierPerson.objects.filter(user=by).exists():
            act_for(by, world.supplier)
        known.add(by)
        return receive_file(content, name, by=by)

    return send
