"""How fast an 837P is read: claims a second for envelopes, parse and all checks, and the peak of memory.

python -m tests.benchmarks.bench_837p --claims 1000 --lines 2
"""

import argparse
import multiprocessing
import re
import resource
import time
from itertools import count

from claims.intake.x12.reading import read_claims, read_file
from tests.benchmarks.report import Figure, report
from tests.claims.intake.x12.samples import file_text

RUNS = 5


def different_patients(claims: int, lines: int) -> bytes:
    """A file in which every patient has another name, number, address and birth date, and visits on other days."""
    text = file_text(claims, lines)
    numbers = count()
    text = re.sub("DORA", lambda _: f"DORA{next(numbers)}", text)
    text = re.sub(r"MI\*1EG4TE5MK73", lambda _: f"MI*1EG4TE5MK{next(numbers) % 90 + 10}", text)
    text = re.sub("12 ELM", lambda _: f"{next(numbers)} ELM", text)
    text = re.sub("19480215", lambda _: f"{1930 + next(numbers) % 30}{next(numbers) % 12 + 1:02}15", text)
    return re.sub(r"D8\*202601", lambda _: f"D8*2026{next(numbers) % 12 + 1:02}", text).encode()


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(content: bytes) -> int:
    """Read a file to its last claim; how many were accepted."""
    sets = read_file(content).readable_sets()
    return sum(claim.is_accepted for transaction in sets for claim in read_claims(transaction))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=2)
    given = parser.parse_args()
    measure(given.claims, given.lines)


def measure(claims: int, lines: int) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as other_process:
        content = other_process.apply(different_patients, (claims, lines))
    elapsed, used = [], []
    for _ in range(RUNS):
        started, cpu_started = time.perf_counter(), time.process_time()
        assert read(content) == claims
        elapsed.append(time.perf_counter() - started)
        used.append(time.process_time() - cpu_started)
    report(
        Figure(f"read {claims:,} claims of {lines} lines from an 837P", claims / min(elapsed), "claims/s", "≥ 10,000"),
        Figure("the same by the processor's own clock", claims / min(used), "claims/s"),
        Figure("peak memory of reading them, the file's bytes included", peak_megabytes(), "MB"),
    )


if __name__ == "__main__":
    main()
