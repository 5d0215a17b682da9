"""A check before billing, from the request to the part of the page: `python -m tests.benchmarks.bench_precheck`."""

from __future__ import annotations

import argparse
import os
import time
from statistics import quantiles
from typing import Any

from tests.benchmarks.database import measured_database
from tests.benchmarks.report import Figure, report

# The pages are rendered without the manifest that collecting the static files would write.
os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")

#: Lines of claims of other patients that are in the tables.
HISTORY = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, default=300)
    parser.add_argument("--history", type=int, default=HISTORY)
    arguments = parser.parse_args()
    with measured_database():
        from tests.benchmarks.nation import make_history

        make_history(arguments.history)
        measure(arguments.checks)


def measure(checks: int) -> None:
    check = a_check()
    check()
    queries = queries_of(check)
    before = time.process_time()
    seconds = [timed(check) for _ in range(checks)]
    processor = (time.process_time() - before) / checks
    cuts = quantiles(seconds, n=20)
    report(
        Figure("one check before billing of three visits, median", cuts[9] * 1000, "ms"),
        Figure("one check before billing of three visits, 95th percentile", cuts[18] * 1000, "ms", "≤ 100"),
        Figure("one check before billing of three visits, processor time of it", processor * 1000, "ms"),
        Figure("one check before billing of three visits", queries, "queries", "≤ 20"),
    )


def queries_of(work: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        work()
        return len([query for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT"))])


def a_check() -> Any:
    """A change of a draft, sent as htmx sends it, for a patient with an earlier visit of another supplier."""
    import datetime as dt

    from django.test import Client
    from django.urls import reverse

    from accounts.models import Role
    from claims.demo.identifiers import npi, tax_id
    from claims.precheck.drafts import begin_draft
    from tests.accounts.cast import make_person
    from tests.claims.pages.scene import act_for
    from tests.claims.precheck.typed import posted
    from tests.factories.beneficiaries import OutsideVisitFactory
    from tests.factories.world import base_world

    world = base_world(supplier={"npi": npi(70_000), "tin": tax_id(70_000)})
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    person = make_person("Sam Supplier", Role.SUPPLIER)
    act_for(person, world.supplier)
    client = Client()
    client.force_login(person)
    address = reverse("claims:check_draft", args=[begin_draft(world.supplier, by=person).pk])
    sent = posted({}, {"day": "01/07/2026", "hcpcs": "G0068"}, {"day": "01/12/2026", "hcpcs": "G0068"})

    def check() -> None:
        response = client.post(address, sent, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.content

    return check


def timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
