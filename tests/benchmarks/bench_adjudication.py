"""Decisions a second with the whole trace stored, against the floor of plain COPY.

python -m tests.benchmarks.bench_adjudication [--claims N] [--history LINES …]
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from statistics import quantiles

from tests.benchmarks.database import join, measured_database
from tests.benchmarks.report import Figure, report

LINES, BATCH, SESSIONS = 3, 500, 2


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: claims of so many lines, decided in batches, by so many processes of so many sessions."""

    claims: int
    lines: int = LINES
    batch: int = BATCH
    processes: int = 1
    sessions: int = SESSIONS

    def __str__(self) -> str:
        processes = "one process" if self.processes == 1 else f"{self.processes} processes"
        return f"{self.lines} lines a claim, batches of {self.batch}, {processes} of {self.sessions} sessions"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=6000)
    parser.add_argument("--history", type=int, nargs="*", default=[0, 1_000_000], help="lines in the tables")
    arguments = parser.parse_args()
    with measured_database() as database:
        there = 0
        for lines in sorted(arguments.history):
            add_history(lines - there)
            there = lines
            measure(database, arguments.claims, f"{lines:,} historic lines: ")


def add_history(lines: int) -> None:
    from tests.benchmarks.nation import make_history

    if lines:
        started = time.perf_counter()
        make_history(lines)
        print(f"{lines:,} historic lines made in {time.perf_counter() - started:.0f} s", flush=True)


def measure(database: str, claims: int, where: str) -> None:
    for case, target in cases(claims):
        speed = decisions_a_second(database, case)
        report(Figure(f"{where}{case}", speed, "claims/s", target))
        if case == Case(claims):
            floor = copy_floor(claims)
            report(
                Figure(f"{where}the same rows by plain COPY", floor, "claims/s"),
                Figure(f"{where}time of a decision as a multiple of plain COPY", floor / speed, "×", "≤ 3"),
            )
    report(
        Figure(f"{where}queries a batch of {BATCH}", queries_a_batch(BATCH), "queries", "≤ 20"),
        Figure(f"{where}queries a batch of 1", queries_a_batch(1), "queries", "≤ 20"),
        Figure(f"{where}one interactive decision, 95th percentile", interactive_p95(), "ms", "≤ 60"),
    )


def cases(claims: int) -> Sequence[tuple[Case, str]]:
    return (
        (Case(claims, sessions=1), ""),
        (Case(claims), "≥ 2,500"),
        (Case(claims, processes=2), "≥ 3,500"),
        (Case(claims, lines=1), ""),
        (Case(claims // 3, lines=10), ""),
        (Case(claims // 3, batch=50), ""),
        (Case(claims // 20, batch=1), ""),
    )


def decisions_a_second(database: str, case: Case) -> float:
    """Claims decided and stored a second; the processes have decided a batch each before the clock starts."""
    from tests.benchmarks.nation import make_nation

    context = multiprocessing.get_context("spawn")
    ready, start = context.Barrier(case.processes + 1), context.Barrier(case.processes + 1)
    make_nation(case.processes * case.batch, case.lines)
    workers = [context.Process(target=work, args=(database, case, ready, start)) for _ in range(case.processes)]
    for worker in workers:
        worker.start()
    ready.wait()
    make_nation(case.claims, case.lines)
    start.wait()
    started = time.perf_counter()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - started
    assert_all_payable()
    return case.claims / seconds


def work(database: str, case: Case, ready: Barrier, start: Barrier) -> None:
    join(database)
    from claims.adjudication.queue import adjudicate_all, adjudicate_all_overlapping, adjudicate_queued

    adjudicate_queued(case.batch)
    ready.wait()
    start.wait()
    if case.sessions == 1:
        adjudicate_all(case.batch)
    else:
        adjudicate_all_overlapping(case.batch, case.sessions)


def assert_all_payable() -> None:
    """What is fast must be right: every claim of the benchmark pays."""
    from claims.models import Claim

    left = Claim.objects.exclude(status__in=("payable", "paid")).count()
    assert left == 0, f"{left} claims are not payable"


#: What a decision writes, but for the claim's own row: table, and how its rows are found by decision.
WRITTEN = {
    "claims_decision": "id",
    "claims_linedecision": "decision_id",
    "claims_ledgertransfer": "decision_id",
}

#: The decisions of the benchmark's own claims, the latest first.
LATEST = "SELECT current_decision_id FROM claims_claim WHERE id < %s ORDER BY id DESC LIMIT %s"


def copy_floor(claims: int) -> float:
    """The latest decisions written again by plain COPY into tables of the same make, a commit for each batch."""
    from django.db import connection, transaction

    from tests.benchmarks.nation import FIRST_OF_THE_PAST

    with connection.cursor() as cursor:
        cursor.execute(LATEST, [FIRST_OF_THE_PAST, claims])
        ids = [row[0] for row in cursor.fetchall()]
        batches = [ids[first : first + BATCH] for first in range(0, len(ids), BATCH)]
        contents = [{table: copy_out(cursor, table, batch) for table in WRITTEN} for batch in batches]
        for table in WRITTEN:
            cursor.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")
        started = time.perf_counter()
        for content in contents:
            with transaction.atomic():
                for table, rows in content.items():
                    with cursor.copy(f"COPY floor_{table} FROM STDIN") as copy:
                        copy.write(rows)
        seconds = time.perf_counter() - started
        for table in WRITTEN:
            cursor.execute(f"DROP TABLE floor_{table}")
    return len(ids) / seconds


def copy_out(cursor, table: str, decisions: Sequence[int]) -> bytes:  # type: ignore[no-untyped-def]
    listed = ",".join(map(str, decisions))
    with cursor.copy(f"COPY (SELECT * FROM {table} WHERE {WRITTEN[table]} IN ({listed})) TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


def queries_a_batch(batch: int) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from claims.adjudication.queue import adjudicate_queued
    from tests.benchmarks.nation import make_nation

    make_nation(2 * batch, LINES)
    adjudicate_queued(batch)
    with CaptureQueriesContext(connection) as queries:
        adjudicate_queued(batch)
    return sum("SAVEPOINT" not in query["sql"] for query in queries) - 2  # BEGIN and COMMIT


def interactive_p95(decisions: int = 100) -> float:
    """Milliseconds that a person waits for the decision of one claim, at the 95th percentile."""
    from claims.adjudication.queue import adjudicate_queued
    from tests.benchmarks.nation import make_nation

    make_nation(decisions, LINES)
    waited = []
    for _ in range(decisions):
        started = time.perf_counter()
        assert adjudicate_queued(1) == 1
        waited.append((time.perf_counter() - started) * 1000)
    return quantiles(waited, n=20)[-1]


if __name__ == "__main__":
    main()
