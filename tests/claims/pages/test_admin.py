"""The Django admin of claims: administrators read every table, nobody changes one there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.models import Claim

MODELS = sorted(model._meta.model_name for model in apps.get_app_config("claims").get_models())


@pytest.mark.parametrize("name", MODELS)
def test_an_administrator_reads_a_table_and_changes_nothing(
    decided: Callable[..., Claim],
    administrator: User,
    examiner: User,
    signed_in_as: Callable[[User], Client],
    name: str,
) -> None:
    decided()
    client = signed_in_as(administrator)
    listing = reverse(f"admin:claims_{name}_changelist")
    assert client.get(listing).status_code == 200
    assert client.get(reverse(f"admin:claims_{name}_add")).status_code == 403
    row = apps.get_model("claims", name).objects.first()
    if row:
        page = reverse(f"admin:claims_{name}_change", args=[row.pk])
        assert client.get(page).status_code == 200
        assert client.post(page, {}).status_code == 403
    assert signed_in_as(examiner).get(listing).status_code == 403


def test_every_table_of_claims_is_registered() -> None:
    assert {
        model for model in apps.get_app_config("claims").get_models() if not admin.site.is_registered(model)
    } == set()
