"""Receiving a file to its stored claims and answers, inside the process: `python -m tests.benchmarks.bench_receive`."""

from __future__ import annotations

import argparse
import resource
import time

from tests.benchmarks.database import measured_database
from tests.benchmarks.report import Figure, report

#: What is held against each size of file: seconds, and megabytes of memory at the peak.
TARGETS = {1_000: ("≤ 1", ""), 10_000: ("", "≤ 300")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=list(TARGETS))
    arguments = parser.parse_args()

    from hit_project import celery  # noqa: F401 - a receipt tells the workers

    with measured_database(broker=True):
        measure(arguments.claims)


def measure(sizes: list[int]) -> None:
    from claims.intake.receive import receive_file
    from tests.claims.intake.files import file_of

    receive_file(file_of(control_number=999), "first.x12")
    for number, claims in enumerate(sizes, 1):
        content = file_of(claims, control_number=number)
        started = time.perf_counter()
        receipt = receive_file(content, "benchmark.x12")
        seconds = time.perf_counter() - started
        assert receipt.file.accepted == claims, receipt
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        most_seconds, most_memory = TARGETS.get(claims, ("", ""))
        report(
            Figure(f"receive, store and answer a file of {claims:,} claims", seconds, "s", most_seconds),
            Figure(f"peak memory after a file of {claims:,} claims", peak, "MB", most_memory),
        )


if __name__ == "__main__":
    main()
