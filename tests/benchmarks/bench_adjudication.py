"""Decisions a second with the whole trace stored, one process: `python -m tests.benchmarks.bench_adjudication`."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=5000)
    parser.add_argument("--lines", type=int, default=3)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--threads", type=int, default=2, help="sessions of the one process")
    arguments = parser.parse_args()

    import django
    from django.conf import settings

    from hit_project.embedded import servers

    with servers(Path(settings.VAR_DIR), broker=False):
        django.setup()
        with a_database():
            measure(arguments)


def a_database():  # type: ignore[no-untyped-def]
    """A database of its own, made and dropped again."""
    from contextlib import contextmanager

    from django.test.utils import setup_databases, teardown_databases

    @contextmanager
    def made():  # type: ignore[no-untyped-def]
        config = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        try:
            yield
        finally:
            teardown_databases(config, verbosity=0)

    return made()


def measure(arguments: argparse.Namespace) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from claims.adjudication.queue import adjudicate_all_overlapping, adjudicate_queued
    from claims.models import Claim
    from policy import clock
    from tests.benchmarks.nation import make_nation

    call_command("load_policy", verbosity=0)
    clock.set_today(dt.date(2026, 1, 16))
    make_nation(2 * arguments.batch, arguments.lines)
    adjudicate_queued(arguments.batch)
    with CaptureQueriesContext(connection) as queries:
        adjudicate_queued(arguments.batch)
    make_nation(arguments.claims, arguments.lines)
    start = time.perf_counter()
    decided = adjudicate_all_overlapping(arguments.batch, arguments.threads)
    seconds = time.perf_counter() - start
    pays = Claim.objects.filter(status="payable").count()
    print(
        f"{decided} claims of {arguments.lines} lines, one process, {arguments.threads} sessions, batches of "
        f"{arguments.batch}: {seconds:.2f} s, {decided / seconds:,.0f} claims a second, "
        f"{len(queries) - 2} queries a batch, {pays} payable"
    )


if __name__ == "__main__":
    main()
