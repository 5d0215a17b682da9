"""Determinations: what they do to the next decision, what cannot be set aside, limits and the second person."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Event, Role, User
from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.engine import decide
from claims.adjudication.queue import requeue
from claims.daily import move_business_date
from claims.determinations.actions import approve, give_drug_category, grant_more_time, override, refuse, revoke, waive
from claims.determinations.timely_filing import Ground, earliest_recovery, extended_through
from claims.models import Adjustment, Claim, ClaimStatus, Decision, Determination, DeterminationApproval
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.claims.determinations.scene import (
    WOULD_PAY,
    Decide,
    decide_again,
    late,
    line,
    not_at_home,
    person_with_limit,
)
from tests.factories.beneficiaries import DrugBillFactory
from tests.factories.world import World, base_world

pytestmark = pytest.mark.django_db

CENT = Decimal("0.01")
State = Determination.State


def refused(code: str) -> Any:
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


# ---------- an override ----------


def test_an_override_lets_the_line_pay_and_the_edit_stays_in_the_record(decided: Decide, examiner: User) -> None:
    claim = not_at_home(decided)
    assert claim.status == ClaimStatus.DENIED
    made = override(claim, "HIT-105", 1, reason=" The home is the clinic's  annex ", by=examiner)
    claim = decide_again(claim)
    assert (claim.status, claim.paid_amount) == (ClaimStatus.PAYABLE, WOULD_PAY)
    (finding,) = [
        found for found in decision_from_json(claim.current_decision.trace).lines[0].findings if found.edit == "HIT-105"
    ]
    assert finding.set_aside == f"Override by {examiner.email}, January 16, 2026"
    assert (made.reason, made.money_at_stake, made.state) == ("The home is the clinic's annex", WOULD_PAY, State.STANDS)


def test_an_override_of_one_line_leaves_the_others_denied(decided: Decide, examiner: User) -> None:
    lines = [line("G0088", dt.date(2026, 1, 5)), line("G0068", dt.date(2026, 1, 7))]
    claim = not_at_home(decided, lines=lines)
    override(claim, "HIT-105", 2, reason="Seen", by=examiner)
    claim = decide_again(claim)
    assert [each.outcome for each in claim.current_decision.lines.order_by("number")] == ["deny", "pay"]


def test_a_determination_leaves_one_event_with_what_was_at_stake(decided: Decide, examiner: User) -> None:
    claim = not_at_home(decided)
    override(claim, "HIT-105", None, reason="Seen", by=examiner)
    (event,) = Event.objects.filter(verb="determination_made", about_id=str(claim.pk))
    assert event.sentence == "Override of HIT-105: Seen"
    assert event.data["money_at_stake"] == str(WOULD_PAY)


def test_the_stored_facts_carry_the_determination_so_that_a_replay_gives_the_same(
    decided: Decide, examiner: User
) -> None:
    claim = not_at_home(decided)
    override(claim, "HIT-105", 1, reason="Seen", by=examiner)
    stored = decide_again(claim).current_decision
    facts = facts_from_json(stored.facts)
    assert [(each.kind, each.by, each.edit, each.line) for each in facts.determinations] == [
        ("override", examiner.email, "HIT-105", 1)
    ]
    assert decide(facts, tables_as_known()) == decision_from_json(stored.trace)


@pytest.mark.parametrize(
    ("given", "edit"),
    [
        ({"lines": [line("99601", dt.date(2026, 1, 5))]}, "HIT-103"),
        ({"lines": [line("G0088", dt.date(2020, 12, 31))]}, "HIT-101"),
        ({"beneficiary": None, "mbi": "9AA9AA9AA99", "patient_last_name": "Nobody"}, "HIT-301"),
    ],
)
def test_what_is_absolute_cannot_be_overridden(
    decided: Decide, examiner: User, given: dict[str, object], edit: str
) -> None:
    claim = decided(**given)
    assert edit in claim.edits
    with refused("absolute") as refusal:
        override(claim, edit, None, reason="Please", by=examiner)
    assert "cannot be set aside" in str(refusal.value)
    assert not Determination.objects.exists()
    assert decide_again(claim).current_decision == claim.current_decision, "nothing was asked for"


@pytest.mark.parametrize(
    ("edit", "line_number", "reason", "code"),
    [
        ("HIT-102", None, "Late", "own_kind"),
        ("HIT-504", None, "A drug", "own_kind"),
        ("HIT-201", None, "Why not", "does_not_decide"),
        ("HIT-105", 2, "Why not", "does_not_decide"),
        ("HIT-105", 1, "   ", "no_reason"),
        ("HIT-105", 1, "x" * 501, "reason_too_long"),
    ],
)
def test_a_wrong_override_is_refused_in_words(
    decided: Decide, examiner: User, edit: str, line_number: int | None, reason: str, code: str
) -> None:
    claim = not_at_home(decided)
    with refused(code):
        override(claim, edit, line_number, reason=reason, by=examiner)


def test_only_who_works_claims_overrides_and_only_who_reviews_gives_a_category(
    decided: Decide, reviewer: User, administrator: User, examiner: User
) -> None:
    claim = not_at_home(decided)
    for person in (reviewer, administrator):
        with refused("wrong_role"):
            override(claim, "HIT-105", 1, reason="Seen", by=person)
    with refused("wrong_role"):
        give_drug_category(claim, 1, reason="Seen", by=examiner)


def test_a_claim_in_the_queue_a_test_claim_and_a_voided_one_are_refused(
    decided: Decide, world: World, examiner: User
) -> None:
    queued = not_at_home(decided)
    requeue([queued.pk], "A test")
    test = not_at_home(decided)
    Claim.objects.filter(pk=test.pk).update(is_test=True)
    voided = not_at_home(decided)
    Claim.objects.filter(pk=voided.pk).update(status=ClaimStatus.VOIDED)
    requeue([queued.pk], "A test")
    for claim, code in ((test, "test_claim"), (voided, "not_now")):
        with refused(code):
            override(claim, "HIT-105", 1, reason="Seen", by=examiner)
    Claim.objects.filter(pk=queued.pk).update(status=ClaimStatus.QUEUED, queue_number=10**9)
    with refused("not_now"):
        override(queued, "HIT-105", 1, reason="Seen", by=examiner)


# ---------- the second person ----------


@pytest.mark.parametrize(("over", "needs"), [(Decimal(0), False), (CENT, True)])
def test_the_limit_covers_what_is_at_stake_to_the_cent(decided: Decide, over: Decimal, needs: bool, db: None) -> None:
    person = person_with_limit(WOULD_PAY - over)
    claim = not_at_home(decided)
    made = override(claim, "HIT-105", 1, reason="Seen", by=person)
    assert (made.needs_approval, made.state) == (needs, State.PROPOSED if needs else State.STANDS)
    assert decide_again(claim).status == (ClaimStatus.DENIED if needs else ClaimStatus.PAYABLE)


def test_two_lines_share_one_deductible_in_what_is_at_stake(world: World, decided: Decide, examiner: User) -> None:
    world.beneficiary.deductibles_elsewhere.all().delete()
    claim = not_at_home(decided, lines=[line("G0088", dt.date(2026, 1, 5)), line("G0068", dt.date(2026, 1, 7))])
    made = override(claim, "HIT-105", None, reason="Seen", by=examiner)
    assert made.money_at_stake == decide_again(claim).paid_amount > 0


def test_what_waits_counts_from_the_approval_of_another_person(decided: Decide, examiner: User) -> None:
    person = person_with_limit(Decimal(0))
    claim = not_at_home(decided)
    made = override(claim, "HIT-105", 1, reason="Seen", by=person)
    requeue([claim.pk], "Something else")
    assert decide_again(claim).status == ClaimStatus.DENIED, "a decision in between does not see it"
    approve(made, reason="I saw it too", by=examiner)
    claim = decide_again(claim)
    assert (claim.status, claim.paid_amount) == (ClaimStatus.PAYABLE, WOULD_PAY)
    assert Determination.objects.get().state == State.STANDS


def test_nobody_is_their_own_second_person_and_the_second_persons_limit_counts_too(
    decided: Decide, reviewer: User
) -> None:
    first, poor = person_with_limit(Decimal(0)), person_with_limit(WOULD_PAY - CENT, name="Pia Poor")
    just = person_with_limit(WOULD_PAY, name="Jon Just")
    made = override(not_at_home(decided), "HIT-105", 1, reason="Seen", by=first)
    for person, code in ((first, "own_determination"), (poor, "above_limit"), (reviewer, "wrong_role")):
        with refused(code):
            approve(made, reason="Yes", by=person)
    assert approve(made, reason="Yes", by=just).is_granted


def test_what_was_refused_never_counts_and_is_not_settled_twice(decided: Decide, examiner: User) -> None:
    claim = not_at_home(decided)
    poor = person_with_limit(Decimal(0), name="Pia Poor")
    made = override(claim, "HIT-105", 1, reason="Seen", by=person_with_limit(Decimal(0)))
    refuse(made, reason="Not shown", by=poor)
    with refused("already_settled"):
        approve(made, reason="Yes", by=examiner)
    requeue([claim.pk], "Something else")
    assert decide_again(claim).status == ClaimStatus.DENIED
    assert Determination.objects.get().state == State.REFUSED


def test_the_same_is_not_proposed_twice(decided: Decide) -> None:
    person = person_with_limit(Decimal(0))
    claim = not_at_home(decided)
    override(claim, "HIT-105", 1, reason="Seen", by=person)
    with refused("already_waiting"):
        override(claim, "HIT-105", 1, reason="Seen again", by=person)


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_is_told_that_the_other_was_faster(decided: Decide) -> None:
    made = override(not_at_home(decided), "HIT-105", 1, reason="Seen", by=person_with_limit(Decimal(0)))
    people = [make_person(f"Approver {number}", Role.EXAMINER) for number in range(2)]
    barrier, outcomes = threading.Barrier(2), []

    def work(person: User) -> None:
        try:
            barrier.wait()
            approve(made, reason="Yes", by=person)
            outcomes.append("approved")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_settled", "approved"]
    assert DeterminationApproval.objects.count() == 1


# ---------- a waiver ----------


def test_a_waiver_always_needs_a_second_person_and_has_an_end(decided: Decide, examiner: User) -> None:
    claim = not_at_home(decided)
    with refused("ends_before_receipt"):
        waive(claim, "HIT-105", claim.received_on - dt.timedelta(days=1), reason="Flood", by=examiner)
    made = waive(claim, "HIT-105", claim.received_on, reason="Flood", by=examiner)
    assert made.needs_approval, "although the examiner has no limit"
    assert decide_again(claim).status == ClaimStatus.DENIED
    approve(made, reason="Agreed", by=make_person("Second Examiner", Role.EXAMINER))
    assert decide_again(claim).status == ClaimStatus.PAYABLE


# ---------- timely filing ----------


def test_more_time_is_granted_on_a_ground_of_the_regulation(world: World, decided: Decide, examiner: User) -> None:
    clock.set_today(dt.date(2027, 2, 1))
    claim = late(decided)
    assert "HIT-102" in claim.edits
    day = dt.date(2026, 7, 1)
    made = grant_more_time(claim, Ground.ERROR, day, reason="Letter of July 1", by=examiner)
    assert (made.value, made.until) == ("error", dt.date(2027, 1, 31))
    claim = decide_again(claim)
    assert "HIT-102" not in claim.edits


def test_time_that_ended_before_the_claim_came_is_refused(world: World, decided: Decide, examiner: User) -> None:
    clock.set_today(dt.date(2027, 2, 1))
    with refused("still_too_late") as refusal:
        grant_more_time(late(decided), Ground.ENTITLEMENT, dt.date(2026, 6, 30), reason="Notice", by=examiner)
    assert "through December 31, 2026" in str(refusal.value)


def test_a_recovery_counts_from_six_months_after_the_visit(world: World, decided: Decide, examiner: User) -> None:
    clock.set_today(dt.date(2027, 2, 1))
    claim = late(decided)
    with refused("recovered_too_early"):
        grant_more_time(claim, Ground.MEDICAID, dt.date(2026, 7, 4), reason="Recoupment", by=examiner)
    assert grant_more_time(claim, Ground.MEDICAID, dt.date(2026, 7, 5), reason="Recoupment", by=examiner)


def test_more_time_is_refused_for_a_claim_in_time_and_for_a_day_to_come(decided: Decide, examiner: User) -> None:
    with refused("does_not_decide"):
        grant_more_time(not_at_home(decided), Ground.ERROR, dt.date(2026, 1, 5), reason="Letter", by=examiner)
    clock.set_today(dt.date(2027, 2, 1))
    with refused("to_come"):
        grant_more_time(late(decided), Ground.ERROR, dt.date(2027, 2, 2), reason="Letter", by=examiner)


@given(st.dates(dt.date(2021, 1, 1), dt.date(2035, 12, 31)))
def test_the_extension_is_the_last_day_of_the_sixth_month_after(day: dt.date) -> None:
    through = extended_through(day)
    assert (through + dt.timedelta(days=1)).day == 1
    assert (through.year * 12 + through.month) - (day.year * 12 + day.month) == 6


def test_six_months_after_the_end_of_august_is_the_end_of_february() -> None:
    assert earliest_recovery(dt.date(2026, 8, 31)) == dt.date(2027, 2, 28)
    assert earliest_recovery(dt.date(2027, 8, 31)) == dt.date(2028, 2, 29)


# ---------- the category of a drug ----------


def test_a_reviewer_gives_the_category_of_a_drug_without_a_code(world: World, decided: Decide, reviewer: User) -> None:
    other = base_world(beneficiary={"mbi__mbi": "1EG4TE5MK74"}, supplier={"npi": "1234567802"}, drug_bill=None)
    DrugBillFactory(beneficiary=other.beneficiary, without_code=True)
    claim = decided(beneficiary=other.beneficiary, supplier=other.supplier)
    assert claim.edits == ["HIT-504"]
    give_drug_category(claim, 1, reason="Milrinone, by the order", by=reviewer)
    claim = decide_again(claim)
    assert (claim.status, claim.edits) == (ClaimStatus.PAYABLE, [])


# ---------- the end of a determination ----------


def test_a_revoked_determination_is_not_seen_by_the_next_decision(decided: Decide, examiner: User) -> None:
    claim = not_at_home(decided)
    made = override(claim, "HIT-105", 1, reason="Seen", by=examiner)
    assert decide_again(claim).status == ClaimStatus.PAYABLE
    revoke(made, reason="It was another claim", by=examiner)
    claim = decide_again(claim)
    assert claim.status == ClaimStatus.DENIED
    assert facts_from_json(claim.current_decision.facts).determinations == ()
    assert Decision.objects.filter(claim=claim).count() == 3
    with refused("does_not_stand"):
        revoke(made, reason="Again", by=examiner)


def test_what_waits_is_withdrawn_without_a_new_decision(decided: Decide) -> None:
    person = person_with_limit(Decimal(0))
    claim = not_at_home(decided)
    made = override(claim, "HIT-105", 1, reason="Seen", by=person)
    revoke(made, reason="A mistake", by=person)
    assert decide_again(claim).decisions.count() == 1
    assert not Determination.objects.awaiting_approval().exists()


def test_a_determination_is_never_changed(decided: Decide, examiner: User) -> None:
    made = override(not_at_home(decided), "HIT-105", 1, reason="Seen", by=examiner)
    only_added = pytest.raises(ProgrammingError, match="rows of claims_determination are only ever added")
    with only_added, connection.cursor() as cursor:
        cursor.execute("UPDATE claims_determination SET reason = 'Other' WHERE id = %s", [made.pk])


# ---------- a paid claim ----------


def test_on_a_paid_claim_a_determination_goes_by_way_of_a_reopening(decided: Decide, examiner: User) -> None:
    lines = [line("G0088", dt.date(2026, 1, 5)), {**line("G0068", dt.date(2026, 1, 7)), "place_of_service": "11"}]
    claim = decided(lines=lines)
    before = claim.paid_amount
    move_business_date(claim.payment_day)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID
    override(claim, "HIT-105", 2, reason="Seen", by=examiner)
    claim = decide_again(claim)
    adjustment = Adjustment.objects.get()
    assert (adjustment.kind, adjustment.state) == (Adjustment.Kind.REOPENING, Adjustment.State.DONE)
    assert claim.status == ClaimStatus.PAYABLE
    assert claim.paid_amount > before > 0


def test_on_a_claim_paid_a_year_ago_the_refusal_says_to_reopen_it_with_a_good_cause_first(
    decided: Decide, examiner: User
) -> None:
    lines = [line("G0088", dt.date(2026, 1, 5)), {**line("G0068", dt.date(2026, 1, 7)), "place_of_service": "11"}]
    claim = decided(lines=lines)
    move_business_date(claim.payment_day)
    clock.set_today(dt.date(2027, 1, 17))
    with refused("needs_good_cause") as refusal:
        override(claim, "HIT-105", 2, reason="Seen", by=examiner)
    assert str(refusal.value).endswith("Reopen the claim with it first; then decide about it.")
    assert not Determination.objects.exists(), "all of it or nothing"
