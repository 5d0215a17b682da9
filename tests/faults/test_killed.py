"""`kill -9` in the middle of the work: of a worker, of PostgreSQL, of the broker, and of a payment."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from beneficiaries.models import HistoryArrival
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date, work_day
from claims.models import Claim, ClaimStatus, Decision, Remittance
from policy import clock
from tests.claims.intake.files import file_of
from tests.embedded.conftest import ROOT, wait_for
from tests.faults.account import Account, account, assert_nothing_lost_and_nothing_twice, assert_same
from tests.faults.conftest import IS_FULL, ROUNDS
from tests.faults.installation import Installation, kill_group, stuck_at, wait_until_idle, wait_until_stuck

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

WORK, PAY = "claims.tasks.work_queue", "claims.tasks.work_today"
PAYMENT_DAY, WHEN_ALL_LOOKS_ARE_DONE = dt.date(2026, 1, 30), dt.date(2026, 2, 27)

#: The tables that a batch writes, one after the other.
OF_A_BATCH = ["claims_linedecision", "claims_decision", "claims_claim", "claims_ledgertransfer"]
OF_A_PAYMENT = ["claims_remitteddecision", "claims_remittance", "claims_ledgertransfer", "accounts_event"]


def some(tables: list[str]) -> list[str]:
    return tables if IS_FULL else tables[:1]


def decisions() -> int:
    return Decision.objects.count()


@pytest.mark.parametrize("table", some(OF_A_BATCH))
def test_a_worker_killed_in_the_middle_of_a_batch(
    installation: Installation, undisturbed: Account, day: None, table: str
) -> None:
    before = decisions()
    with installation.worker() as worker, stuck_at(table):
        installation.send(WORK)
        wait_until_stuck(table)
        kill_group(worker)
    assert decisions() == before > 0, "nothing of the batch is left"
    with installation.worker():
        installation.send(WORK)
        wait_until_idle()
    assert_same(account(), undisturbed)
    assert_nothing_lost_and_nothing_twice()


@pytest.mark.parametrize("table", some(OF_A_BATCH))
def test_postgresql_killed_in_the_middle_of_a_batch(
    installation: Installation, undisturbed: Account, day: None, table: str
) -> None:
    """The worker stays up, and works on when the server has recovered; the scheduler's next message wakes it."""
    before = decisions()
    with installation.worker() as worker:
        with stuck_at(table):
            installation.send(WORK)
            wait_until_stuck(table)
            installation.kill_postgres()
        installation.postgres.ensure_running()
        assert decisions() == before > 0, "nothing of the batch is left"
        installation.send(WORK)
        wait_until_idle()
        assert worker.poll() is None
    assert_same(account(), undisturbed)
    assert_nothing_lost_and_nothing_twice()


def test_the_broker_killed_in_the_middle_of_a_batch(
    installation: Installation, undisturbed: Account, day: None
) -> None:
    """The queue is worked off without it; when it is back, without its messages, the worker listens to it again."""
    with installation.worker() as worker:
        with stuck_at(OF_A_BATCH[0]):
            installation.send(WORK, times=5)
            wait_until_stuck(OF_A_BATCH[0])
            installation.kill_valkey()
        wait_until_idle()
        assert_same(account(), undisturbed)
        installation.valkey.ensure_running()
        clock.set_today(PAYMENT_DAY)
        installation.send(PAY)
        wait_for(Remittance.objects.exists, seconds=120)
        wait_until_idle()
        assert worker.poll() is None
    assert_nothing_lost_and_nothing_twice()


def test_a_file_is_received_while_the_broker_is_dead(installation: Installation, day: None, tmp_path: Path) -> None:
    """Its claims are in the queue, where the scheduler's next message finds them."""
    file = tmp_path / "claims.x12"
    file.write_bytes(file_of(claims=2))
    clock.set_today(dt.date(2026, 1, 20))
    installation.kill_valkey()
    done = subprocess.run(
        [sys.executable, "-c", RECEIVE, str(file)],
        cwd=ROOT,
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "2"), done.stderr
    installation.valkey.ensure_running()
    with installation.worker():
        installation.send(WORK)
        wait_until_idle()
    assert_nothing_lost_and_nothing_twice()


#: Receives a file as the pages do; says how many claims were accepted.
RECEIVE = """
import sys
from pathlib import Path
import django
django.setup()
from claims.intake.receive import receive_file
from hit_project import celery
print(receive_file(Path(sys.argv[1]).read_bytes(), "claims.x12").file.accepted)
"""


@pytest.mark.parametrize("table", some(OF_A_PAYMENT))
def test_a_worker_killed_in_the_middle_of_a_payment(installation: Installation, day: None, table: str) -> None:
    """A supplier is paid whole or not at all, and by the next run exactly once."""
    adjudicate_all()
    clock.set_today(PAYMENT_DAY)
    with installation.worker() as worker, stuck_at(table):
        installation.send(PAY)
        wait_until_stuck(table)
        kill_group(worker)
    assert not Remittance.objects.exists()
    for _ in range(2):
        work_day(PAYMENT_DAY)
    assert Remittance.objects.count() == 2, "one for each supplier"
    move_business_date(WHEN_ALL_LOOKS_ARE_DONE)
    assert not Claim.objects.filter(status__in=(ClaimStatus.PAYABLE, ClaimStatus.ON_HOLD)).exists()
    assert_nothing_lost_and_nothing_twice()


def test_the_same_messages_five_times(installation: Installation, settled: Account, day: None) -> None:
    """To two workers of two processes each at once; the claims are decided once, and on the payment day paid once."""
    with installation.worker(), installation.worker():
        for _ in range(ROUNDS):
            installation.send(WORK, times=5)
            wait_until_idle()
        wait_for(lambda: not HistoryArrival.objects.exists())
        wait_until_idle()
        assert account().claims == settled.claims
        clock.set_today(PAYMENT_DAY)
        for _ in range(2):
            installation.send(PAY, times=5)
            wait_for(lambda: Remittance.objects.count() == 2, seconds=120)
            wait_until_idle()
    assert Remittance.objects.count() == 2
    assert_nothing_lost_and_nothing_twice()
