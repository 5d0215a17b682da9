"""Decided claims whose history moves: which are found, what is done about them, and what is left alone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Event, Role, User
from beneficiaries.actions import announce_history
from beneficiaries.models import DmeDrugClaim, HistoryArrival, HistoryKind
from claims.actions import look_at_arrivals
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import approve, propose, refuse, void
from claims.daily import move_business_date
from claims.models import Adjustment, Claim, ClaimStatus
from claims.staleness.actions import THE_WATCH, look_at_decided, look_at_overtaken
from claims.staleness.judging import stale_among
from policy import clock
from tests.factories.beneficiaries import BeneficiaryFactory, OutsideVisitFactory, StayFactory
from tests.factories.world import World, base_world

RECEIVED = dt.date(2026, 1, 16)
PAYMENT_DAY = dt.date(2026, 1, 30)
ALL = (HistoryKind.STAYS, HistoryKind.DRUG_CLAIMS, HistoryKind.OUTSIDE_VISITS, HistoryKind.DEDUCTIBLE)


def line(code: str, day: int) -> dict[str, object]:
    return {"hcpcs": code, "date_of_service": dt.date(2026, 1, day)}


@pytest.fixture
def examiner(db: None) -> User:
    return User.objects.create_user("examiner@example.com", name="Ada Examiner", role=Role.EXAMINER)


def decided(world: World, *lines: dict[str, object], **given: object) -> Claim:
    claim = world.claim(lines=lines, **given)
    adjudicate_all()
    claim.refresh_from_db()
    return claim


def arrives(world: World, kind: HistoryKind) -> int:
    announce_history([world.beneficiary.pk], kind)
    return look_at_arrivals()


def status(claim: Claim) -> ClaimStatus:
    claim.refresh_from_db()
    return ClaimStatus(claim.status)


def proposal(claim: Claim) -> Adjustment:
    return claim.adjustments.get(state=Adjustment.State.PROPOSED)


# ---------- what nobody was told is decided anew at once ----------


def test_a_stay_that_is_loaded_late_has_an_unpaid_claim_decided_anew(world: World) -> None:
    claim = decided(world, line("G0088", 5))
    assert status(claim) == ClaimStatus.PAYABLE
    StayFactory(beneficiary=world.beneficiary)
    assert arrives(world, HistoryKind.STAYS) == 1
    adjudicate_all()
    assert (status(claim), claim.edits) == (ClaimStatus.DENIED, ["HIT-306"])
    assert claim.decisions.last().reason == "What it was judged by has changed"
    event = Event.objects.get(verb="decided_anew", about_id=str(claim.pk))
    assert event.actor_label == THE_WATCH
    assert event.sentence == (
        "A stay from December 31, 2025 to February 1, 2026 is on file now (hospital stays). "
        f"Line 1 (G0088, January 5, 2026) pays ${claim.decisions.first().paid_amount} and would be denied by HIT-306. "
        f"The claim pays ${claim.decisions.first().paid_amount} and would pay $0.00. It is decided anew."
    )


def test_what_changes_nothing_asks_for_nothing(world: World) -> None:
    claim = decided(world, line("G0088", 5))
    StayFactory(beneficiary=world.beneficiary, admitted=dt.date(2026, 1, 6))
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 4))
    assert [arrives(world, kind) for kind in ALL] == [0, 0, 0, 0]
    assert status(claim) == ClaimStatus.PAYABLE
    assert not Event.objects.filter(verb="decided_anew").exists()


def test_a_drug_that_arrives_after_the_denial_frees_the_visit(tables: None) -> None:
    """Fine point d: the denial by the third look is not undone by itself; the system has it decided anew."""
    world = base_world(drug_bill=None)
    claim = decided(world, line("G0088", 5))
    move_business_date(dt.date(2026, 2, 9))
    assert (status(claim), claim.looks_done) == (ClaimStatus.DENIED, 3)
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3))
    assert arrives(world, HistoryKind.DRUG_CLAIMS) == 1
    adjudicate_all()
    assert status(claim) == ClaimStatus.PAYABLE


def test_a_visit_that_is_denied_later_frees_the_one_that_it_barred(world: World) -> None:
    """Fine point f: the denial by HIT-601 stands until the earlier visit falls; then it is decided anew."""
    first, second = decided(world, line("G0088", 5)), decided(world, line("G0088", 12))
    assert (status(second), second.edits) == (ClaimStatus.DENIED, ["HIT-601"])
    StayFactory(beneficiary=world.beneficiary, admitted=dt.date(2026, 1, 4), discharged=dt.date(2026, 1, 6))
    assert arrives(world, HistoryKind.STAYS) == 1, "the first claim only: until it is decided, its visit counts"
    adjudicate_all()
    assert status(first) == ClaimStatus.DENIED
    assert look_at_arrivals() == 1, "the decision told of itself"
    adjudicate_all()
    assert status(second) == ClaimStatus.PAYABLE
    assert look_at_arrivals() == 0
    assert not HistoryArrival.objects.exists()


def test_an_earlier_visit_that_comes_later_bars_the_initial_one(world: World) -> None:
    later = decided(world, line("G0088", 12))
    earlier = decided(world, line("G0088", 5))
    assert (status(later), status(earlier)) == (ClaimStatus.PAYABLE, ClaimStatus.PAYABLE)
    assert look_at_overtaken().asked == 1
    adjudicate_all()
    assert (status(later), later.edits) == (ClaimStatus.DENIED, ["HIT-601"])
    assert status(earlier) == ClaimStatus.PAYABLE
    assert look_at_overtaken().moved == look_at_arrivals() == 0


def test_claims_in_the_order_of_their_visits_are_never_looked_at(world: World) -> None:
    for day, code in ((5, "G0088"), (7, "G0068"), (9, "G0068")):
        decided(world, line(code, day))
    assert look_at_overtaken().moved == 0
    assert not HistoryArrival.objects.exists(), "first decisions tell nobody"


def test_a_waiting_claim_that_comes_to_pay_bars_a_later_initial_visit(tables: None) -> None:
    world = base_world(drug_bill=None)
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 2, 2))
    later = decided(world, {"hcpcs": "G0088", "date_of_service": dt.date(2026, 2, 4)}, received_on=dt.date(2026, 2, 5))
    waiting = decided(world, line("G0068", 5))
    assert (status(later), status(waiting)) == (ClaimStatus.PAYABLE, ClaimStatus.ON_HOLD)
    assert look_at_overtaken().moved == 0, "what waits moves nothing"
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3))
    assert arrives(world, HistoryKind.DRUG_CLAIMS) == 1
    adjudicate_all()
    assert status(waiting) == ClaimStatus.PAYABLE
    assert look_at_arrivals() == 1
    adjudicate_all()
    assert (status(later), later.edits) == (ClaimStatus.DENIED, ["HIT-601"])


def test_a_void_frees_what_the_claim_barred_and_the_deductible_it_used(tables: None, examiner: User) -> None:
    world = base_world(beneficiary={"owing_the_deductible": True})
    first, second = decided(world, line("G0088", 5)), decided(world, line("G0068", 12))
    used = [claim.decisions.get().lines.get().deductible for claim in (first, second)]
    assert sum(used) == Decimal("283.00")
    void(first, "Billed in error.", by=examiner)
    assert look_at_arrivals() == 1
    adjudicate_all()
    taken = second.decisions.last().lines.get()
    assert taken.deductible == taken.allowed > used[1]


# ---------- what first come took, it keeps ----------


def test_a_place_in_the_week_is_kept_by_who_was_decided_first(tables: None) -> None:
    """HIT-406 counts as it goes: the fourth visit is too many, and the three before it do not become so."""
    world = base_world(plan={"version__visits_per_week": (1, 2)})
    claims = [decided(world, line(code, day)) for code, day in (("G0088", 5), ("G0068", 6), ("G0068", 7))]
    assert [claim.informs for claim in claims][-1] == ["HIT-406"]
    assert stale_among([claim.pk for claim in claims])[0] == []


def test_deductible_is_kept_by_who_was_decided_first(tables: None) -> None:
    world = base_world(beneficiary={"owing_the_deductible": True})
    claims = [decided(world, line(code, day)) for code, day in (("G0088", 12), ("G0068", 5), ("G0068", 7))]
    assert look_at_overtaken().asked == 1, "an initial visit after an earlier one, and not the deductible"
    adjudicate_all()
    look_at_arrivals()
    adjudicate_all()
    assert stale_among([claim.pk for claim in claims])[0] == []


def test_a_day_is_kept_by_the_claim_that_was_paid_for_it(world: World) -> None:
    first, second = decided(world, line("G0088", 5)), decided(world, line("G0068", 5))
    assert second.edits == ["HIT-602"]
    assert stale_among([first.pk, second.pk]) == ([], [first.pk, second.pk])


def test_another_contractors_visit_that_is_loaded_late_takes_the_day(world: World) -> None:
    claim = decided(world, line("G0068", 5))
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2026, 1, 5))
    assert arrives(world, HistoryKind.OUTSIDE_VISITS) == 1
    adjudicate_all()
    assert (status(claim), claim.edits) == (ClaimStatus.DENIED, ["HIT-602"])


# ---------- a replacement stands in the place of what it replaced ----------


@pytest.mark.parametrize(("day", "frees"), [(5, False), (6, True)])
def test_a_replacement_moves_history_only_by_what_it_changes(world: World, day: int, frees: bool) -> None:
    """The second claim is denied because its day is paid; a replacement keeps that day, or frees it."""
    first, second = decided(world, line("G0088", 5)), decided(world, line("G0068", 5))
    assert second.edits == ["HIT-602"]
    decided(world, line("G0088", day), frequency="7", replaces=first)
    assert status(first) == ClaimStatus.ADJUSTED
    assert look_at_arrivals() == int(frees)
    adjudicate_all()
    assert (status(second) == ClaimStatus.PAYABLE) is frees


# ---------- what was told is proposed ----------


@pytest.fixture
def paid(world: World) -> Claim:
    claim = decided(world, line("G0088", 5))
    move_business_date(PAYMENT_DAY)
    assert status(claim) == ClaimStatus.PAID
    return claim


def deny_the_drug(world: World) -> int:
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3), status=DmeDrugClaim.Status.DENIED)
    return arrives(world, HistoryKind.DRUG_CLAIMS)


def test_a_drug_bill_denied_after_payment_is_proposed_with_reason_and_money(world: World, paid: Claim) -> None:
    assert deny_the_drug(world) == 1
    found = proposal(paid)
    assert (found.kind, found.asked_by, found.asked_by_label) == ("history", None, THE_WATCH)
    assert found.money_at_stake == paid.paid_amount
    assert found.from_decision_id == paid.current_decision_id
    assert found.cause == "drug_bills:J2260 2026-01-03 paid->J2260 2026-01-03 denied"
    assert found.reason == (
        "The drug bill J2260 of January 3, 2026 is denied now; it was paid. Line 1 (G0088, January 5, 2026) pays "
        f"${paid.paid_amount} and would be denied by HIT-502. The claim pays ${paid.paid_amount} and would pay $0.00."
    )
    assert status(paid) == ClaimStatus.PAID, "nothing happens before a person approves"


def test_an_approved_proposal_is_decided_anew(world: World, paid: Claim, examiner: User) -> None:
    deny_the_drug(world)
    approve(proposal(paid), by=examiner, reason="The bill was denied.")
    adjudicate_all()
    assert (status(paid), paid.edits) == (ClaimStatus.DENIED, ["HIT-502"])
    assert paid.adjustments.get().state == Adjustment.State.DONE


def test_a_cause_is_proposed_once_and_not_again_after_its_refusal(world: World, paid: Claim, examiner: User) -> None:
    assert [deny_the_drug(world), arrives(world, HistoryKind.DRUG_CLAIMS)] == [1, 0]
    refuse(proposal(paid), by=examiner, reason="The DME contractor is about to correct it.")
    assert arrives(world, HistoryKind.DRUG_CLAIMS) == 0
    StayFactory(beneficiary=world.beneficiary)
    assert arrives(world, HistoryKind.STAYS) == 1, "another cause"
    assert "stay" in proposal(paid).reason


def test_what_moved_behind_another_adjustment_is_proposed_when_that_one_is_refused(
    world: World, paid: Claim, examiner: User
) -> None:
    propose(paid, Adjustment.Kind.REOPENING, "A clerical error.", by=examiner)
    assert deny_the_drug(world) == 0, "the open one will be decided on all that is known"
    refuse(proposal(paid), by=examiner, reason="There was no error.")
    assert look_at_arrivals() == 1
    assert proposal(paid).kind == Adjustment.Kind.HISTORY


def test_a_proposal_is_withdrawn_when_what_moved_moves_back(world: World, paid: Claim) -> None:
    deny_the_drug(world)
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3))
    assert arrives(world, HistoryKind.DRUG_CLAIMS) == 0
    withdrawn = paid.adjustments.get()
    assert (withdrawn.state, withdrawn.settled_by) == (Adjustment.State.REFUSED, None)
    assert Event.objects.get(verb="adjustment_withdrawn").actor_label == THE_WATCH
    assert deny_the_drug(world) == 1, "a withdrawal is no person's refusal"


def test_what_may_not_be_reopened_any_more_is_said_once(world: World, paid: Claim) -> None:
    clock.set_today(dt.date(2027, 3, 1))
    assert [deny_the_drug(world), arrives(world, HistoryKind.DRUG_CLAIMS)] == [0, 0]
    assert not paid.adjustments.exists()
    assert "needs a good cause" in Event.objects.get(verb="stale_too_late").sentence


def test_a_denial_that_was_told_is_proposed_too(tables: None) -> None:
    world = base_world(drug_bill=None)
    claim = decided(world, line("G0088", 5))
    move_business_date(dt.date(2026, 2, 10))
    assert (status(claim), claim.remitted.count()) == (ClaimStatus.DENIED, 1)
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3))
    assert arrives(world, HistoryKind.DRUG_CLAIMS) == 1
    assert proposal(claim).money_at_stake > 0


# ---------- whose, and at what cost ----------


def test_another_patients_claims_and_test_claims_are_left_alone(world: World, paid: Claim) -> None:
    stranger = decided(world, line("G0088", 5), beneficiary=BeneficiaryFactory())
    before = status(stranger)
    deny_the_drug(world)
    assert status(stranger) == before
    assert not stranger.adjustments.exists()


def test_the_queries_do_not_depend_on_the_claims(world: World) -> None:
    for day in (5, 7):
        decided(world, line("G0068", day))
    few = queries_of_a_look(world)
    for day in range(8, 15):
        decided(world, line("G0068", day))
    assert queries_of_a_look(world) == few <= 20


def queries_of_a_look(world: World) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert look_at_decided([world.beneficiary.pk], HistoryKind.STAYS).moved == 0
    return len(queries)
