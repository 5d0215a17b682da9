"""How cases come to be: by the outbox, by suspending edits, by hand, by draw; and those that became pointless."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from claims.adjustments.actions import void
from claims.determinations.actions import override
from claims.determinations.referrals import end_referral, send_to_review
from claims.models import Claim, ClaimStatus, ClockStop, ReviewReferral
from claims.models.determination import held_by_hand
from claims.payment.actions import run_payment_day
from medical_review.actions.closing import close_pointless
from medical_review.actions.drawing import Criteria, draw_again, draw_sample
from medical_review.actions.opening import open_by_hand, open_due_cases
from medical_review.models import Case, Draw
from medical_review.sampling import at_random, largest
from medical_review.states import CaseState
from policy import clock
from policy.refusals import Refused
from tests.claims.pages.scene import TODAY, line
from tests.factories.world import World
from tests.medical_review.scene import FIRST, decide

Selection = Case.Selection


def test_a_claim_that_an_edit_of_a_reviewers_suspends_gets_one_case(suspended: Claim) -> None:
    assert [open_due_cases(), open_due_cases()] == [1, 0]
    case = Case.objects.get()
    assert (case.selection, case.edits, case.kind) == (Selection.EDIT, ["HIT-404"], Case.Kind.PREPAYMENT)
    assert (case.needs, case.decide_by) == (["intravenous"], TODAY + dt.timedelta(days=30))
    assert Claim.objects.filter(held_by_hand(), pk=suspended.pk).exists()
    assert ClockStop.objects.get().stopped_on == TODAY


def test_a_missing_amount_waits_for_an_administrator(payable: World) -> None:
    claim = decide(payable.claim(patient_zip="99999"))
    assert (claim.status, claim.edits) == (ClaimStatus.SUSPENDED, ["HIT-901"])
    assert open_due_cases() == 0


def test_a_supplier_under_prepayment_review_says_how_it_was_selected(payable: World) -> None:
    payable.supplier.prepaymentreviews.create(in_force=(dt.date(2026, 1, 1), None))
    decide(payable.claim())
    open_due_cases()
    assert Case.objects.get().selection == Selection.PREPAYMENT_REVIEW


def test_a_referral_becomes_a_case_with_its_words(payable: World, examiner: User) -> None:
    claim = decide(payable.claim())
    referral = send_to_review(claim, reason="The visits look long", by=examiner)
    open_due_cases()
    case = Case.objects.get()
    assert (case.selection, case.why, case.referral) == (Selection.REFERRAL, "The visits look long", referral)


def test_opening_takes_as_many_queries_for_ten_claims_as_for_two(
    incomplete: World, django_assert_num_queries: Callable[..., Any]
) -> None:
    days = (FIRST + dt.timedelta(days=number) for number in range(12))
    for count in (2, 10):
        for _ in range(count):
            decide(incomplete.claim(lines=[line("G0068", next(days))]))
        with django_assert_num_queries(18):
            assert open_due_cases() == count


@pytest.mark.parametrize("paid", [False, True])
def test_a_claim_is_chosen_by_hand_before_and_after_its_payment(payable: World, examiner: User, paid: bool) -> None:
    claim = decide(payable.claim())
    if paid:
        clock.set_today(claim.payment_day)
        run_payment_day(claim.payment_day)
        claim.refresh_from_db()
    case = open_by_hand(claim, why="Seen in a report", by=examiner)
    assert case.kind == (Case.Kind.POSTPAYMENT if paid else Case.Kind.PREPAYMENT)
    assert ReviewReferral.objects.standing().exists() is not paid
    with pytest.raises(Refused, match=case.number):
        open_by_hand(claim, why="Again", by=examiner)


def test_what_is_held_for_review_is_not_paid(payable: World, examiner: User) -> None:
    claim = decide(payable.claim())
    open_by_hand(claim, why="Seen in a report", by=examiner)
    assert claim.payment_day is not None
    clock.set_today(claim.payment_day)
    assert run_payment_day(claim.payment_day).remittances == 0


# ---------- pointless ----------


def test_a_voided_claim_closes_its_case(suspended: Claim, examiner: User) -> None:
    open_due_cases()
    void(suspended, "Billed twice", by=examiner)
    assert close_pointless() == 1
    case = Case.objects.get()
    assert (case.state, case.ended_why) == (CaseState.CLOSED, "The claim was voided.")


def test_a_claim_called_back_closes_its_case(payable: World, examiner: User) -> None:
    referral = send_to_review(decide(payable.claim()), reason="The visits look long", by=examiner)
    open_due_cases()
    end_referral(referral, reason="A mistake", by=examiner)
    close_pointless()
    assert Case.objects.get().ended_why == "Erin Examiner called the claim back: A mistake"
    assert open_due_cases() == 0


def test_an_override_before_anybody_began_closes_the_case_and_frees_the_claim(suspended: Claim, examiner: User) -> None:
    open_due_cases()
    override(suspended, "HIT-404", None, reason="The addendum came", by=examiner)
    assert decide(suspended).status == ClaimStatus.PAYABLE
    close_pointless()
    assert Case.objects.get().state == CaseState.CLOSED
    assert not Claim.objects.filter(held_by_hand(), pk=suspended.pk).exists()


def test_a_case_in_review_outlives_an_override(case: Case, examiner: User) -> None:
    override(case.claim, "HIT-404", None, reason="The addendum came", by=examiner)
    decide(case.claim)
    assert close_pointless() == 0
    assert Claim.objects.filter(held_by_hand(), pk=case.claim_id).exists()


# ---------- draws ----------


@pytest.fixture
def drawn_from(payable: World) -> list[Claim]:
    """Six payable claims with charges of 401 to 406 dollars, one a week."""
    days = [FIRST + dt.timedelta(days=number) for number in range(6)]
    return [decide(payable.claim(lines=[line("G0068", day, 401 + at)])) for at, day in enumerate(days)]


CRITERIA = Criteria(TODAY, TODAY, before_payment=True)


def test_a_random_draw_keeps_its_frame_and_is_drawn_again(drawn_from: list[Claim], reviewer: User) -> None:
    draw = draw_sample(CRITERIA, "random", 2, by=reviewer, seed="a seed")
    assert draw.frame == sorted(str(claim) for claim in drawn_from)
    assert draw.sample == draw_again(Draw.objects.get())
    assert [str(case.claim) for case in draw.cases.order_by("draw_position")] == draw.sample
    call_command("draw_review_sample", "--again", str(draw.pk))


def test_a_draw_whose_frame_was_altered_is_found_out(drawn_from: list[Claim], reviewer: User) -> None:
    draw = draw_sample(CRITERIA, "random", 2, by=reviewer, seed="a seed")
    draw.frame[0] = "0226016999999"
    with pytest.raises(ValueError, match="does not have the hash"):
        draw_again(draw)


def test_the_largest_amounts_are_drawn(drawn_from: list[Claim], reviewer: User) -> None:
    draw = draw_sample(CRITERIA, "amount", 2, by=reviewer)
    assert draw.sample == [str(drawn_from[5]), str(drawn_from[4])]


def test_the_command_draws_for_a_reviewer(drawn_from: list[Claim], reviewer: User) -> None:
    asked = ["--from", "2026-01-16", "--through", "2026-01-16", "--before-payment", "--size", "3"]
    call_command("draw_review_sample", *asked, "--by", reviewer.email)
    assert Case.objects.filter(selection=Selection.RANDOM).count() == 3
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("draw_review_sample", *asked, "--by", "nobody@example.org")


def test_nothing_in_the_frame_is_refused(payable: World, reviewer: User) -> None:
    with pytest.raises(Refused, match="No claim meets"):
        draw_sample(CRITERIA, "random", 2, by=reviewer)


def test_each_claim_is_as_likely_and_the_seed_decides() -> None:
    frame = [(f"{number:013d}", number) for number in range(100)]
    samples = [at_random(frame, f"seed {number}", 10) for number in range(400)]  # type: ignore[arg-type]
    often = [sum(icn in sample for sample in samples) for icn, _ in frame]
    assert 15 < min(often) <= max(often) < 70
    assert at_random(frame, "seed 1", 10) == samples[1]  # type: ignore[arg-type]
    assert largest(frame, "x", 3) == [icn for icn, _ in frame[:-4:-1]]  # type: ignore[arg-type]
