"""However a day's claims are divided among batches and worker processes, the decisions are those of one worker."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest
from django.db import connection

from claims.adjudication.queue import adjudicate_all, requeue
from policy import clock, readers
from tests.factories.beneficiaries import DrugBillFactory
from tests.factories.policy import load_small_tables
from tests.factories.suppliers import SupplierFactory
from tests.faults.account import Account, account, assert_nothing_lost_and_nothing_twice, assert_same
from tests.faults.busy_day import DAYS as DAYS_OF_SERVICE
from tests.faults.busy_day import (
    DRUGS_LAST_SUMMER,
    REASON,
    RECEIVED,
    VISITS_LAST_SUMMER,
    bill,
    make_busy_day,
    make_patient,
)
from tests.faults.copies import copied, using
from tests.faults.several_workers import work_off, worker_processes

pytestmark = pytest.mark.proof

IS_FULL = bool(os.environ.get("HIT_PROOF"))
#: Days drawn anew, patients of a day, and ways to divide each of them.
DAYS, PATIENTS, DIVISIONS = (4, 120, 12) if IS_FULL else (2, 8, 4)
MOST_WORKERS = 4


@pytest.fixture(scope="module")
def workers() -> Iterator[list[Connection]]:
    with worker_processes(MOST_WORKERS) as lines:
        yield lines


@pytest.fixture(autouse=True)
def policy_tables_are_of_this_database() -> Iterator[None]:
    readers.forget()
    yield
    readers.forget()


@pytest.mark.parametrize("day", range(DAYS))
def test_any_division_of_a_day_decides_as_one_worker_does(
    transactional_db: None, workers: list[Connection], day: int
) -> None:
    """Batches of 1 to 500 claims, 1 to 4 processes; the reference takes one claim after the other."""
    queued = make_busy_day(day, patients=PATIENTS)
    assert queued > PATIENTS
    expected = one_after_the_other()
    for division in range(DIVISIONS):
        chosen = workers[: 1 + division % MOST_WORKERS]
        assert_same(divided(chosen, seed=day * DIVISIONS + division), expected)


def one_after_the_other() -> Account:
    with copied(connection.settings_dict["NAME"]) as copy, using(copy):
        adjudicate_all(1)
        assert_nothing_lost_and_nothing_twice()
        return account()


def divided(workers: list[Connection], seed: int) -> Account:
    with copied(connection.settings_dict["NAME"]) as copy, using(copy):
        decided = work_off(workers, {"NAME": copy, "HOST": connection.settings_dict["HOST"]}, seed)
        assert sum(decided) > 0
        assert_nothing_lost_and_nothing_twice()
        return account()


def test_an_old_visit_that_is_denied_in_the_batch_gives_its_place_in_view_to_the_one_before(
    transactional_db: None,
) -> None:
    """Of visits long ago only the last that counts is in a claim's facts; which one that is the batch may change."""
    load_small_tables()
    clock.set_today(RECEIVED)
    patient = make_patient(SupplierFactory(), random.Random(0))
    old = [bill(patient, [visit(day)]) for day in VISITS_LAST_SUMMER]
    adjudicate_all()
    DrugBillFactory(beneficiary=patient.beneficiary, date_of_service=DRUGS_LAST_SUMMER[-1], denied=True)
    requeue([old[-1].pk], REASON)
    bill(patient, [visit(DAYS_OF_SERVICE[0])])
    expected = one_after_the_other()
    adjudicate_all()
    assert [claim[1] for claim in expected.claims[:2]] == ["payable", "denied"]
    assert_same(account(), expected)


def visit(day: dt.date) -> dict[str, object]:
    return {"hcpcs": "G0068", "date_of_service": day}


def test_a_day_is_as_busy_as_the_proof_needs(transactional_db: None) -> None:
    """Claims that pay, wait and are denied for what another claim did; the deductible is shared; some ask twice."""
    make_busy_day(0, patients=20)
    adjudicate_all()
    found = account()
    edits = {edit for claim in found.claims for edit in claim[2]}
    assert {claim[1] for claim in found.claims} >= {"payable", "denied", "on_hold"}
    assert {"HIT-601", "HIT-602", "HIT-603"} <= edits
    assert max(decision[1] for decision in found.decisions) > 1
