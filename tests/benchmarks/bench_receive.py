"""Receiving a file to its stored claims and answers, inside the process: `python -m tests.benchmarks.bench_receive`."""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path

from tests.claims.intake.files import file_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[1_000, 10_000])
    arguments = parser.parse_args()

    import django
    from django.conf import settings

    from hit_project import celery  # noqa: F401 - a receipt tells the workers
    from hit_project.embedded import servers
    from tests.benchmarks.bench_adjudication import a_database

    with servers(Path(settings.VAR_DIR)):
        django.setup()
        with a_database():
            measure(arguments.claims)


def measure(sizes: list[int]) -> None:
    from django.core.management import call_command

    from claims.intake.receive import receive_file

    call_command("load_policy", verbosity=0)
    receive_file(file_of(control_number=999), "first.x12")
    for number, claims in enumerate(sizes, 1):
        content = file_of(claims, control_number=number)
        start = time.perf_counter()
        receipt = receive_file(content, "benchmark.x12")
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{receipt.file.accepted:,} claims received and answered in {seconds:.2f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
