"""`make_demo_world`: the real engine lives through the year; each sample claim becomes what its README says."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from beneficiaries.models import Beneficiary, HistoryArrival
from claims.demo.again import empty_everything
from claims.demo.days import LAST_DAY
from claims.demo.samples import SAMPLES
from claims.models import Claim, Decision, LedgerTransfer, ReceivedFile, Remittance
from policy import clock
from policy.models import Publication
from suppliers.models import Supplier, SupplierPerson
from tests.factories import base_world

pytestmark = pytest.mark.django_db


def make(**options: Any) -> str:
    said = StringIO()
    call_command("make_demo_world", patients=5, stdout=said, **options)
    return said.getvalue()


def test_the_year_is_lived_through_and_every_sample_claim_becomes_what_it_shows(baseline: Publication) -> None:
    said = make()
    assert "the business date is March 10 2026" in said
    assert clock.today() == LAST_DAY
    claims = {claim.patient_control_number: claim for claim in Claim.objects.filter(file__name__contains="_")}
    found = {number: (claim.status, tuple(claim.edits)) for number, claim in claims.items()}
    assert found == {
        sample.control_number: (sample.status, sample.edits)
        for name, samples in SAMPLES.items()
        for sample in samples
        if name != "bad_envelope"
    }
    assert ReceivedFile.objects.get(name="bad_envelope.x12").state == ReceivedFile.State.REFUSED
    assert Claim.objects.filter(status="paid").exists()
    assert Remittance.objects.exists()
    assert SupplierPerson.objects.filter(user__email="supplier@demo.example").count() == 1


def test_it_is_refused_where_there_are_claims() -> None:
    base_world().claim()
    with pytest.raises(CommandError, match="--again"):
        make()


def test_it_is_refused_where_there_is_no_demonstration(settings: Any) -> None:
    settings.IS_DEMONSTRATION = False
    with pytest.raises(CommandError, match="no demonstration"):
        make(again=True)
    assert not Supplier.objects.exists()


def test_emptying_leaves_people_and_policy(baseline: Publication) -> None:
    base_world().claim()
    connection.check_constraints()  # foreign keys are checked at the end of a transaction; a TRUNCATE waits for that
    person = User.objects.create_user("dana@demo.example", "a long password", name="Dana", role="examiner")
    empty_everything()
    for model in (Claim, Supplier, Beneficiary, Decision, LedgerTransfer, HistoryArrival):
        assert not model.objects.exists()
    assert User.objects.get() == person
    assert Publication.objects.exists()
