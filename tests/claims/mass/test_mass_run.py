"""Approval by a second person, the run in portions with pause, resume and crash, and what is left out on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError, transaction

from accounts.models import Event, Role, User
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import reopen, void
from claims.daily import move_business_date
from claims.mass import previewing, running
from claims.mass.actions import approve, cancel, make, pause, preview, resume
from claims.mass.listing import Item
from claims.mass.readers import claims_of, left_out_by_reason, standing
from claims.mass.working import Did, step, work_all
from claims.models import Adjustment, Claim, ClaimStatus, Decision, MassAdjustment, MassState, RemittedDecision
from claims.pages.keyset import FIRST
from claims.payment.ledger import discrepancies
from policy import clock
from policy.readers import current_publication
from policy.refusals import Refused
from tests.claims.adjustments.conftest import limit
from tests.claims.mass.conftest import (
    PAID,
    TITLE,
    WHY,
    again,
    approved,
    decided,
    line,
    pay_all,
    previewed,
    publish_amount,
    worked,
    world_of,
)
from tests.claims.mass.test_mass_preview import refusal, sentences
from tests.factories.world import World


@pytest.fixture
def three(world: World) -> list[Claim]:
    """Three patients' paid claims; the amount of their initial visit is published anew."""
    claims = [decided(world), decided(world_of(1)), decided(world_of(2))]
    pay_all()
    publish_amount("100.00")
    return claims


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of one claim."""
    monkeypatch.setattr(running, "PORTION", 1)


def states(mass: MassAdjustment) -> list[str]:
    return list(mass.claims.values_list("state", flat=True))


def decisions(claim: Claim) -> int:
    return claim.decisions.count()


# ---------- the second person ----------


def test_who_made_it_never_approves_it(three: list[Claim], examiner: User, second: User) -> None:
    mass = previewed(examiner)
    with refusal("own_request"):
        approve(mass, by=examiner, reason="I am sure")
    assert approve(mass, by=second, reason=" Seen  it ").approved_reason == "Seen it"


def test_the_database_holds_that_two_people_are_two(three: list[Claim], examiner: User) -> None:
    mass = previewed(examiner)
    with pytest.raises(IntegrityError), transaction.atomic():
        MassAdjustment.objects.filter(pk=mass.pk).update(approved_by=examiner)


def test_a_limit_of_exactly_what_is_at_stake_is_enough(three: list[Claim], examiner: User, second: User) -> None:
    mass = previewed(examiner)
    assert mass.at_stake > 0
    with refusal("above_limit"):
        approve(mass, by=limit(second, str(mass.at_stake - Decimal("0.01"))), reason="Seen")
    assert approve(mass, by=limit(second, str(mass.at_stake)), reason="Seen").state == MassState.APPROVED


def test_what_some_gain_and_others_lose_is_at_stake_both(world: World, examiner: User, second: User) -> None:
    """One claim pays more and one less: the sum is small and the stake is not."""
    decided(world, line("G0088", 5))
    decided(world_of(1), line("G0068", 5))
    publish_amount("100.00")
    publish_amount("300.00", "G0068")
    mass = previewed(examiner)
    differences = [item.difference for item in mass.claims.all()]
    assert min(differences) < 0 < max(differences)
    assert mass.at_stake == sum(map(abs, differences)) > abs(mass.difference)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.EXAMINER, True), (Role.ADMINISTRATOR, True), (Role.REVIEWER, False), (Role.SUPPLIER, False)]
)
def test_examiners_and_administrators_approve(three: list[Claim], examiner: User, role: Role, may: bool) -> None:
    person = User.objects.create_user("other@example.org", name="Other", role=role)
    mass = previewed(examiner)
    if may:
        assert approve(mass, by=person, reason="Seen").approved_by == person
    else:
        with refusal("wrong_role"):
            approve(mass, by=person, reason="Seen")


def test_nothing_is_approved_where_nothing_changes(world: World, examiner: User, second: User) -> None:
    decided(world)
    with refusal("nothing_changes"):
        approve(previewed(examiner), by=second, reason="Seen")


def test_only_a_whole_preview_is_approved(three: list[Claim], examiner: User, second: User) -> None:
    mass = make(TITLE, WHY, "all", by=examiner)
    with refusal("moved_on"):
        approve(mass, by=second, reason="Seen")
    preview(mass, by=examiner)
    with refusal("moved_on"):
        approve(mass, by=second, reason="Seen")


def test_a_preview_of_seven_days_is_approved_and_one_of_eight_is_not(
    three: list[Claim], examiner: User, second: User
) -> None:
    mass = previewed(examiner)
    clock.set_today(PAID + dt.timedelta(days=8))
    with refusal("stale"):
        approve(mass, by=second, reason="Seen")
    clock.set_today(PAID + dt.timedelta(days=7))
    assert approve(mass, by=second, reason="Seen").state == MassState.APPROVED


def test_tables_that_are_published_after_the_preview_ask_for_another(
    three: list[Claim], examiner: User, second: User
) -> None:
    mass = previewed(examiner)
    publish_amount("110.00")
    with refusal("other_tables"):
        approve(mass, by=second, reason="Seen")
    mass = worked(preview(mass, by=examiner))
    assert approve(mass, by=second, reason="Seen").publication == current_publication()


def test_a_renewed_program_asks_for_another_preview(
    three: list[Claim], examiner: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mass = previewed(examiner)
    monkeypatch.setattr("claims.mass.checks.ENGINE_VERSION", "another")
    with refusal("other_engine"):
        approve(mass, by=second, reason="Seen")


# ---------- the run ----------


def test_each_claim_is_decided_anew_and_paid_anew_and_says_why(
    three: list[Claim], examiner: User, second: User
) -> None:
    mass = worked(approved(examiner, second))
    assert (mass.state, mass.ended_on, states(mass)) == (MassState.DONE, PAID, [Item.State.DECIDED] * 3)
    for item in mass.claims.all():
        claim = again(item.claim)
        adjustment = claim.adjustments.get()
        assert (adjustment.kind, adjustment.state, adjustment.mass) == ("mass", "done", mass)
        assert (adjustment.asked_by, adjustment.settled_by, adjustment.reason) == (examiner, second, WHY)
        assert adjustment.money_at_stake == abs(item.difference)
        assert (adjustment.from_decision_id, adjustment.to_decision_id) == (item.decision_id, claim.current_decision_id)
        assert claim.current_decision and claim.current_decision.reason == f"Mass adjustment {mass.pk}: {TITLE}"
        assert claim.paid_amount == item.after
    events = Event.objects.filter(verb="adjustment_approved", about_type="claims.claim")
    assert sorted(events.values_list("about_id", flat=True)) == sorted(str(claim.pk) for claim in three)
    assert discrepancies() == ()


def test_the_next_remittance_tells_reversal_and_correction(three: list[Claim], examiner: User, second: User) -> None:
    worked(approved(examiner, second))
    move_business_date(dt.date(2026, 2, 6))
    for claim in three:
        told = RemittedDecision.objects.filter(claim=claim).order_by("pk").values_list("is_reversal", flat=True)
        assert sorted(told) == [False, False, True]
        assert again(claim).status == ClaimStatus.PAID
    assert discrepancies() == ()


def test_claims_that_come_out_the_same_are_left_alone(world: World, examiner: User, second: User) -> None:
    changes, same = decided(world), decided(world_of(1), line("G0068", 5))
    publish_amount("100.00")
    worked(approved(examiner, second))
    assert (decisions(changes), decisions(same)) == (2, 1)
    assert not same.adjustments.exists()


def test_a_claim_that_is_not_paid_yet_is_decided_anew_too(world: World, examiner: User, second: User) -> None:
    claim = decided(world)
    publish_amount("100.00")
    worked(approved(examiner, second))
    assert (again(claim).status, decisions(claim)) == (ClaimStatus.PAYABLE, 2)


def test_the_pause_holds_after_the_portion_and_the_rest_goes_on_later(
    three: list[Claim], examiner: User, second: User, one_by_one: None
) -> None:
    mass = approved(examiner, second)
    assert [step(mass.pk), step(mass.pk)] == [Did.WORKED, Did.WORKED]
    pause(mass, by=examiner)
    mass = worked(mass)
    assert (mass.state, states(mass)) == (MassState.PAUSED, ["asked", "changes", "changes"])
    assert Claim.objects.filter(status=ClaimStatus.QUEUED).count() == 1
    adjudicate_all()
    assert states(worked(mass)) == ["decided", "changes", "changes"], "what was asked is decided and noted"
    resume(mass, by=second)
    mass = worked(mass)
    assert (mass.state, states(mass)) == (MassState.DONE, ["decided"] * 3)
    assert [decisions(claim) for claim in three] == [2, 2, 2]


def test_a_cancelled_run_leaves_what_was_decided(
    three: list[Claim], examiner: User, second: User, one_by_one: None
) -> None:
    mass = approved(examiner, second)
    step(mass.pk)
    step(mass.pk)
    cancel(mass, by=examiner)
    adjudicate_all()
    assert work_all() == 1, "the decision that was asked for is noted"
    assert work_all() == 0
    mass = worked(mass)
    assert (mass.state, states(mass)) == (MassState.CANCELLED, ["decided", "changes", "changes"])
    assert [decisions(claim) for claim in three] == [2, 1, 1]


def test_a_crash_in_the_middle_of_a_portion_leaves_nothing_of_it_and_nothing_is_done_twice(
    three: list[Claim], examiner: User, second: User, one_by_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    mass = approved(examiner, second)
    asked = []

    def breaks(ids: list[int], *given: object, **named: object) -> None:
        asked.append(ids)
        if len(asked) == 2:
            raise OperationalError("the server closed the connection")
        requeue(ids, *given, **named)  # type: ignore[arg-type]

    requeue = running.requeue
    monkeypatch.setattr(running, "requeue", breaks)
    with pytest.raises(OperationalError):
        worked(mass)
    assert states(mass) == ["decided", "changes", "changes"]
    assert Adjustment.objects.count() == 1
    assert work_all() == 1
    assert (worked(mass).state, states(mass)) == (MassState.DONE, ["decided"] * 3)
    assert [decisions(claim) for claim in three] == [2, 2, 2]
    assert Adjustment.objects.filter(state="done").count() == 3
    assert discrepancies() == ()


def test_a_fault_of_the_program_stops_it_with_a_sentence_and_is_raised(
    three: list[Claim], examiner: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mass = approved(examiner, second)

    def fails(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(running, "ask_portion", fails)
    with pytest.raises(ZeroDivisionError):
        work_all()
    mass = worked(mass)
    assert (mass.state, mass.note) == (MassState.FAILED, "A fault of the program: ZeroDivisionError: division by zero")
    assert Event.objects.filter(verb="mass_failed").count() == 1


def test_tables_that_are_published_during_the_run_stop_it(
    three: list[Claim], examiner: User, second: User, one_by_one: None
) -> None:
    mass = approved(examiner, second)
    step(mass.pk)
    step(mass.pk)
    adjudicate_all()
    publish_amount("110.00")
    mass = worked(mass)
    assert (mass.state, states(mass)) == (MassState.FAILED, ["decided", "changes", "changes"])
    assert "Policy tables were published since the preview" in mass.note
    assert "Resume it" in mass.note


@pytest.fixture
def stopped(three: list[Claim], examiner: User, second: User, one_by_one: None) -> MassAdjustment:
    """The first of the three claims is decided; then tables are published that concern none of them."""
    mass = approved(examiner, second)
    step(mass.pk)
    step(mass.pk)
    adjudicate_all()
    publish_amount("300.00", "G0070")
    mass = worked(mass)
    assert (mass.state, states(mass)) == (MassState.FAILED, ["decided", "changes", "changes"])
    return mass


def test_a_stopped_run_goes_on_by_itself_when_the_rest_comes_out_as_it_was_approved(
    three: list[Claim], stopped: MassAdjustment, examiner: User
) -> None:
    at_stake = stopped.at_stake
    assert resume(stopped, by=examiner).state == MassState.PREVIEWING
    mass = worked(stopped)
    assert (mass.state, states(mass), mass.note) == (MassState.DONE, ["decided"] * 3, "")
    assert (mass.publication, mass.at_stake, mass.claims_changed) == (current_publication(), at_stake, 3)
    assert [decisions(claim) for claim in three] == [2, 2, 2]
    assert "It goes on as it was approved." in Event.objects.filter(verb="mass_previewed").latest("pk").sentence
    assert discrepancies() == ()


@pytest.mark.parametrize("act", [resume, preview])
def test_where_the_rest_comes_out_otherwise_it_waits_for_a_second_person_again(
    three: list[Claim], stopped: MassAdjustment, examiner: User, second: User, act: Callable[..., MassAdjustment]
) -> None:
    publish_amount("110.00")
    act(stopped, by=examiner)
    mass = worked(stopped)
    assert (mass.state, states(mass)) == (MassState.PREVIEWED, ["decided", "changes", "changes"])
    assert mass.claims.filter(previewed_otherwise=True).count() == 2
    assert mass.lines.count() == 3, "those of the claim that is decided, and the others as they come out now"
    with refusal("own_request"):
        approve(mass, by=examiner, reason="Seen")
    approve(mass, by=second, reason="Seen again")
    mass = worked(mass)
    assert (mass.state, standing(mass).otherwise) == (MassState.DONE, 0)
    paid = [again(claim).paid_amount for claim in three]
    assert paid[0] != paid[1] == paid[2]
    assert Adjustment.objects.filter(settled_reason="Seen again").count() == 2


def test_what_waits_for_a_second_person_is_not_let_go_by_another_preview(
    stopped: MassAdjustment, examiner: User
) -> None:
    publish_amount("110.00")
    resume(stopped, by=examiner)
    mass = worked(stopped)
    with refusal("moved_on"):
        resume(mass, by=examiner)
    preview(mass, by=examiner)
    assert worked(mass).state == MassState.PREVIEWED, "the same again, and still not approved"


def test_of_a_run_that_a_fault_stopped_only_what_moved_is_previewed_again(
    three: list[Claim], examiner: User, second: User, one_by_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    mass = approved(examiner, second)
    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        patched.setattr(running, "ask_portion", lambda *_: 1 // 0)
        worked(mass)
    reopen(three[1], "The place was keyed wrong", by=examiner)
    adjudicate_all()
    mass = resume(MassAdjustment.objects.get(pk=mass.pk), by=examiner)
    assert (mass.state, states(mass)) == (MassState.PREVIEWING, ["changes", "chosen", "changes"])
    mass = worked(mass)
    assert (mass.state, states(mass)) == (MassState.DONE, ["decided", "same", "decided"])
    assert [decisions(claim) for claim in three] == [2, 2, 2]


def test_of_a_run_that_a_fault_stopped_nothing_is_previewed_where_nothing_moved(
    three: list[Claim], examiner: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mass = approved(examiner, second)
    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        patched.setattr(running, "ask_portion", lambda *_: 1 // 0)
        worked(mass)
    mass = resume(MassAdjustment.objects.get(pk=mass.pk), by=examiner)
    assert (mass.state, mass.note) == (MassState.RUNNING, "")
    assert worked(mass).state == MassState.DONE


def test_what_stopped_before_anybody_approved_is_previewed_and_not_resumed(
    three: list[Claim], examiner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mass = make(TITLE, WHY, "all", by=examiner)
    preview(mass, by=examiner)
    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        patched.setattr(previewing, "preview_portion", lambda *_: 1 // 0)
        worked(mass)
    with refusal("not_approved"):
        resume(mass, by=examiner)
    assert worked(preview(mass, by=examiner)).state == MassState.PREVIEWED


def test_a_paused_run_goes_on_with_other_tables_where_they_change_nothing(
    three: list[Claim], examiner: User, second: User
) -> None:
    mass = pause(approved(examiner, second), by=examiner)
    publish_amount("300.00", "G0070")
    assert resume(mass, by=second).state == MassState.PREVIEWING
    assert worked(mass).state == MassState.DONE


# ---------- what is left out on the way ----------


def test_claims_that_moved_on_since_the_preview_are_left_out(three: list[Claim], examiner: User, second: User) -> None:
    mass = approved(examiner, second)
    voided, reopened, _ = three
    void(voided, "Billed in error", by=examiner)
    reopen(reopened, "The place was keyed wrong", by=examiner)
    adjudicate_all()
    mass = worked(mass)
    assert sentences(mass) == {
        voided.icn: "The claim was voided. What was voided is billed as a new claim.",
        reopened.icn: "It was decided anew since. Look at its present decision.",
    }
    assert (mass.state, standing(mass).decided, dict(left_out_by_reason(mass)).keys()) == (
        MassState.DONE,
        1,
        set(sentences(mass).values()),
    )


def test_what_came_out_otherwise_is_said(three: list[Claim], world: World, examiner: User, second: User) -> None:
    """The drug bill of one patient is denied between the approval and the run."""
    mass = approved(examiner, second)
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3), status="denied")
    mass = worked(mass)
    [item] = claims_of(mass, "otherwise", FIRST).rows
    assert (item.claim, item.made and item.made.status) == (three[0], "deny")
    assert standing(mass).otherwise == 1
    assert "1 otherwise than previewed" in Event.objects.get(verb="mass_done").sentence


def test_a_claim_that_waits_after_its_decision_is_counted_and_its_adjustment_stays_open(
    three: list[Claim], world: World, examiner: User, second: User
) -> None:
    mass = approved(examiner, second)
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3), status="pending")
    mass = worked(mass)
    assert again(three[0]).status == ClaimStatus.ON_HOLD
    assert (mass.state, standing(mass).waiting) == (MassState.DONE, 1)
    assert three[0].adjustments.get().state == "approved"
    assert discrepancies() == ()


# ---------- the arrows ----------


def test_the_database_refuses_a_state_out_of_turn(three: list[Claim], examiner: User) -> None:
    mass = previewed(examiner)
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        MassAdjustment.objects.filter(pk=mass.pk).update(state=MassState.DONE)


@pytest.mark.parametrize("act", [pause, resume, cancel, preview])
def test_what_is_over_stays_over(three: list[Claim], examiner: User, second: User, act: object) -> None:
    mass = worked(approved(examiner, second))
    with pytest.raises(Refused, match="the mass adjustment is done"):
        act(mass, by=examiner)  # type: ignore[operator]
    assert Decision.objects.count() == 6
