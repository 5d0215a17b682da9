"""Reopen, void, propose, approve, refuse: what they do, what they refuse, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Event, User
from claims.adjudication.queue import adjudicate_all, requeue
from claims.adjustments.actions import adjust_by_review, approve, propose, refuse, reopen, void
from claims.adjustments.readers import money_at_stake, window_of
from claims.daily import move_business_date
from claims.models import Adjustment, Claim, ClaimStatus, Decision, LedgerTransfer, RemittedDecision
from claims.payment.ledger import balances, discrepancies
from policy import clock
from policy.refusals import Refused
from tests.claims.adjustments.conftest import again, limit
from tests.claims.pages.scene import TODAY, line
from tests.factories.world import World

Decide = Callable[..., Claim]
Kind, State = Adjustment.Kind, Adjustment.State

#: What the base claim pays.
PAYS = Decimal("198.76")
CLERICAL = "The place of service was keyed wrong"


@pytest.fixture
def payable(decided: Decide) -> Claim:
    claim = decided()
    assert (claim.status, claim.paid_amount) == (ClaimStatus.PAYABLE, PAYS)
    return claim


@pytest.fixture
def paid(payable: Claim) -> Claim:
    move_business_date(dt.date(2026, 2, 2))
    claim = again(payable)
    assert claim.status == ClaimStatus.PAID
    return claim


def refusal(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda refused: refused.code == code)


def events_about(claim: Claim) -> list[str]:
    events = Event.objects.filter(about_type="claims.claim", about_id=str(claim.pk)).order_by("pk")
    return list(events.values_list("verb", flat=True))


# ---------- reopening ----------


def test_a_reopened_claim_is_decided_anew_and_the_decision_points_to_the_one_before(
    paid: Claim, examiner: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks() as nudges:
        adjustment = reopen(paid, f"  {CLERICAL} ", by=examiner)
    assert len(nudges) == 1  # type: ignore[arg-type]
    assert (adjustment.state, adjustment.reason, adjustment.money_at_stake) == (State.APPROVED, CLERICAL, PAYS)
    assert (adjustment.asked_by, adjustment.settled_by) == (examiner, examiner)
    assert (again(paid).status, again(paid).queue_reason) == (ClaimStatus.QUEUED, "Clerical reopening")

    assert adjudicate_all() == 1
    first, second = Decision.objects.filter(claim=paid).order_by("number")
    adjustment.refresh_from_db()
    assert (second.previous, second.reason) == (first, "Clerical reopening")
    assert (adjustment.state, adjustment.from_decision, adjustment.to_decision) == (State.DONE, first, second)
    assert again(paid).current_decision == second
    assert events_about(paid) == ["claim_paid", "adjustment_proposed", "adjustment_approved"]
    assert discrepancies() == ()


def test_a_second_reopening_waits_for_the_first(payable: Claim, examiner: User, second_examiner: User) -> None:
    limit(examiner, "0.00")
    proposed = reopen(payable, CLERICAL, by=examiner)
    with refusal("already_open"):
        reopen(payable, "Something else", by=second_examiner)
    approve(proposed, by=second_examiner, reason="Seen")
    with refusal("not_adjustable"):
        reopen(payable, "Something else", by=second_examiner)
    adjudicate_all()
    assert reopen(payable, "Something else", by=second_examiner).state == State.APPROVED


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_reason_is_asked_for(payable: Claim, examiner: User, reason: str) -> None:
    with refusal("no_reason"):
        reopen(payable, reason, by=examiner)
    assert not Adjustment.objects.exists()


def test_a_reason_that_cannot_be_kept_whole_is_refused(payable: Claim, examiner: User) -> None:
    with refusal("reason_too_long"):
        reopen(payable, "x" * 501, by=examiner)
    assert reopen(payable, "x" * 500, by=examiner).reason == "x" * 500


@pytest.mark.parametrize("trait", ["on_hold", "suspended", "test_claim"])
def test_what_has_no_final_decision_or_is_a_test_is_not_reopened(world: World, examiner: User, trait: str) -> None:
    claim = world.claim(**{trait: True})
    with pytest.raises(Refused):
        reopen(claim, CLERICAL, by=examiner)
    assert again(claim).status == claim.status


def test_a_claim_in_the_queue_is_not_adjusted(world: World, examiner: User) -> None:
    with refusal("not_adjustable"):
        void(world.claim(), CLERICAL, by=examiner)


# ---------- time ----------


def test_after_a_year_a_good_cause_is_needed_and_kept(payable: Claim, examiner: User) -> None:
    clock.set_today(TODAY + dt.timedelta(days=365))
    adjustment = reopen(payable, CLERICAL, by=examiner)
    assert adjustment.good_cause == ""
    adjudicate_all()
    clock.set_today(TODAY + dt.timedelta(days=366))
    with refusal("needs_good_cause"):
        reopen(payable, CLERICAL, by=examiner)
    assert reopen(payable, CLERICAL, by=examiner, good_cause="A record was found").good_cause == "A record was found"


def test_the_time_runs_from_the_first_final_decision_and_not_from_the_last(payable: Claim, examiner: User) -> None:
    clock.set_today(TODAY + dt.timedelta(days=100))
    reopen(payable, CLERICAL, by=examiner)
    adjudicate_all()
    window = window_of(payable)
    assert window and window.any_reason_through == dt.date(2027, 1, 16)


def test_a_claim_on_hold_has_no_time_limit_and_may_be_voided(world: World, decided: Decide, examiner: User) -> None:
    held = decided(lines=[line("G0068", dt.date(2026, 3, 20))], received_on=dt.date(2026, 3, 24))
    assert (held.status, window_of(held)) == (ClaimStatus.ON_HOLD, None)
    assert void(held, "Billed by mistake", by=examiner).money_at_stake == Decimal("0.00")
    assert (again(held).status, again(held).next_look) == (ClaimStatus.VOIDED, None)


# ---------- authority ----------


def test_a_limit_of_exactly_what_is_at_stake_is_enough(payable: Claim, examiner: User) -> None:
    assert reopen(payable, CLERICAL, by=limit(examiner, "198.76")).state == State.APPROVED


def test_a_cent_above_the_limit_a_second_examiner_approves(
    payable: Claim, examiner: User, second_examiner: User
) -> None:
    proposed = reopen(payable, CLERICAL, by=limit(examiner, "198.75"))
    assert (proposed.state, again(payable).status) == (State.PROPOSED, ClaimStatus.PAYABLE)
    with refusal("own_request"):
        approve(proposed, by=examiner, reason="I am sure")
    limit(second_examiner, "198.75")
    with refusal("above_limit"):
        approve(proposed, by=second_examiner, reason="Seen")
    approved = approve(proposed, by=limit(second_examiner, "198.76"), reason="Seen")
    assert (approved.state, approved.settled_by, approved.settled_reason) == (State.APPROVED, second_examiner, "Seen")
    assert again(payable).status == ClaimStatus.QUEUED


def test_who_raises_their_own_limit_meanwhile_still_does_not_approve_their_own(payable: Claim, examiner: User) -> None:
    proposed = reopen(payable, CLERICAL, by=limit(examiner, "1.00"))
    limit(examiner, "1000.00")
    with refusal("own_request"):
        approve(proposed, by=examiner, reason="I may now")


def test_only_people_of_the_kinds_roles_ask_and_approve(
    payable: Claim, examiner: User, reviewer: User, supplier_person: User
) -> None:
    for person in (reviewer, supplier_person):
        with refusal("wrong_role"):
            reopen(payable, CLERICAL, by=person)
    with refusal("wrong_role"):
        adjust_by_review(payable, "The record shows it", by=examiner)
    proposed = propose(payable, Kind.HISTORY, "A drug bill was denied", by="the history sweep", cause="drug:1")
    with refusal("wrong_role"):
        approve(proposed, by=reviewer, reason="Seen")


def test_a_denied_claim_puts_at_stake_what_it_would_pay(world: World, decided: Decide) -> None:
    denied = decided(place_of_service="11")
    assert denied.status == ClaimStatus.DENIED
    assert money_at_stake(denied, Kind.REOPENING) == PAYS
    assert money_at_stake(denied, Kind.VOID) == Decimal("0.00")


def test_a_review_decides_anew_within_the_reviewers_limit(payable: Claim, reviewer: User) -> None:
    assert adjust_by_review(payable, "The record shows it", by=reviewer).state == State.APPROVED
    adjudicate_all()
    assert again(payable).current_decision.reason == "Medical review"  # type: ignore[union-attr]


# ---------- proposals of jobs, refusals ----------


def test_what_a_job_proposes_waits_for_a_person(payable: Claim, examiner: User) -> None:
    proposed = propose(
        payable,
        Kind.HISTORY,
        "The drug bill of January 2 was denied",
        by="the history sweep",
        cause="drug:7",
        at_stake=Decimal("12.30"),
    )
    assert (proposed.state, proposed.asked_by, proposed.asked_by_label) == (State.PROPOSED, None, "the history sweep")
    assert proposed.money_at_stake == Decimal("12.30")
    assert approve(proposed, by=limit(examiner, "12.30"), reason="Right").state == State.APPROVED


def test_a_cause_that_a_person_refused_is_not_proposed_again(payable: Claim, examiner: User) -> None:
    proposed = propose(payable, Kind.HISTORY, "A drug bill was denied", by="the history sweep", cause="drug:7")
    refuse(proposed, by=examiner, reason="The bill was wrong")
    assert again(payable).status == ClaimStatus.PAYABLE
    with refusal("refused_before"):
        propose(payable, Kind.HISTORY, "A drug bill was denied", by="the history sweep", cause="drug:7")
    assert propose(payable, Kind.HISTORY, "Another was denied", by="the history sweep", cause="drug:8")
    assert events_about(payable) == ["adjustment_proposed", "adjustment_refused", "adjustment_proposed"]


def test_what_is_settled_is_not_settled_again(payable: Claim, examiner: User, second_examiner: User) -> None:
    proposed = reopen(payable, CLERICAL, by=limit(examiner, "1.00"))
    refuse(proposed, by=second_examiner, reason="Not wrong")
    with refusal("already_settled"):
        approve(proposed, by=second_examiner, reason="Wrong after all")


def test_an_approval_is_about_what_stands_when_it_is_given(
    payable: Claim, examiner: User, second_examiner: User
) -> None:
    proposed = propose(payable, Kind.REOPENING, CLERICAL, by="a job", at_stake=Decimal("1.00"))
    requeue([payable.pk], "Something else moved")
    adjudicate_all()
    with refusal("above_limit"):
        approve(proposed, by=limit(second_examiner, "100.00"), reason="Seen")
    approved = approve(proposed, by=examiner, reason="Seen")
    assert (approved.money_at_stake, approved.from_decision_id) == (PAYS, again(payable).current_decision_id)


# ---------- voids ----------


def test_a_void_of_a_paid_claim_reverses_to_zero_and_nothing_stands_in_its_place(paid: Claim, examiner: User) -> None:
    adjustment = void(paid, "Billed by mistake", by=examiner)
    claim = again(paid)
    assert (adjustment.state, adjustment.to_decision, claim.status) == (State.DONE, None, ClaimStatus.VOIDED)
    held = balances()
    assert (held["benefit"], held["payable"]) == (Decimal("0.00"), Decimal("0.00"))
    assert sum(held.values()) == 0
    assert discrepancies() == ()
    assert events_about(paid) == ["claim_paid", "adjustment_proposed", "claim_voided"]
    assert adjudicate_all() == 0


def test_a_claim_voided_before_its_payment_day_is_never_paid_or_told(payable: Claim, examiner: User) -> None:
    void(payable, "Billed by mistake", by=examiner)
    move_business_date(dt.date(2026, 2, 2))
    assert not RemittedDecision.objects.exists()
    assert not LedgerTransfer.objects.filter(target="bank").exists()
    assert balances()["payable"] == 0


def test_a_void_above_the_limit_changes_nothing_before_it_is_approved(
    payable: Claim, examiner: User, second_examiner: User
) -> None:
    proposed = void(payable, "Billed by mistake", by=limit(examiner, "198.75"))
    assert (again(payable).status, balances()["payable"]) == (ClaimStatus.PAYABLE, PAYS)
    approve(proposed, by=second_examiner, reason="So it was")
    assert (again(payable).status, balances()["payable"]) == (ClaimStatus.VOIDED, 0)


def test_what_is_voided_is_not_adjusted_again(payable: Claim, examiner: User) -> None:
    void(payable, "Billed by mistake", by=examiner)
    for act in (reopen, void):
        with refusal("not_adjustable"):
            act(payable, CLERICAL, by=examiner)


# ---------- two people at once ----------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("acts", [(approve, approve), (approve, refuse)], ids=["both approve", "one refuses"])
def test_of_two_people_at_once_one_settles_and_the_other_is_told(
    payable: Claim, examiner: User, second_examiner: User, acts: tuple[Callable[..., Adjustment], ...]
) -> None:
    proposed = propose(payable, Kind.HISTORY, "A drug bill was denied", by="the history sweep", cause="drug:7")
    together = Barrier(2)

    def settle(act: Callable[..., Adjustment], person: User) -> str:
        try:
            together.wait()
            act(proposed, by=person, reason="Seen")
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "settled"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(settle, acts, (examiner, second_examiner)))
    assert sorted(outcomes) == ["already_settled", "settled"]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_reopen_at_once_one_is_refused(payable: Claim, examiner: User, second_examiner: User) -> None:
    together = Barrier(2)

    def ask(person: User) -> str:
        try:
            together.wait()
            reopen(payable, CLERICAL, by=person)
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "reopened"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(ask, (examiner, second_examiner)))
    assert sorted(outcomes) == ["refused", "reopened"]
    assert Adjustment.objects.count() == 1
    adjudicate_all()
    assert Decision.objects.filter(claim=payable).count() == 2
