"""How long the impact of a change set takes over many decided claims, with as many workers as there are cores.

python -m tests.benchmarks.bench_impact [--claims N] [--processes N] [--lines N]
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import time
from multiprocessing.synchronize import Barrier
from typing import TYPE_CHECKING

from tests.benchmarks.database import join, measured_database
from tests.benchmarks.report import Figure, report

if TYPE_CHECKING:
    from policy.models import ChangeSet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=6000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--lines", type=int, default=1, help="lines of a claim")
    arguments = parser.parse_args()
    with measured_database(broker=True) as database:
        measure(database, arguments.claims, arguments.lines, arguments.processes)


def measure(database: str, claims: int, lines: int, processes: int) -> None:
    from accounts.models import Role, User
    from claims.adjudication.queue import adjudicate_all_overlapping
    from policy.models import PaymentAmount
    from tests.benchmarks.nation import make_nation
    from tests.factories.change_sets import another_amount, change_set

    make_nation(claims, lines)
    adjudicate_all_overlapping()
    administrator = User.objects.create_user("desk@example.com", name="Ada Administrator", role=Role.ADMINISTRATOR)
    january = dt.date(2026, 1, 1)
    row = PaymentAmount.objects.get(hcpcs="G0088", locality="", superseded_in=None, in_force__contains=january)
    for what, code, amount in (
        ("each claim changes", "G0088", row.amount - 10),
        ("no claim is in reach", "G0070", row.amount + 1),
    ):
        seconds = worked(database, change_set(another_amount(code, str(amount), january), by=administrator), processes)
        where = f"impact, {what}: {claims:,} claims of {lines} lines, {processes} processes"
        report(
            Figure(where, seconds, "s", "≤ 60 for 100,000 claims on two cores"),
            Figure(f"{where}, a claim", seconds / claims * 1000, "ms"),
        )


def worked(database: str, change_set: ChangeSet, processes: int) -> float:
    """Seconds from the question to the answer."""
    from claims.impact.actions import ask
    from claims.impact.telling import in_words
    from claims.models import ImpactRun, ImpactState

    run = ask(change_set, by=change_set.made_by)
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes + 1)
    workers = [context.Process(target=work, args=(database, run.pk, ready)) for _ in range(processes)]
    for worker in workers:
        worker.start()
    ready.wait()
    began = time.perf_counter()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - began
    run = ImpactRun.objects.get(pk=run.pk)
    if run.state != ImpactState.DONE:
        raise SystemExit(f"The impact is {run.state}: {run.note}")
    print(in_words(run), flush=True)
    return seconds


def work(database: str, number: int, ready: Barrier) -> None:
    """A worker: again and again until the impact is over, as the broker would call it."""
    join(database)
    from claims.impact.working import work as work_one
    from claims.models import ImpactRun

    ready.wait()
    while ImpactRun.objects.get(pk=number).is_at_work:
        work_one(number)
        time.sleep(0.05)


if __name__ == "__main__":
    main()
