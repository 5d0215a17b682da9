"""A claim that waits for its drug: what its page says to both sides, and what a drug claim that arrives does to it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date, work_day
from claims.models import Claim, ClaimStatus
from policy import clock
from tests.claims.pages.test_claim_page import page_text
from tests.factories.beneficiaries import BeneficiaryFactory, PlanOfCareFactory
from tests.factories.world import World

FRIDAY, SATURDAY, FIRST_LOOK = dt.date(2026, 1, 23), dt.date(2026, 1, 24), dt.date(2026, 1, 26)


@pytest.fixture
def held(world: World) -> Claim:
    """Received on January 16 for a visit of January 5, of another patient for whom nobody billed a drug."""
    patient = BeneficiaryFactory()
    PlanOfCareFactory(beneficiary=patient, supplier=world.supplier)
    claim = world.claim(beneficiary=patient)
    adjudicate_all()
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.ON_HOLD
    return claim


def test_both_sides_read_the_next_look_and_how_long_is_left(staff: Client, billing: Client, held: Claim) -> None:
    for browser in (staff, billing):
        text = page_text(browser, held)
        assert "Looked at again on Monday, January 26, or as soon as a drug claim for this patient is loaded." in text
        assert "If none has come by February 9, line 1 is denied and the claim is decided whole." in text
        assert "24 days and three looks are left until then." in text
        assert "Looks: Jan 26, Feb 2, Feb 9 (last)" in text


def test_a_look_that_was_made_is_not_left(billing: Client, held: Claim) -> None:
    move_business_date(FIRST_LOOK)
    assert "14 days and two looks are left until then." in page_text(billing, held)


@pytest.mark.parametrize("day", [FRIDAY, SATURDAY])
def test_a_drug_claim_frees_it_on_the_day_it_is_loaded(
    billing: Client, held: Claim, day: dt.date, tmp_path: Path
) -> None:
    """A day off too (fine point d): the day's work looks at what arrived, whatever day it is."""
    clock.set_today(day)
    history = tmp_path / "drugs.csv"
    history.write_text(f"mbi,hcpcs,modifier,date_of_service,status\n{held.mbi},J2260,,2026-01-03,paid\n")
    call_command("load_history", str(history), "--kind", "drug_claims", verbosity=0)
    work_day(day)
    held.refresh_from_db()
    assert (held.status, held.looks_done, held.decided_on) == (ClaimStatus.PAYABLE, 0, day)
    assert "The visit pays" in page_text(billing, held)
