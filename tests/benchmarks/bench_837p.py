"""How fast an 837P is read: claims a second for envelopes, parse and all checks, and the peak of memory.

    python -m tests.benchmarks.bench_837p [claims] [lines]
"""

import resource
import sys
import time

from claims.intake.x12.reading import read_claims, read_file
from tests.claims.intake.x12.samples import file_text


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(claims: int = 10_000, lines: int = 2) -> None:
    content = file_text(claims, lines).encode()
    before = peak_megabytes()
    started = time.perf_counter()
    reading = read_file(content)
    envelopes = time.perf_counter() - started
    accepted = sum(claim.is_accepted for transaction in reading.readable_sets() for claim in read_claims(transaction))
    elapsed = time.perf_counter() - started
    assert accepted == claims, accepted
    print(f"{claims} claims of {lines} lines, {len(content) / 1e6:.1f} MB")
    print(f"envelopes {envelopes:.3f} s, whole {elapsed:.3f} s: {claims / elapsed:,.0f} claims/s")
    print(f"peak memory {peak_megabytes():.1f} MB, {peak_megabytes() - before:.1f} MB of it for reading")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
