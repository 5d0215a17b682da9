"""The summary is what one counts one by one, after every kind of event, and counting again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from claims import tasks
from claims.daily import move_business_date
from claims.inventory.counting import LOCK, count_inventory
from claims.inventory.figures import figures_of
from claims.inventory.filters import DaySpan
from claims.inventory.reading import figures_for
from claims.models import (
    Claim,
    ClaimCourse,
    ClaimDay,
    CountedUpTo,
    DailyCount,
    DailyPaid,
    Inventory,
    LineDenial,
    RecurringCount,
)
from claims.schedule import SCHEDULE
from policy import clock
from tests.claims.inventory.by_hand import check
from tests.claims.inventory.lives import ARRIVALS, EVENTS, EVERYTHING, THEN, Life
from tests.claims.reports.one_by_one import check_reports
from tests.factories.world import World

Decide = Callable[..., Claim]


#: The tables that follow claims, decisions and remittances, with what they say.
FOLLOWED = {
    DailyCount: (),
    DailyPaid: ("day", "category", "locality", "place", "lines", "allowed", "paid"),
    RecurringCount: ("what", "key", "day", "previous_on", "number"),
    LineDenial: ("decision", "line_number", "edit", "is_overturned"),
    ClaimCourse: (),
    ClaimDay: ("claim", "what", "day", "previous_on", "month", "received_on", "arrival"),
}


def counted() -> Inventory:
    inventory = count_inventory()
    assert inventory is not None
    return inventory


def test_it_is_right_after_every_kind_of_event(world: World, examiner: User) -> None:
    life = Life(world, examiner, Random(1))
    seen: set[str] = set()
    for step in (*EVERYTHING, *THEN):
        getattr(life, step)()
        check(figures_of(counted()))
        seen |= {*Claim.objects.values_list("status", flat=True)}
    assert {"rejected", "queued", "payable", "denied", "on_hold", "suspended", "paid", "voided"} == seen


@pytest.mark.parametrize("seed", range(2))
def test_it_is_right_whatever_happens_in_whatever_order(world: World, examiner: User, seed: int) -> None:
    rng = Random(seed)
    life = Life(world, examiner, rng)
    for step in rng.choices((*ARRIVALS, *EVENTS), k=40):
        getattr(life, step)()
        if rng.random() < 0.3:
            check(figures_of(counted()))
    check(figures_of(counted()))
    first = Claim.objects.earliest("received_on").received_on
    spans = [DaySpan(first, clock.today()), *(some_days(rng, first, clock.today()) for _ in range(5))]
    for span in spans:
        check_reports(span)
    assert as_it_stands() == counted_anew()


def some_days(rng: Random, first: dt.date, last: dt.date) -> DaySpan:
    begin = first + dt.timedelta(days=rng.randint(0, (last - first).days))
    return DaySpan(begin, begin + dt.timedelta(days=rng.randint(0, (last - begin).days)))


def as_it_stands() -> dict[str, Any]:
    inventory = Inventory.objects.values("counted_for", "open_claims", "denials", "stuck").get()
    rows = {model: sorted(map(repr, model.objects.values(*fields))) for model, fields in FOLLOWED.items()}
    return {**inventory, **rows}


def counted_anew() -> dict[str, Any]:
    """The same after everything that was counted is thrown away."""
    for model in (Inventory, CountedUpTo, *FOLLOWED):
        model.objects.all().delete()
    counted()
    return as_it_stands()


def test_moving_the_business_date_counts_for_the_new_day(world: World, decided: Decide) -> None:
    decided()
    move_business_date(dt.date(2026, 1, 20))
    inventory = Inventory.objects.get()
    assert inventory.counted_for == dt.date(2026, 1, 20)
    check(figures_of(inventory))


def test_figures_of_another_day_are_counted_before_they_are_shown(world: World, decided: Decide) -> None:
    decided()
    counted()
    clock.set_today(dt.date(2026, 1, 19))
    figures = figures_for(clock.today())
    assert figures is not None
    assert figures.counted_for == dt.date(2026, 1, 19)


def test_the_scheduler_counts_each_minute(world: World) -> None:
    (entry,) = [entry for entry in SCHEDULE.values() if entry["task"] == tasks.count.name]
    assert entry["schedule"] == 60.0
    tasks.count()
    assert Inventory.objects.exists()


def test_a_day_in_the_past_is_counted_anew_only_when_something_came_for_it(world: World, decided: Decide) -> None:
    decided()
    move_business_date(dt.date(2026, 2, 2))
    wrong = DailyCount.objects.filter(day=dt.date(2026, 1, 16))
    wrong.update(received=99)
    decided(received_on=dt.date(2026, 2, 2))
    counted()
    assert wrong.get().received == 99, "nothing came for that day"
    world.claim(received_on=dt.date(2026, 1, 16), channel="paper")
    counted()
    assert wrong.get().received == 2


def test_everything_is_counted_anew_on_request(world: World, decided: Decide) -> None:
    decided()
    counted()
    DailyCount.objects.update(received=99)
    count_inventory(anew=True)
    assert DailyCount.objects.get(day=clock.today()).received == 1


def test_the_queries_do_not_depend_on_the_claims(world: World, examiner: User) -> None:
    life = Life(world, examiner, Random(4))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            count_inventory(anew=True)
        return len(captured)

    for step in EVERYTHING:
        getattr(life, step)()
    few = queries()
    for step in EVERYTHING * 2:
        getattr(life, step)()
    assert queries() <= few + 2, "a check that finds something asks since when"


def test_two_do_not_count_at_once(world: World, decided: Decide) -> None:
    decided()
    Inventory.objects.create(pk=1, counted_for=clock.today(), counted_at=clock.now(), seconds=0)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            assert counted().open_claims == [], "what stood before is given back"
    finally:
        other.close()
    assert counted().open_claims != []
