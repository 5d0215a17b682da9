"""Holds by hand and release: what is held is decided but not paid, holds coexist, release decides anew."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connections, transaction

from accounts.models import Event, User
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.determinations import holds
from claims.determinations.holds import end_hold, end_holds_due, hold_until, release
from claims.models import Claim, ClaimHold, ClaimStatus
from claims.payment.actions import run_payment_day
from claims.payment.due import claims_due
from policy import clock
from policy.refusals import Refused
from tests.claims.determinations.scene import Decide, decide_again, line, not_at_home
from tests.factories.world import World

pytestmark = pytest.mark.django_db

PAYMENT_DAY = dt.date(2026, 1, 30)
#: A visit whose drug has not come.
WITHOUT_DRUG = line("G0068", dt.date(2026, 2, 9))


def refused(code: str) -> Any:
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def held(claim: Claim, until: dt.date, by: User, reason: str = "Asked the supplier") -> ClaimHold:
    return hold_until(claim, until, reason=reason, by=by)


# ---------- a hold by hand ----------


def test_a_held_claim_is_not_paid_before_the_day_and_goes_out_on_it(decided: Decide, examiner: User) -> None:
    claim = decided()
    assert (claim.status, claim.payment_day) == (ClaimStatus.PAYABLE, PAYMENT_DAY)
    held(claim, dt.date(2026, 2, 4), examiner)
    move_business_date(dt.date(2026, 2, 3))
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAYABLE
    move_business_date(dt.date(2026, 2, 4))
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID
    (event,) = Event.objects.filter(verb="hold_ended")
    assert (event.actor, event.actor_label, event.on) == (None, holds.THE_DAY, dt.date(2026, 2, 4))


def test_a_held_denial_is_not_told(decided: Decide, examiner: User) -> None:
    claim = not_at_home(decided)
    assert claims_due(PAYMENT_DAY).get() == claim
    held(claim, dt.date(2026, 2, 4), examiner)
    assert not claims_due(PAYMENT_DAY).exists()


def test_two_holds_coexist_and_each_ends_for_itself(decided: Decide, examiner: User, medical_director: User) -> None:
    claim = decided()
    first = held(claim, dt.date(2026, 2, 4), examiner)
    held(claim, dt.date(2026, 3, 4), medical_director, "Another matter")
    end_hold(first, reason="Answered", by=examiner)
    assert not claims_due(PAYMENT_DAY).exists()
    assert end_holds_due(dt.date(2026, 3, 3)) == 0
    assert end_holds_due(dt.date(2026, 3, 4)) == 1
    assert end_holds_due(dt.date(2026, 3, 4)) == 0, "done once"
    assert claims_due(PAYMENT_DAY).exists()
    with refused("already_ended"):
        end_hold(first, reason="Answered", by=examiner)


def test_a_hold_by_hand_stands_beside_the_hold_for_a_drug(world: World, decided: Decide, examiner: User) -> None:
    clock.set_today(dt.date(2026, 2, 10))
    claim = decided(lines=[WITHOUT_DRUG], received_on=dt.date(2026, 2, 10))
    assert claim.status == ClaimStatus.ON_HOLD
    held(claim, dt.date(2026, 4, 1), examiner)
    world.drug(date_of_service=dt.date(2026, 2, 8), loaded_on=dt.date(2026, 2, 11))
    move_business_date(dt.date(2026, 3, 2))
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAYABLE, "decided when its drug came, past the floor, and still held by hand"
    move_business_date(dt.date(2026, 4, 1))
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID


@pytest.mark.parametrize("day", [dt.date(2026, 1, 15), dt.date(2026, 1, 16)])
def test_a_hold_must_end_after_today(decided: Decide, examiner: User, day: dt.date) -> None:
    with refused("not_after_today") as refusal:
        held(decided(), day, examiner)
    assert refusal.value.field == "until"


def test_what_is_paid_or_told_cannot_be_held(decided: Decide, examiner: User) -> None:
    paid, denied = decided(), not_at_home(decided, lines=[line("G0068", dt.date(2026, 1, 8))])
    move_business_date(PAYMENT_DAY)
    for claim in (paid, denied):
        with refused("too_late"):
            held(claim, dt.date(2026, 3, 1), examiner)


def test_a_reviewer_neither_holds_nor_releases(decided: Decide, reviewer: User) -> None:
    claim = decided()
    with refused("wrong_role"):
        held(claim, dt.date(2026, 3, 1), reviewer)
    with refused("wrong_role"):
        release(claim, reason="Now", by=reviewer)


@pytest.mark.django_db(transaction=True)
def test_a_hold_that_is_being_written_is_seen_by_the_payment_run(decided: Decide, examiner: User) -> None:
    claim = decided()
    clock.set_today(PAYMENT_DAY)
    written, paid = threading.Event(), threading.Event()

    def hold_slowly() -> None:
        with transaction.atomic():
            held(claim, dt.date(2026, 3, 1), examiner)
            written.set()
            paid.wait(1)
        connections.close_all()

    thread = threading.Thread(target=hold_slowly)
    thread.start()
    written.wait(5)
    summary = run_payment_day(PAYMENT_DAY)
    paid.set()
    thread.join()
    claim.refresh_from_db()
    assert (summary.remittances, claim.status) == (0, ClaimStatus.PAYABLE)


# ---------- release ----------


def test_release_decides_anew_and_what_is_lacking_holds_again(world: World, decided: Decide, examiner: User) -> None:
    clock.set_today(dt.date(2026, 2, 10))
    claim = decided(lines=[WITHOUT_DRUG], received_on=dt.date(2026, 2, 10))
    release(claim, reason="The drug was on the telephone", by=examiner)
    claim = decide_again(claim)
    assert (claim.status, claim.current_decision.number, claim.looks_done) == (ClaimStatus.ON_HOLD, 2, 0)
    assert claim.current_decision.reason == "Released by a person"
    assert Event.objects.get(verb="claim_released").sentence == "Released: The drug was on the telephone"


def test_release_leaves_a_hold_by_hand_standing(world: World, decided: Decide, examiner: User) -> None:
    claim = decided(lines=[WITHOUT_DRUG], received_on=dt.date(2026, 2, 14))
    held(claim, dt.date(2026, 5, 1), examiner)
    world.drug(date_of_service=dt.date(2026, 2, 8), loaded_on=dt.date(2026, 2, 9))
    release(claim, reason="It came", by=examiner)
    claim = decide_again(claim)
    assert claim.status == ClaimStatus.PAYABLE
    assert ClaimHold.objects.standing().filter(claim=claim).exists()
    assert not claims_due(dt.date(2026, 4, 1)).exists()


@pytest.mark.parametrize("state", ["payable", "denied", "queued"])
def test_only_a_claim_that_waits_is_released(world: World, decided: Decide, examiner: User, state: str) -> None:
    claim = {"payable": decided, "denied": lambda: not_at_home(decided), "queued": world.claim}[state]()
    with refused("not_now" if state == "queued" else "does_not_wait"):
        release(claim, reason="Now", by=examiner)
    adjudicate_all()
