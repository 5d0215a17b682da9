"""Keyset pages: nothing is skipped, nothing comes twice, whatever the values, the page size and the direction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import ReceivedFile
from claims.pages.keyset import FIRST, BadCursor, Order, Page, Place, keyset_page, page_or_first

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)

#: Few different values, so that many rows are equal in all but their id.
values = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=14)
orders = st.builds(
    Order, st.sampled_from([("size", "id"), ("received_on", "size", "id"), ("name", "id"), ("id",)]), st.booleans()
)


def fill(rows: list[tuple[int, int]]) -> None:
    ReceivedFile.objects.all().delete()
    ReceivedFile.objects.bulk_create(
        ReceivedFile(
            sha256=f"{number:064}",
            name=f"file {size}",
            size=size,
            received_on=dt.date(2026, 3, 1 + day),
            received_at=NOW,
        )
        for number, (size, day) in enumerate(rows)
    )


def walk(order: Order, size: int) -> Iterator[Page[ReceivedFile]]:
    page = keyset_page(ReceivedFile.objects.all(), order, size)
    yield page
    while page.next:
        page = keyset_page(ReceivedFile.objects.all(), order, size, Place(after=page.next))
        yield page


def walk_back(order: Order, size: int, page: Page[ReceivedFile]) -> Iterator[Page[ReceivedFile]]:
    yield page
    while page.previous:
        page = keyset_page(ReceivedFile.objects.all(), order, size, Place(before=page.previous))
        yield page


def ids(pages: list[Page[ReceivedFile]]) -> list[int]:
    return [row.pk for page in pages for row in page.rows]


@given(values, orders, st.integers(1, 5))
@settings(
    max_examples=min(settings.default.max_examples, 300),  # the database takes its time
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_paging_never_skips_or_repeats_a_row(rows: list[tuple[int, int]], order: Order, size: int) -> None:
    fill(rows)
    pages = list(walk(order, size))
    whole = list(order.sort(ReceivedFile.objects.all()).values_list("pk", flat=True))
    assert ids(pages) == whole
    assert all(len(page.rows) == size for page in pages[:-1])
    back = list(walk_back(order, size, pages[-1]))
    assert ids(list(reversed(back))) == whole


def test_rows_that_come_in_while_one_pages_are_neither_missed_nor_repeated() -> None:
    fill([(1, 0)] * 4)
    order = Order(("size", "id"))
    first = keyset_page(ReceivedFile.objects.all(), order, 2)
    ReceivedFile.objects.create(sha256="a" * 64, name="n", size=0, received_on=NOW.date(), received_at=NOW)
    second = keyset_page(ReceivedFile.objects.all(), order, 2, Place(after=first.next))
    assert not set(ids([first])) & set(ids([second]))
    assert len(ids([first, second])) == 4


def test_a_cursor_whose_rows_are_gone_leads_to_the_first_page() -> None:
    fill([(1, 0)] * 4)
    order = Order(("size", "id"))
    first = keyset_page(ReceivedFile.objects.all(), order, 2)
    ReceivedFile.objects.exclude(pk__in=ids([first])).delete()
    again = keyset_page(ReceivedFile.objects.all(), order, 2, Place(after=first.next))
    assert ids([again]) == ids([first])


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "WyIxIl0", "bnVsbA", "W251bGwsIDFd"])
def test_a_cursor_that_nobody_wrote_is_refused_and_people_get_the_first_page(cursor: str) -> None:
    fill([(1, 0)] * 3)
    order = Order(("size", "id"))
    with pytest.raises(BadCursor):
        keyset_page(ReceivedFile.objects.all(), order, 2, Place(after=cursor))
    page = page_or_first(ReceivedFile.objects.all(), order, 2, Place(after=cursor))
    assert ids([page]) == ids([keyset_page(ReceivedFile.objects.all(), order, 2, FIRST)])
