"""Lists of days and of the clock that are longer than what is counted: the same claims in the same order."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from claims.filters import WorklistFilter
from claims.inventory.counting import count_inventory
from claims.inventory.on_the_clock import OPEN
from claims.models import Claim
from claims.pages import worklist
from claims.pages.counting import Facets, First, Total
from policy import clock
from tests.claims.inventory.lives import ARRIVALS, EVENTS, EVERYTHING, THEN, Life
from tests.factories.world import World

WORKLIST = reverse("claims:worklist")


@pytest.fixture
def life(world: World, examiner: User) -> Life:
    """Claims that were decided and paid on many days, some of them several times."""
    life = Life(world, examiner, Random(3))
    for step in (*EVERYTHING, *THEN, *life.rng.choices((*ARRIVALS, *EVENTS), k=10)):
        getattr(life, step)()
    count_inventory()
    return life


def walked(client: Client, query: str) -> list[int]:
    """The claims of all pages, one page after the other; and back again they are the same."""
    first = page = client.get(f"{WORKLIST}?{query}").context["list"].page
    found = [claim.pk for claim in page.rows]
    while page.next:
        page = client.get(f"{WORKLIST}?{query}&after={page.next}").context["list"].page
        found += [claim.pk for claim in page.rows]
    back = [claim.pk for claim in page.rows]
    while page.previous:
        page = client.get(f"{WORKLIST}?{query}&before={page.previous}").context["list"].page
        back = [claim.pk for claim in page.rows] + back
    assert back == found
    assert page.rows == first.rows
    return found


def queries_of(today: dt.date) -> list[str]:
    year, month = (f"{today - dt.timedelta(days=days)}..{today}" for days in (365, 20))
    return [f"decided={year}", f"decided={month}", f"paid={year}", "clock=0..", "clock=1..20"]


def test_a_long_list_has_the_claims_of_a_short_one(life: Life, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [
        f"{query}&order={order}" for query in queries_of(clock.today()) for order in ("received_on", "-received_on")
    ]
    monkeypatch.setattr(worklist, "PAGE_SIZE", 3)
    short = {query: walked(staff, query) for query in asked}
    assert sum(len(found) > 3 for found in short.values()) > len(asked) / 2
    say_more_than(monkeypatch)
    assert {query: walked(staff, query) for query in asked} == short
    open_ones = Claim.objects.filter(status__in=OPEN, remitted=None, is_test=False).values_list("pk", flat=True)
    assert set(short["clock=0..&order=received_on"]) == set(open_ones)


@pytest.mark.parametrize(
    "query",
    ["code=G0068", "code=G0068&code=G0088", "code=G0068&visit_from=2025-01-01", "denied_by=HIT-501", "denied_by=none"],
)
def test_the_claims_counted_are_those_shown(life: Life, rf: RequestFactory, examiner: User, query: str) -> None:
    """They are asked for in another way; a claim of several such lines is one claim."""
    request = rf.get(f"{WORKLIST}?{query}")
    request.user = examiner
    filters = WorklistFilter(request.GET, queryset=Claim.objects.none(), request=request)
    assert filters.is_valid()
    shown = sorted(filters.narrowed(Claim.objects.all()).values_list("pk", flat=True))
    counted = sorted(filters.narrowed(Claim.objects.all(), to_count=True).values_list("pk", flat=True))
    assert counted == shown
    assert (shown != []) == (query != "denied_by=none")


def say_more_than(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list is taken for one that is longer than what is counted."""
    plain = worklist.facets_of

    def more(claims: Any, names: Any, first: First | None = None) -> Facets:
        counted = plain(claims, names, first)
        return Facets(Total(counted.total.count, counted.total.charge, True), counted.counts)

    monkeypatch.setattr(worklist, "facets_of", more)


def test_a_place_that_is_none_is_the_first_page(life: Life, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    say_more_than(monkeypatch)
    for query in queries_of(clock.today()):
        first = staff.get(f"{WORKLIST}?{query}").context["list"].page
        assert staff.get(f"{WORKLIST}?{query}&after=nonsense").context["list"].page == first


def test_no_claim_is_looked_for_one_by_one(life: Life, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    say_more_than(monkeypatch)
    today = clock.today()
    span = f"{today - dt.timedelta(days=365)}..{today}"
    with CaptureQueriesContext(connection) as plain:
        staff.get(f"{WORKLIST}?order=received_on")
    for query in (f"decided={span}", f"paid={span}", "clock=1.."):
        with CaptureQueriesContext(connection) as captured:
            staff.get(f"{WORKLIST}?{query}")
        assert len(captured) <= len(plain) + 1, query


def test_stuck_claims_are_those_counted_as_far_as_they_still_are(life: Life, staff: Client, examiner: User) -> None:
    Claim.objects.filter(status="on_hold").update(next_look=dt.date(2026, 1, 1))
    count_inventory()
    stuck = set(walked(staff, "stuck=looks"))
    assert stuck == set(Claim.objects.filter(status="on_hold").values_list("pk", flat=True))
    one = Claim.objects.filter(status="on_hold").earliest("pk")
    Claim.objects.filter(pk=one.pk).update(next_look=dt.date(2030, 1, 1))
    assert set(walked(staff, "stuck=looks")) == stuck - {one.pk}
