"""The sweep: what a lost message left behind is found by its age, taken up, and said in an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Event, IdempotencyKey, Role, User
from beneficiaries.actions import announce_history
from beneficiaries.models import HistoryArrival, HistoryKind
from claims.adjudication.queue import adjudicate_all, requeue
from claims.adjustments.actions import propose
from claims.daily import move_business_date
from claims.intake.keeping import keep_file
from claims.models import Adjustment, Claim, ClaimStatus, ReceivedFile
from claims.sweep import Swept, sweep
from claims.tasks import sweep_up
from policy import clock, readers
from suppliers.models import RecordArrival
from tests.claims.intake.files import file_of
from tests.factories.policy import load_small_tables
from tests.factories.world import World, base_world

RECEIVED = dt.date(2026, 1, 16)
PAYMENT_DAY = dt.date(2026, 1, 30)
AN_HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def tables(db: None) -> Iterator[None]:
    load_small_tables()
    clock.set_today(RECEIVED)
    yield
    readers.forget()


@pytest.fixture
def world() -> World:
    return base_world()


@pytest.fixture
def examiner() -> User:
    return User.objects.create_user("examiner@example.com", name="Ada Examiner", role=Role.EXAMINER)


def kinds(swept: list[Swept]) -> list[tuple[str, int, int]]:
    return [(each.check.kind, each.found, each.left) for each in swept]


def decided(world: World, **given: object) -> Claim:
    claim = world.claim(**given)
    adjudicate_all()
    claim.refresh_from_db()
    return claim


def test_nothing_is_said_where_there_is_nothing(world: World) -> None:
    decided(world)
    assert sweep() == []
    assert not Event.objects.filter(verb="swept").exists()


def test_what_is_fresh_is_left_to_its_turn(world: World, tmp_path: object) -> None:
    world.claim(received_on=RECEIVED)
    keep_file(b"a file", "fresh.837", None)
    announce_history([world.beneficiary.pk], HistoryKind.STAYS)
    assert sweep() == []
    assert HistoryArrival.objects.count() == 1


def test_a_claim_of_an_earlier_day_that_was_never_decided_is(world: World) -> None:
    claim = world.claim(received_on=RECEIVED - dt.timedelta(days=1))
    assert kinds(sweep()) == [("queue", 1, 0)]
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAYABLE
    event = Event.objects.get(verb="swept")
    assert (event.actor_label, event.verb, event.on) == ("the sweep", "swept", RECEIVED)
    assert event.sentence == "Claims that stayed in the queue: 1 found, 1 decided."
    assert event.data == {"kind": "queue", "found": 1, "left": 0}


def test_a_claim_that_was_passed_over_is_decided(world: World) -> None:
    """It was asked for before another one that was decided long ago; its own message never came."""
    claim = decided(world)
    requeue([claim.pk], "Asked by hand")
    adjudicate_later_claim_of(base_world(supplier={"npi": "1679576722"}, beneficiary={"mbi__mbi": "1EG4TE5MK74"}))
    assert sweep() == []
    clock.set_today(RECEIVED + dt.timedelta(days=1))
    assert kinds(sweep()) == [("queue", 1, 0)]


def adjudicate_later_claim_of(other: World) -> None:
    """Decide the other world's claim alone, though an older one is in the queue."""
    Claim.objects.filter(status=ClaimStatus.QUEUED).update(is_test=True)
    decided(other)
    Claim.objects.filter(is_test=True).update(is_test=False)


def test_a_test_claim_whose_decision_broke_off_is_decided(world: World) -> None:
    world.claim(is_test=True, received_on=RECEIVED - dt.timedelta(days=1))
    assert kinds(sweep()) == [("queue", 1, 0)]


def test_a_file_whose_receipt_broke_off_is_taken_up() -> None:
    file = keep_file(file_of(), "broken-off.837", None)
    ReceivedFile.objects.update(received_at=file.received_at - AN_HOUR)
    assert kinds(sweep())[0] == ("files", 1, 0)
    file.refresh_from_db()
    assert file.state == ReceivedFile.State.FINISHED


def test_a_remedy_that_fails_keeps_no_other_from_being_tried(world: World) -> None:
    """The bytes of one file are not those that came; the claim behind it is decided all the same."""
    file = keep_file(file_of(), "damaged.837", None)
    ReceivedFile.objects.update(received_at=file.received_at - AN_HOUR, sha256="0" * 64)
    claim = world.claim(received_on=RECEIVED - dt.timedelta(days=1))
    with pytest.raises(ExceptionGroup, match="sweep failed") as raised:
        sweep()
    assert "SHA-256" in str(raised.value.exceptions[0])
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAYABLE
    assert Event.objects.filter(sentence__startswith="Files whose receipt broke off: 1 found, 1 left.").exists()


def test_a_look_that_is_overdue_is_made() -> None:
    claim = decided(base_world(drug_bill=None))
    clock.set_today(claim.next_look + dt.timedelta(days=1))
    assert kinds(sweep()) == [("looks", 1, 0)]
    claim.refresh_from_db()
    assert (claim.status, claim.looks_done) == (ClaimStatus.QUEUED, 1)


def test_history_that_nobody_looked_at_is_looked_at(world: World) -> None:
    announce_history([world.beneficiary.pk], HistoryKind.STAYS)
    HistoryArrival.objects.update(at=timezone.now() - AN_HOUR)
    assert kinds(sweep()) == [("history", 1, 0)]


def test_a_changed_record_of_a_supplier_that_nobody_looked_at_is_looked_at(world: World) -> None:
    world.supplier.enrollments.get().delete()
    RecordArrival.objects.update(at=timezone.now() - AN_HOUR)
    assert kinds(sweep()) == [("records", 1, 0)]


def test_a_claim_whose_payment_day_passed_is_paid_on_a_banking_day(world: World) -> None:
    claim = decided(world)
    clock.set_today(PAYMENT_DAY + dt.timedelta(days=1))
    assert sweep() == [], "a run of the next day pays it"
    clock.set_today(dt.date(2026, 2, 8))
    assert kinds(sweep()) == [("payments", 1, 1)], "a Sunday"
    clock.set_today(dt.date(2026, 2, 9))
    assert kinds(sweep()) == [("payments", 1, 0)]
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID


def test_an_approved_adjustment_that_was_lost_is_asked_for_again(world: World, examiner: User) -> None:
    claim = decided(world)
    move_business_date(PAYMENT_DAY)
    claim.refresh_from_db()
    adjustment = propose(claim, Adjustment.Kind.REOPENING, "A clerical error.", by=examiner)
    Adjustment.objects.update(state=Adjustment.State.APPROVED, settled_on=PAYMENT_DAY)
    clock.set_today(PAYMENT_DAY + dt.timedelta(days=3))
    assert ("adjustments", 1, 0) in kinds(sweep())
    adjudicate_all()
    adjustment.refresh_from_db()
    assert adjustment.state == Adjustment.State.DONE


def test_a_proposal_that_waits_long_is_said_once_a_day(world: World, examiner: User) -> None:
    claim = decided(world)
    propose(claim, Adjustment.Kind.REOPENING, "A clerical error.", by=examiner)
    clock.set_today(RECEIVED + dt.timedelta(days=13))
    assert sweep() == []
    clock.set_today(RECEIVED + dt.timedelta(days=14))
    assert [kinds(sweep()), kinds(sweep())] == [[("proposals", 1, 1)]] * 2
    event = Event.objects.get(verb="swept")
    assert event.sentence == (
        "Proposed adjustments that wait for approval for long: 1 found, 1 left. A person must approve or refuse them."
    )
    clock.set_today(RECEIVED + dt.timedelta(days=15))
    sweep()
    assert Event.objects.filter(verb="swept").count() == 2


def test_a_key_whose_request_was_never_answered_is_free_again(examiner: User) -> None:
    for key, minutes, status in (("broken off", 61, None), ("being worked", 5, None), ("answered", 61, 201)):
        IdempotencyKey.objects.create(user=examiner, key=key, request_hash="0" * 64, response_status=status)
        IdempotencyKey.objects.filter(key=key).update(created_at=timezone.now() - dt.timedelta(minutes=minutes))
    assert kinds(sweep()) == [("requests", 1, 0)]
    assert set(IdempotencyKey.objects.values_list("key", flat=True)) == {"being worked", "answered"}


def test_the_command_says_what_was_found_and_what_is_left(
    world: World, examiner: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("sweep")
    assert capsys.readouterr().out == ""
    world.claim(received_on=RECEIVED - dt.timedelta(days=1))
    call_command("sweep")
    assert capsys.readouterr().out == "Claims that stayed in the queue: 1 found, 1 decided.\n"
    propose(Claim.objects.get(), Adjustment.Kind.REOPENING, "A clerical error.", by=examiner)
    clock.set_today(RECEIVED + dt.timedelta(days=30))
    Claim.objects.update(payment_day=None)
    with pytest.raises(SystemExit, match="1"):
        call_command("sweep")
    assert "1 left. A person must approve or refuse them." in capsys.readouterr().out


def test_the_task_sweeps(world: World) -> None:
    claim = world.claim(received_on=RECEIVED - dt.timedelta(days=1))
    sweep_up()
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAYABLE
