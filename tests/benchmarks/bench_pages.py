"""The pages of an examiner over a million claims: lists with any one filter, searches, claims, home.

python -m tests.benchmarks.bench_pages [--claims N] [--here]

Milliseconds on the server for whole pages, 95th percentile over all requests of a kind. `--here` measures the database
of the settings as `make_million` filled it; without it a database of its own is made, filled and dropped again.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from statistics import median, quantiles
from typing import TYPE_CHECKING

from tests.benchmarks.database import measured_database
from tests.benchmarks.report import Figure, report

if TYPE_CHECKING:
    from claims.models import Claim

LIST, TIMES = "/claims/", 7

#: Filters alone that do not depend on the claims; those that do are added by `filters_alone`.
FILTERS = (
    *(
        f"status={status}"
        for status in "received queued payable denied on_hold suspended paid adjusted voided rejected".split()
    ),
    *(f"edit=HIT-{number}" for number in (501, 601, 310, 404, 901, 107)),
    *(f"code={code}" for code in ("G0068", "G0069", "G0070", "G0088", "G0089", "G0090", "X9999")),
    *(f"age={age}" for age in ("0-15", "16-30", "31-45", "46-60", "61-")),
    *("received_from=2026-03-01", "received_from=2023-01-01", "received_to=2022-07-01", "received_to=2026-03-01"),
    *("visit_from=2026-03-01", "visit_from=2023-01-01", "visit_to=2022-07-01", "visit_to=2026-03-01"),
    *("charge_from=100", "charge_from=2000", "charge_from=90000", "charge_to=250", "charge_to=1", "charge_to=90000"),
    *("assigned=me", "assigned=nobody", "test=true", "test=false"),
    *(
        "clock=25..30",
        "clock=31..",
        "look=2026-03-01..2026-03-20",
        "decided=2026-03-09",
        "decided=2025-01-01..2025-12-31",
    ),
    *("paid=2026-03-10", "paid=2026-02-01..2026-02-28", "denied=2026-02-09..2026-03-10", "denied_by=HIT-501"),
    *("denied_by=none", "denied_reason=CO-16", "denied_reason=CO-50", "stuck=queue", "stuck=looks", "stuck=payments"),
)
ORDERS = ("", *(f"order={sign}{field}" for field in ("received_on", "total_charge", "icn") for sign in ("", "-")))

#: The saved filters that stand above every list, with their counts.
TABS = (
    "status=suspended&assigned=nobody",
    "assigned=me",
    "status=on_hold",
    "edit=HIT-501",
    "age=46-60",
    "clock=25..30",
)

#: Words of a search that do not depend on the claims: surnames, with and without a first name, and suppliers' names.
WORDS = (
    "Zimmer",
    "zimmer, ada",
    "Ada Zimmer",
    "Mac",
    "Nobody Knows",
    "Chesapeake",
    "Bayline Infusion of Elkton",
    "of elk",
    "a",
)


def filters_alone() -> Iterator[str]:
    """One filter alone, and the orders without any."""
    from suppliers.models import Supplier

    yield from ORDERS
    yield from FILTERS
    yield from (f"supplier={npi}" for npi in Supplier.objects.order_by("pk").values_list("npi", flat=True)[:5])
    yield "file=1"


def words_searched() -> Iterator[str]:
    """What people type: names, and identifiers of claims that are there."""
    from claims.models import Claim

    yield from WORDS
    for claim in some_claims(6):
        yield from (str(claim.icn), claim.mbi, claim.billing_npi, claim.patient_last_name, claim.patient_name)
    yield Claim.objects.latest("arrival").mbi.lower()


def some_claims(count: int) -> list[Claim]:
    """Accepted claims from all parts of the table."""
    from claims.models import Claim

    last = Claim.objects.latest("pk").pk
    places = (last * number // count for number in range(count))
    return [Claim.objects.filter(pk__gte=place, icn__isnull=False).order_by("pk")[0] for place in places]


class Timed:
    """An examiner's browser that keeps how long each request took, in milliseconds, by what it was for."""

    def __init__(self) -> None:
        from django.test import Client

        from accounts.models import Role, User
        from claims.models import SavedFilter

        self.browser = Client()
        person = User.objects.filter(role=Role.EXAMINER, assigned_claims__isnull=False).first()
        person = person or User.objects.create_user("bench@demo.example", name="B", role=Role.EXAMINER)
        for query in TABS:
            SavedFilter.objects.get_or_create(owner=person, name=query, defaults={"query": query})
        self.browser.force_login(person)

    def get(self, address: str) -> float:
        began = time.perf_counter()
        answer = self.browser.get(address)
        spent = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, (address, answer.status_code)
        return spent

    def search(self, words: str) -> float:
        """From the words to the page they lead to."""
        began = time.perf_counter()
        answer = self.browser.post("/claims/search/", {"q": words})
        return (time.perf_counter() - began) * 1000 + self.get(answer["Location"])


def measure(where: str) -> None:
    timed = Timed()
    pages = {
        query: [timed.get(f"{LIST}?{query or 'order=received_on'}") for _ in range(TIMES)] for query in filters_alone()
    }
    tell(f"{where}lists with one filter alone", pages, 150)
    after = deep_places()
    tell(
        f"{where}lists far behind the first page",
        {each: [timed.get(f"{LIST}?{each}") for _ in range(TIMES)] for each in after},
        150,
    )
    searched = {words: [timed.search(words) for _ in range(TIMES)] for words in words_searched()}
    tell(f"{where}search", searched, 100)
    claims = {str(claim.icn): [timed.get(f"{LIST}{claim.icn}/") for _ in range(3)] for claim in some_claims(60)}
    tell(f"{where}a claim's page", claims, 200)
    tell(f"{where}home", {"home": [timed.get("/") for _ in range(20)]}, 300)


def deep_places() -> list[str]:
    """Places in the middle of the list, in each order."""
    from claims.filters import ORDERS as ALL

    middle = some_claims(3)[1]
    middle.number = middle.icn  # type: ignore[attr-defined]
    return [f"order={name}&after={order.cursor_at(middle)}" for name, (_, order) in ALL.items()]


def tell(what: str, times: Mapping[str, list[float]], target: int) -> None:
    """Report the 95th percentile over all requests of a kind, and which was slowest."""
    for name, taken in sorted(times.items(), key=lambda each: -median(each[1]))[:12]:
        print(f"    {name[:70]:<70} {median(taken):>8.0f} ms", flush=True)
    report(
        Figure(f"{what}, 95th percentile", p95(each for taken in times.values() for each in taken), "ms", f"≤ {target}")
    )
    report(Figure(f"{what}, slowest of its kind (median)", max(map(median, times.values())), "ms", f"≤ {target}"))


def p95(times: Iterable[float]) -> float:
    return quantiles(times, n=20)[-1]


@contextmanager
def database(claims: int, *, here: bool) -> Iterator[None]:
    from tests.benchmarks.make_million import make_million, prepared

    if here:
        with prepared():
            yield
        return
    with measured_database():
        from django.core.management import call_command

        call_command("make_demo_world")
        make_million(claims)
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--here", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    with database(asked.claims, here=asked.here):
        from claims.inventory.counting import count_inventory
        from claims.models import Claim

        count_inventory()
        measure(f"{Claim.objects.count():,} claims: ")


if __name__ == "__main__":
    main()
