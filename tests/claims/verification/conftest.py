"""Decided and paid claims to verify."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection

from claims.adjudication.queue import adjudicate_all
from claims.daily import work_day
from claims.models import Claim
from policy import clock, readers
from tests.factories.policy import load_small_tables
from tests.factories.world import base_world

RECEIVED = dt.date(2026, 1, 16)
PAYMENT_DAY = dt.date(2026, 1, 30)


@pytest.fixture
def tables(db: None) -> Iterator[None]:
    """The policy tables, on the day the claims were received; no seal was ever made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('claims_seals_made', 0)")
    clock.set_today(RECEIVED)
    load_small_tables()
    yield
    readers.forget()


@pytest.fixture
def paid(tables: None) -> Claim:
    """A claim of two lines that was paid, beside one that was denied and one that waits for its drug."""
    world = base_world()
    claim = world.claim(
        lines=[
            {"hcpcs": "G0088", "date_of_service": dt.date(2026, 1, 5)},
            {"hcpcs": "G0068", "date_of_service": dt.date(2026, 1, 12)},
        ]
    )
    others = (
        base_world(
            supplier={"npi": "1679576722", "tin": "520000001"},
            beneficiary={"mbi__mbi": "1EG4TE5MK74", "without_part_b": True},
        ),
        base_world(
            supplier={"npi": "1245319599", "tin": "520000002"}, beneficiary={"mbi__mbi": "1EG4TE5MK75"}, drug_bill=None
        ),
    )
    for other in others:
        other.claim()
    adjudicate_all()
    clock.set_today(PAYMENT_DAY)
    work_day(PAYMENT_DAY)
    claim.refresh_from_db()
    assert {one.status for one in Claim.objects.all()} == {"paid", "denied", "on_hold"}
    return claim
