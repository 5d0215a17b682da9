"""What a change set does to decided claims: the lines and dollars that are told before it is approved, and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, transaction

from accounts.models import Event, User
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.impact import working
from claims.impact.actions import adjust, ask, cancel
from claims.impact.following import ask_for_proposed, ask_waiting_claims
from claims.impact.standing import check_impact_shown, is_current
from claims.impact.telling import in_words
from claims.impact.working import Did, step, work, work_impacts_awhile
from claims.mass.actions import approve as approve_mass
from claims.models import ClaimStatus, ImpactRun, ImpactState, MassState, Remittance
from claims.payment.ledger import discrepancies
from claims.replay.choosing import NotUnderstood, claims_named
from policy import clock
from policy.change_sets.actions import approve, propose, publish_due, put_row, take_back
from policy.models import ChangeSet, ChangeSetState
from policy.refusals import Refused
from tests.claims.impact.conftest import NEW_YEAR, dearer
from tests.claims.mass.conftest import PAID, again, decided, line, pay_all, publish_amount, worked, world_of
from tests.factories.beneficiaries import StayFactory
from tests.factories.change_sets import a_drug, another_amount, change_set, published, worked_out
from tests.factories.world import World


@contextmanager
def refusal(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code


def impact_again(run: ImpactRun) -> ImpactRun:
    return ImpactRun.objects.get(pk=run.pk)


# ---------- what it says ----------


def test_the_lines_and_dollars_that_change_are_told_in_one_sentence(
    world: World, administrator: User, examiner: User
) -> None:
    claims = [decided(world, line("G0088", 5), line("G0068", 8)), decided(world_of(1)), decided(world_of(2))]
    decided(
        world_of(0, beneficiary={"mbi__mbi": "1EG4TE5MA93"}, supplier={"npi": "1093817465", "tin": "520000093"}),
        line("G0068", 5),
    )
    run = worked_out(dearer(administrator), by=administrator)
    assert (run.state, run.lines_changed, run.claims_changed, run.claims) == (ImpactState.DONE, 3, 3, 3)
    assert run.before == sum(claim.paid_amount for claim in claims)
    assert in_words(run) == f"3 lines of 3 claims change: +${run.difference:,.2f} to suppliers."
    assert sum(found.difference for found in run.lines.all()) == run.difference > 0
    assert Event.objects.get(verb="impact_worked_out").sentence.endswith(in_words(run))


def test_a_set_that_touches_no_claim_says_so_at_once(world: World, administrator: User) -> None:
    decided(world)
    run = worked_out(change_set(a_drug("J9999", 1, NEW_YEAR), by=administrator), by=administrator)
    assert (run.state, run.claims, run.chunks.count(), in_words(run)) == (ImpactState.DONE, 0, 0, "no claim changes.")


def test_what_moved_for_another_reason_is_not_told_of_the_set(world: World, administrator: User) -> None:
    """The patient turns out to have been in hospital: the claim is denied by the tables known now as well."""
    decided(world)
    decided(world_of(1))
    StayFactory(beneficiary=world.beneficiary, admitted=dt.date(2026, 1, 2), discharged=dt.date(2026, 1, 9))
    run = worked_out(dearer(administrator), by=administrator)
    assert (run.claims, run.claims_changed) == (2, 1)


# ---------- to the cent ----------


def test_a_rate_reissued_after_the_fact_is_adjusted_to_the_cent_of_its_impact(
    world: World, administrator: User, approver: User, examiner: User
) -> None:
    claims = [decided(world, line("G0088", 5), line("G0068", 8)), decided(world_of(1)), decided(world_of(2))]
    pay_all()
    rates = dearer(administrator)
    run = worked_out(rates, by=administrator)
    propose(rates, by=administrator)
    with refusal("not_published"):
        adjust(run, by=administrator)
    approve(rates, by=approver, reason="Seen")
    mass = worked(adjust(run, by=administrator))
    assert (mass.state, mass.claims_changed) == (MassState.PREVIEWED, 3)
    assert (mass.before, mass.after) == (run.before, run.after)
    with refusal("own_request"):
        approve_mass(mass, by=administrator, reason="I am sure")
    mass = worked(approve_mass(mass, by=approver, reason="Seen"))
    assert mass.state == MassState.DONE
    assert sum(again(claim).paid_amount for claim in claims) == run.after
    paid_so_far = sum(Remittance.objects.values_list("paid_amount", flat=True))
    move_business_date(PAID + dt.timedelta(days=30))
    assert sum(Remittance.objects.values_list("paid_amount", flat=True)) - paid_so_far == run.difference
    assert discrepancies() == ()
    with refusal("made_before"):
        adjust(run, by=administrator)


def test_a_mass_adjustment_and_a_replay_name_the_claims_of_an_impact(world: World, administrator: User) -> None:
    claim = decided(world)
    run = worked_out(dearer(administrator), by=administrator)
    assert list(claims_named(f"impact={run.pk}")) == [claim]
    with pytest.raises(NotUnderstood, match="no impact 999999"):
        claims_named("impact=999999")


# ---------- claims that wait ----------


def test_a_claim_that_waits_for_a_drug_not_listed_pays_once_the_set_is_published(
    administrator: User, approver: User, tables: None
) -> None:
    waiting = decided(world_of(0, drug_bill={"hcpcs": "J9998"}))
    assert waiting.status == ClaimStatus.ON_HOLD
    drug = change_set(a_drug("J9998", 1, dt.date(2025, 1, 1)), by=administrator)
    run = worked_out(drug, by=administrator)
    assert (run.claims_changed, run.waiting_changed) == (0, 1)
    assert in_words(run) == (
        f"No decided claim changes. 1 waiting claim would be decided otherwise and pay ${run.waiting_after:,.2f}."
    )
    assert ask_waiting_claims() == 0
    published(drug, by=administrator, second=approver)
    assert ask_waiting_claims() == 1
    assert ask_waiting_claims() == 0
    adjudicate_all()
    now = again(waiting)
    assert (now.status, now.paid_amount) == (ClaimStatus.PAYABLE, run.waiting_after)


# ---------- approval ----------


def test_nobody_approves_a_set_whose_impact_was_not_worked_out(
    world: World, administrator: User, approver: User
) -> None:
    decided(world)
    rates = dearer(administrator)
    propose(rates, by=administrator)
    with refusal("impact_missing"):
        approve(rates, by=approver, reason="Seen")
    run = ask(rates, by=administrator)
    with refusal("impact_at_work"):
        approve(rates, by=approver, reason="Seen")
    work(run.pk)
    assert approve(rates, by=approver, reason="Seen").state == ChangeSetState.PUBLISHED


def test_an_impact_of_other_rows_or_of_other_tables_is_outdated(
    world: World, administrator: User, approver: User
) -> None:
    rates = dearer(administrator)
    run = worked_out(rates, by=administrator)
    assert is_current(run)
    put_row(rates, another_amount("G0068", "900.00", NEW_YEAR), by=administrator)
    assert not is_current(run)
    propose(rates, by=administrator)
    with refusal("impact_outdated"):
        approve(rates, by=approver, reason="Seen")
    take_back(rates, by=administrator)
    run = worked_out(rates, by=administrator)
    publish_amount("123.00", "G0070")
    assert not is_current(run)


def test_a_set_that_waits_for_its_day_is_published_though_another_was_meanwhile(
    world: World, administrator: User, approver: User
) -> None:
    rates = dearer(administrator)
    later = clock.today() + dt.timedelta(days=3)
    ChangeSet.objects.filter(pk=rates.pk).update(publish_on=later)
    published(rates, by=administrator, second=approver)
    publish_amount("123.00", "G0070")
    clock.set_today(later)
    publish_due(later)
    assert ChangeSet.objects.get(pk=rates.pk).state == ChangeSetState.PUBLISHED


def test_a_proposed_set_gets_its_impact_by_itself_once(world: World, administrator: User) -> None:
    rates = dearer(administrator)
    assert ask_for_proposed() == 0
    propose(rates, by=administrator)
    assert (ask_for_proposed(), ask_for_proposed()) == (1, 0)
    assert work_impacts_awhile() > 0
    assert ImpactRun.objects.get().state == ImpactState.DONE


# ---------- the work ----------


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of one patient."""
    monkeypatch.setattr(working, "CHUNK", 1)


@pytest.fixture
def begun(world: World, administrator: User, one_by_one: None) -> ImpactRun:
    """An impact over three patients of which one chunk is done."""
    for number in range(3):
        decided(world if not number else world_of(number))
    run = ask(dearer(administrator), by=administrator)
    assert [step(run.pk), step(run.pk)] == [Did.WORKED, Did.WORKED]
    return impact_again(run)


def test_a_worker_that_ends_in_a_chunk_leaves_nothing_of_it_and_another_goes_on(
    begun: ImpactRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> object:
        raise OperationalError("the server went away")

    assert (begun.lines.count(), begun.chunks.filter(is_done=True).count()) == (1, 1)
    with monkeypatch.context() as patched:
        patched.setattr(working, "impact_of", gone)
        with pytest.raises(OperationalError):
            step(begun.pk)
    assert impact_again(begun).state == ImpactState.RUNNING
    work_impacts_awhile()
    assert (impact_again(begun).state, begun.lines.count()) == (ImpactState.DONE, 3)


def test_after_a_while_other_work_has_its_turn(begun: ImpactRun) -> None:
    assert work_impacts_awhile(seconds=0) == 1
    assert begun.chunks.filter(is_done=True).count() == 2


def test_a_cancelled_one_is_worked_no_more_and_says_nothing(begun: ImpactRun, administrator: User) -> None:
    cancel(begun, by=administrator)
    assert step(begun.pk) == Did.RESTS
    assert begun.chunks.filter(is_done=True).count() == 1
    with refusal("moved_on"):
        cancel(begun, by=administrator)
    with refusal("impact_missing"):
        check_impact_shown(begun.change_set)


def test_it_stops_when_tables_are_published_meanwhile_and_says_why(begun: ImpactRun) -> None:
    publish_amount("123.00", "G0070")
    assert step(begun.pk) == Did.RESTS
    run = impact_again(begun)
    assert (run.state, run.note) == (
        ImpactState.FAILED,
        "Policy tables were published meanwhile. Work it out again.",
    )


def test_a_fault_of_the_program_stops_it_and_is_raised(begun: ImpactRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "impact_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        step(begun.pk)
    assert impact_again(begun).note == "A fault of the program: ZeroDivisionError: division by zero"


def test_one_impact_of_a_set_is_at_work_at_a_time(begun: ImpactRun, administrator: User) -> None:
    with refusal("at_work"):
        ask(begun.change_set, by=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactRun.objects.create(
            change_set=begun.change_set,
            fingerprint=begun.fingerprint,
            publication=begun.publication,
            engine_version=begun.engine_version,
            asked_by=administrator,
            asked_at=begun.asked_at,
        )


def test_a_patients_claims_are_never_parted(world: World, administrator: User, one_by_one: None) -> None:
    decided(world)
    decided(world, line("G0068", 8))
    decided(world_of(1))
    run = worked_out(dearer(administrator), by=administrator)
    assert [chunk.count for chunk in run.chunks.all()] == [2, 1]
