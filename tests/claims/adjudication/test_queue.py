"""The queue: batches of claims locked, decided in order, recorded once."""

from __future__ import annotations

import datetime as dt
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from beneficiaries.models import DmeDrugClaim
from claims.actions import look_at_arrivals, look_at_claims_due, look_at_claims_of
from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.engine import decide
from claims.adjudication.queue import (
    adjudicate_all,
    adjudicate_all_overlapping,
    adjudicate_queued,
    decide_now,
    requeue,
    take_batch,
    without_collection,
)
from claims.daily import move_business_date
from claims.models import Claim, ClaimStatus, Decision, LineDecision
from claims.payment.ledger import balances
from policy import clock, readers
from policy.readers import tables_as_known
from tests.factories.beneficiaries import BeneficiaryFactory
from tests.factories.policy import load_small_tables
from tests.factories.world import World, base_world

RECEIVED = dt.date(2026, 1, 16)
PAYMENT_DAY = dt.date(2026, 1, 30)
FIRST_LOOK = dt.date(2026, 1, 26)

G0088 = {"hcpcs": "G0088", "date_of_service": dt.date(2026, 1, 5)}


def line(code: str, day: int) -> dict[str, object]:
    return {"hcpcs": code, "date_of_service": dt.date(2026, 1, day)}


def test_a_payable_claim_is_decided_whole(world: World) -> None:
    claim = world.claim(lines=[line("G0088", 5), line("G0068", 7)])
    assert adjudicate_all() == 1
    claim.refresh_from_db()
    decision = Decision.objects.get()
    assert (claim.status, claim.current_decision, claim.queue_number) == (ClaimStatus.PAYABLE, decision, None)
    assert claim.paid_amount == decision.paid_amount == sum(found.paid for found in LineDecision.objects.all())
    assert balances()["payable"] == claim.paid_amount > 0


def test_a_stored_decision_is_what_its_stored_facts_give(world: World) -> None:
    world.claim(lines=[line("G0088", 5), line("G0088", 12)])
    adjudicate_all()
    stored = Decision.objects.get()
    assert decide(facts_from_json(stored.facts), tables_as_known()) == decision_from_json(stored.trace)


def test_the_queries_of_a_batch_do_not_depend_on_its_size(tables: None) -> None:
    for number in range(12):
        base_world(
            supplier={"npi": f"15555555{number:02}", "tin": f"5500000{number:02}"},
            beneficiary={"mbi__mbi": f"1EG4TE5MA{number:02}"},
        ).claim()
    adjudicate_queued(2)
    with CaptureQueriesContext(connection) as queries:
        assert adjudicate_queued(10) == 10
    statements = [
        query for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(statements) <= 20


def test_batches_of_any_size_decide_alike(tables: None) -> None:
    """Several claims of several patients, sharing days, deductible and initial visits."""
    worlds = [
        base_world(
            supplier={"npi": f"16666666{number:02}", "tin": f"5600000{number:02}"},
            beneficiary={"mbi__mbi": f"1EG4TE5MB{number:02}", "owing_the_deductible": True},
        )
        for number in range(4)
    ]
    for patient in worlds:
        for lines in ([line("G0088", 5), line("G0068", 7)], [line("G0068", 7)], [line("G0088", 9), line("G0068", 12)]):
            patient.claim(lines=lines)
    results = [decisions_of(size) for size in (1, 2, 3, 500)]
    assert len(results[0]) == 12
    assert all(result == results[0] for result in results[1:])


def decisions_of(batch_size: int) -> list[tuple[str, str]]:
    """What the queue decides in batches of that size, undone again."""
    with transaction.atomic():
        adjudicate_all(batch_size)
        found = list(Decision.objects.order_by("claim").values_list("facts", "trace"))
        transaction.set_rollback(True)
    return found


def test_a_request_is_answered_by_one_decision(world: World) -> None:
    claim = world.claim()
    assert adjudicate_all() == 1
    assert adjudicate_all() == 0
    assert decide_now([claim.pk]) == []
    assert Decision.objects.count() == 1


def test_a_claim_on_hold_is_looked_at_on_its_day_and_denied_by_the_third_look(tables: None) -> None:
    claim = base_world(drug_bill=None).claim()
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.next_look) == (ClaimStatus.ON_HOLD, FIRST_LOOK)
    assert look_at_claims_due(FIRST_LOOK - dt.timedelta(days=1)) == 0
    for looks in (1, 2, 3):
        assert look_at_claims_due(claim.next_look) == 1
        adjudicate_all()
        claim.refresh_from_db()
        assert claim.looks_done == looks
    assert (claim.status, claim.edits) == (ClaimStatus.DENIED, ["HIT-501"])
    assert claim.decisions.count() == 4


def test_a_drug_that_arrives_frees_the_claim_and_counts_as_no_look(tables: None) -> None:
    world = base_world(drug_bill=None)
    claim = world.claim()
    adjudicate_all()
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3))
    assert look_at_claims_of([world.beneficiary.pk], "A drug claim") == 1
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.looks_done) == (ClaimStatus.PAYABLE, 0)


def test_a_drug_claim_in_a_history_file_frees_the_claim(tables: None, tmp_path: Path) -> None:
    world = base_world(drug_bill=None)
    claim = world.claim()
    adjudicate_all()
    history = tmp_path / "drugs.csv"
    history.write_text(f"mbi,hcpcs,modifier,date_of_service,status\n{claim.mbi},J2260,,2026-01-03,paid\n")
    call_command("load_history", str(history), "--kind", "drug_claims", verbosity=0)
    assert look_at_arrivals() == 1
    assert adjudicate_all() == 1
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAYABLE
    assert claim.decisions.last().reason == "Drug claims of the DME benefit arrived"


def test_what_arrived_after_the_claim_was_queued_is_seen_by_the_next_decision(tables: None) -> None:
    world = base_world(drug_bill=None)
    claim = world.claim()
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3))
    assert adjudicate_all() == 2
    claim.refresh_from_db()
    first, second = claim.decisions.order_by("number")
    assert (first.status, second.status) == ("hold", "pay")
    assert second.reason == "Something about the patient arrived in between"


def test_a_later_drug_record_stands_in_place_of_the_earlier(world: World) -> None:
    world.drug(hcpcs="J2260", date_of_service=dt.date(2026, 1, 3), status=DmeDrugClaim.Status.DENIED)
    claim = world.claim()
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.edits) == (ClaimStatus.DENIED, ["HIT-502"])


def test_each_visit_is_judged_by_the_version_of_the_plan_that_held_that_day(tables: None) -> None:
    """Version 2, of January 4, is not signed: the visit of January 3 pays, that of January 5 waits."""
    claim = base_world(plan={"changed_unsigned": True}).claim(lines=[line("G0088", 3), line("G0068", 5)])
    adjudicate_all()
    assert list(claim.decisions.get().lines.values_list("outcome", "edits")) == [
        ("pay", []),
        ("suspend", ["HIT-405"]),
    ]


def test_a_plan_with_another_supplier_does_not_serve(world: World) -> None:
    other = base_world(
        supplier={"npi": "1679576722", "tin": "520000001"}, beneficiary={"mbi__mbi": "1EG4TE5MK74"}, plan=None
    )
    claim = other.claim(beneficiary=world.beneficiary)
    adjudicate_all()
    claim.refresh_from_db()
    assert claim.edits == ["HIT-401"]


def test_the_deductible_is_used_once_by_two_claims_of_one_batch(tables: None) -> None:
    world = base_world(beneficiary={"owing_the_deductible": True})
    claims = [world.claim(lines=[line(code, day)]) for code, day in (("G0088", 5), ("G0068", 12))]
    adjudicate_all()
    used = [claim.decisions.get().lines.get().deductible for claim in claims]
    assert sum(used) == Decimal("283.00")
    assert used[0] == claims[0].decisions.get().lines.get().allowed


def test_a_test_claim_knows_no_history_and_leaves_none(world: World) -> None:
    world.claim(lines=[G0088])
    adjudicate_all()
    trial = world.claim(lines=[G0088], is_test=True)
    assert adjudicate_all() == 0
    [decided] = decide_now([trial.pk])
    assert decided.decision.status == "pay"
    assert balances()["payable"] == Claim.objects.get(is_test=False).paid_amount
    later = world.claim(lines=[line("G0068", 12)])
    adjudicate_all()
    assert [visit.claim for visit in facts_from_json(later.decisions.get().facts).beneficiary.visits] != [trial.icn]


def test_a_test_claim_that_was_left_in_the_queue_holds_up_no_real_one(world: World) -> None:
    left = world.claim(lines=[G0088], is_test=True)
    real = world.claim(lines=[G0088])
    assert adjudicate_all() == 1
    assert [Claim.objects.get(pk=claim.pk).status for claim in (left, real)] == ["queued", "payable"]


def test_deciding_anew_takes_back_what_was_payable(world: World) -> None:
    claim = world.claim()
    adjudicate_all()
    first = claim.decisions.get().paid_amount
    requeue([claim.pk], "Asked by hand")
    adjudicate_all()
    assert claim.decisions.count() == 2
    assert balances()["payable"] == first


def test_a_paid_claim_is_not_asked_for_anew(world: World) -> None:
    claim = world.claim()
    adjudicate_all()
    move_business_date(PAYMENT_DAY)
    requeue([claim.pk], "Asked by hand")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID


def test_a_patient_is_never_on_two_workers(transactional_db: None) -> None:
    """While one worker has a patient's first claim, another may take other patients' claims, not the second."""
    load_small_tables()
    clock.set_today(RECEIVED)
    world = base_world()
    first, second = world.claim(lines=[G0088]), world.claim(lines=[line("G0068", 7)])
    stranger = world.claim(beneficiary=BeneficiaryFactory(), lines=[G0088])
    with transaction.atomic():
        assert take_batch(1) == [first.pk]
        assert in_another_session(lambda: take_batch(500)) == [stranger.pk]
    assert adjudicate_all() == 3
    assert [found.claim for found in Decision.objects.filter(claim__beneficiary=world.beneficiary).order_by("pk")] == [
        first,
        second,
    ]
    readers.forget()


def test_two_sessions_of_one_process_decide_as_one_does(transactional_db: None) -> None:
    """Three patients with several claims each, in batches of one, so that the sessions meet all the time."""
    load_small_tables()
    clock.set_today(RECEIVED)
    for number in range(3):
        patient = base_world(
            supplier={"npi": f"17777777{number:02}", "tin": f"5700000{number:02}"},
            beneficiary={"mbi__mbi": f"1EG4TE5MC{number:02}", "owing_the_deductible": True},
        )
        for day in (5, 7, 9, 12):
            patient.claim(lines=[line("G0088" if day == 5 else "G0068", day)])
    expected = decisions_of(500)
    assert adjudicate_all_overlapping(1) == 12
    assert list(Decision.objects.order_by("claim").values_list("facts", "trace")) == expected
    readers.forget()


def in_another_session(take: object) -> list[int]:
    found: list[int] = []

    def work() -> None:
        with transaction.atomic():
            found.extend(take())  # type: ignore[operator]
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return found


def test_collection_stays_off_until_the_last_batch_is_done() -> None:
    assert gc.isenabled()
    with without_collection():
        with ThreadPoolExecutor(1) as other:
            other.submit(work_without_collection).result()
        assert not gc.isenabled(), "another thread ended its batch and turned collection on under this one"
    assert gc.isenabled()


def work_without_collection() -> None:
    with without_collection():
        assert not gc.isenabled()
