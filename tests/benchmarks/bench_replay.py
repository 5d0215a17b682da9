"""How long a replay, the sealing and a verification of many claims take.

python -m tests.benchmarks.bench_replay [--claims N] [--processes N]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace

from policy.tables import Dated, PolicyTables
from tests.benchmarks.database import measured_database
from tests.benchmarks.report import Figure, report

LINES = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=6000)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    with measured_database():
        measure(arguments.claims, arguments.processes)


def measure(claims: int, processes: int) -> None:
    from claims.adjudication.queue import adjudicate_all_overlapping
    from claims.replay import replay
    from claims.replay.choosing import chosen
    from claims.verification.sealing import seal_records
    from claims.verification.verifying import verify
    from policy.readers import tables_as_known
    from tests.benchmarks.nation import make_nation

    make_nation(claims, LINES)
    adjudicate_all_overlapping()
    tables, decisions = tables_as_known(), chosen("all").decisions
    of = f"{len(decisions):,} claims, {LINES} lines a claim, {processes} processes"
    for draft, what in ((tables, "nothing changes"), (dearer(tables), "each claim changes")):
        timed(
            f"replay, {what}: {of}",
            len(decisions),
            lambda draft=draft: replay(decisions, draft, processes=processes, hand_on=len),  # type: ignore[misc]
            "≤ 0.40 with two processes",
        )
    timed("seal what they left", len(decisions), seal_records)
    timed(f"verify: {of}", len(decisions), lambda: verify(processes=processes))


def dearer(tables: PolicyTables) -> PolicyTables:
    """The tables with a dollar more for every initial visit of category 1."""
    rows = [row for code in ("G0068", "G0088") for row in tables.amounts.of(code)]
    amounts = Dated((row.hcpcs, replace(row, amount=row.amount + (row.hcpcs == "G0088"))) for row in rows)
    return replace(tables, amounts=amounts)


def timed(what: str, claims: int, work: Callable[[], object], target: str = "") -> None:
    """Wall-clock time, and the processor time of our own processes, which other work on the machine leaves alone."""
    began, used = time.perf_counter(), processor_time()
    work()
    seconds, worked = time.perf_counter() - began, processor_time() - used
    report(Figure(what, seconds / claims * 1000, "ms a claim", target))
    report(Figure(f"{what}, processor", worked / claims * 1000, "ms a claim"))


def processor_time() -> float:
    """Seconds of processor of this process and of those it started and that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
