"""A claim's whole way from the queue to the bank, with the project's own tables and nothing in its place by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all, requeue
from claims.daily import move_business_date
from claims.models import ClaimStatus, Overpayment, Remittance
from claims.payment.ledger import balances, discrepancies
from claims.payment.readers import remittance_page
from policy import clock
from policy.loaders.loading import BASELINE_FOLDER
from tests.claims.payment.deciding import void
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings
from tests.factories.policy import load_tables
from tests.factories.world import base_world

pytestmark = pytest.mark.django_db

RECEIVED = dt.date(2026, 1, 16)
FLOOR = dt.date(2026, 1, 30)


@pytest.fixture(autouse=True)
def policy_tables() -> None:
    load_tables(BASELINE_FOLDER)
    clock.set_today(RECEIVED)


def test_a_claim_is_decided_on_its_day_and_paid_on_the_floor() -> None:
    claim = base_world().claim(place_of_service="12")
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.payment_day) == (ClaimStatus.PAYABLE, FLOOR)
    assert balances()["payable"] == claim.paid_amount

    move_business_date(FLOOR - dt.timedelta(days=1))
    assert not Remittance.objects.exists()
    move_business_date(FLOOR)

    claim.refresh_from_db()
    remittance = Remittance.objects.get()
    assert claim.status == ClaimStatus.PAID
    assert remittance.paid_amount == claim.paid_amount == balances()["bank"]
    assert remittance.payment_day == FLOOR
    assert discrepancies() == ()
    assert oxedi_findings(remittance.content.encode()) == []
    assert pyx12_findings(remittance.content.encode()) == ""
    examiner = User.objects.create_user("examiner@example.com", name="Examiner", role=Role.EXAMINER)
    assert remittance_page(examiner, remittance.pk).is_estimated, "the project's amounts are not published ones"


def test_a_denial_is_told_on_the_next_banking_day_with_its_remedy() -> None:
    base_world().claim(lines=[{"hcpcs": "99601"}])
    adjudicate_all()
    move_business_date(dt.date(2026, 1, 19))
    assert not Remittance.objects.exists(), "a holiday"
    move_business_date(dt.date(2026, 1, 20))
    content = Remittance.objects.get().content
    assert "CAS*CO*16*400~" in content
    assert "MOA***MA130~" in content
    assert "LQ*HE*M51~" in content


def test_a_paid_claim_is_decided_anew_told_as_reversal_and_correction_and_voided_to_zero() -> None:
    claim = base_world().claim(place_of_service="12")
    adjudicate_all()
    move_business_date(FLOOR)
    requeue([claim.pk], "Clerical reopening", is_adjustment=True)
    adjudicate_all()
    assert discrepancies() == ()
    move_business_date(dt.date(2026, 2, 2))

    claim.refresh_from_db()
    told = Remittance.objects.get(payment_day=dt.date(2026, 2, 2))
    assert claim.status == ClaimStatus.PAID
    assert (told.paid_amount, balances()["bank"]) == (0, claim.paid_amount)
    assert told.content.count("CLP*") == 2
    assert f"*22*-400*-{claim.paid_amount}**MB*{claim.icn}*" in told.content

    void(claim, on=dt.date(2026, 2, 2))
    move_business_date(dt.date(2026, 2, 3))
    assert balances()["benefit"] == 0
    assert -balances()["overpayment"] == claim.paid_amount == Overpayment.objects.get().amount
    assert discrepancies() == ()
    assert oxedi_findings(told.content.encode()) == []
    assert pyx12_findings(told.content.encode()) == ""
