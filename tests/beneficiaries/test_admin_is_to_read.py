"""Suppliers and beneficiaries in the admin: administrators read them, nobody changes them there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User
from beneficiaries.history_files.values import day
from beneficiaries.models import HistoryFile, HistoryKind
from suppliers.keys import make_key
from suppliers.models import SupplierPerson
from suppliers.people import invite
from suppliers.rights import Duty
from tests.factories import OutsideVisitFactory, base_world
from tests.factories.beneficiaries import DocumentFactory

pytestmark = pytest.mark.django_db

MODELS = [model for model in admin.site._registry if model._meta.app_label in ("suppliers", "beneficiaries")]


@pytest.fixture
def one_of_each(supplier_person: User, administrator: User) -> None:
    world = base_world()
    OutsideVisitFactory(beneficiary=world.beneficiary)
    SupplierPerson.objects.create(supplier=world.supplier, user=supplier_person, duty="biller")
    invite(world.supplier, "nina@example.org", Duty.CLINICIAN, by=administrator)
    make_key(world.supplier, "Nightly billing", ["checks"], 30, by=administrator)
    DocumentFactory(beneficiary=world.beneficiary, supplier=world.supplier, sent_by=supplier_person)
    HistoryFile.objects.create(sha256="0" * 64, kind=HistoryKind.STAYS, name="stays.csv", loaded_on=day("2026-03-10"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_an_administrator_reads_and_cannot_change(
    model: type[Model], one_of_each: None, administrator: User, signed_in_as: Callable[[User], Client]
) -> None:
    client = signed_in_as(administrator)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model._default_manager.first()
    assert row is not None
    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    page = reverse(f"{name}_change", args=[row.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 403
    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_an_examiner_has_no_way_in(model: type[Model], examiner: User, signed_in_as: Callable[[User], Client]) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert signed_in_as(examiner).get(address).status_code != 200
