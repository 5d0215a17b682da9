"""The memory of a worker over many claims: its resident size every 10,000 decisions, which must stay flat.

python -m tests.benchmarks.bench_memory [--claims N]
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.database import join, measured_database
from tests.benchmarks.report import Figure, report

LINES, BATCH, EVERY = 3, 500, 10_000
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help="a multiple of 10,000")
    arguments = parser.parse_args()
    with measured_database() as database:
        sizes = sizes_over(database, arguments.claims)
    report(
        Figure(f"memory of a worker after {EVERY:,} claims", sizes[0], "MB"),
        Figure(f"memory of a worker after {arguments.claims:,} claims", sizes[-1], "MB"),
        Figure(f"growth of a worker's memory after the first {EVERY:,} claims", sizes[-1] - sizes[0], "MB", "≤ 10"),
    )


def sizes_over(database: str, claims: int) -> list[float]:
    """Resident megabytes of one worker process after each 10,000 claims; the claims are made on the way."""
    from tests.benchmarks.nation import make_nation

    fresh = multiprocessing.get_context("spawn")
    ours, theirs = fresh.Pipe()
    worker = fresh.Process(target=work, args=(database, theirs))
    worker.start()
    theirs.close()
    sizes = []
    for done in range(EVERY, claims + 1, EVERY):
        make_nation(EVERY, LINES)
        ours.send("go")
        decided, size = ours.recv()
        assert decided == EVERY, f"{decided} of {EVERY} claims were decided"
        sizes.append(size)
        print(f"{done:>9,} claims {size:>8.1f} MB", flush=True)
    ours.close()
    worker.join()
    return sizes


def work(database: str, parent: Connection) -> None:
    """Decide what is queued each time the parent says so, as the task of a worker does; tell the size after it."""
    join(database)
    from claims.adjudication.queue import adjudicate_all_overlapping

    while True:
        try:
            parent.recv()
        except EOFError:
            return
        parent.send((adjudicate_all_overlapping(BATCH), resident_megabytes()))


def resident_megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


if __name__ == "__main__":
    main()
