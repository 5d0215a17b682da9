"""What new rows do to known ones, without a database."""

from __future__ import annotations

import datetime as dt

from policy.drafts import Draft, Known
from policy.registry import AMOUNTS, ZIPS, PolicyTable
from policy.revisions import gaps, overlaps, revise, rows_after

FIRST = dt.date(2026, 1, 1)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number - 1)


def draft(cents: int, start: int, end: int | None, source: str = "A") -> Draft:
    content = {"hcpcs": "G0088", "locality": "", "amount": cents, "source": source, "basis": "published", "note": ""}
    return Draft(content, day(start), day(end) if end else None)


def known(pk: int, cents: int, start: int, end: int | None) -> Known:
    row = draft(cents, start, end)
    return Known(row.content, row.start, row.end, pk=pk)


def after(rows: list[Known], drafts: list[Draft], table: PolicyTable = AMOUNTS) -> list[tuple[int, int, int | None]]:
    """Cents, first and last day of the rows as they are known after the drafts."""
    found = {row.key(table): rows for row in rows[:1]}
    revision = revise(table, found, drafts)
    result = rows_after(revision, found) or found
    return [
        (row.content["amount"], (row.start - FIRST).days + 1, (row.end - FIRST).days + 1 if row.end else None)
        for spans in result.values()
        for row in spans
    ]


def test_a_row_for_free_days_touches_nothing() -> None:
    assert after([known(1, 100, 1, 5)], [draft(101, 6, None)]) == [(100, 1, 5), (101, 6, None)]


def test_a_row_from_a_later_day_cuts_the_open_one() -> None:
    assert after([known(1, 100, 1, None)], [draft(101, 6, None)]) == [(100, 1, 5), (101, 6, None)]


def test_a_row_with_a_last_day_ends_the_open_one() -> None:
    assert after([known(1, 100, 1, None)], [draft(100, 1, 5)]) == [(100, 1, 5)]


def test_days_after_a_replaced_row_are_given_up() -> None:
    assert after([known(1, 100, 1, 9)], [draft(101, 3, 5)]) == [(100, 1, 2), (101, 3, 5)]


def test_one_row_may_replace_several() -> None:
    rows = [known(1, 100, 1, 5), known(2, 101, 6, 9), known(3, 102, 10, None)]
    assert after(rows, [draft(103, 4, 7)]) == [(100, 1, 3), (103, 4, 7), (102, 10, None)]


def test_the_tail_of_a_row_said_again_beside_another_head_is_not_lost() -> None:
    rows = [known(1, 100, 1, None)]
    assert after(rows, [draft(101, 1, 1), draft(100, 2, None)]) == [(101, 1, 1), (100, 2, None)]


def test_a_known_row_said_again_stays_the_row_it_is() -> None:
    rows = [known(1, 100, 1, 5)]
    revision = revise(AMOUNTS, {rows[0].key(AMOUNTS): rows}, [draft(100, 1, 5)])
    assert not revision
    assert revision.unchanged == 1


def test_another_source_is_another_row_but_not_in_a_feed() -> None:
    zip5 = {"zip5": "21201", "state": "MD", "locality": "12302-01", "share": None, "basis": "published", "note": ""}
    row = Known({**zip5, "source": "Quarter 1"}, day(1), None, pk=1)
    again = Draft({**zip5, "source": "Quarter 2"}, day(90), None)
    assert not revise(ZIPS, {row.key(ZIPS): [row]}, [again])
    assert after([known(1, 100, 1, None)], [draft(100, 1, None, source="B")]) == [(100, 1, None)]


def test_gaps_and_overlaps_are_found_between_neighbours() -> None:
    rows = {("G0088", ""): [draft(1, 1, 3), draft(2, 6, 9), draft(3, 8, 8), draft(4, 9, None)]}
    assert [(gap.first, gap.last) for gap in gaps(rows)] == [(day(4), day(5))]
    assert [(one.content["amount"], two.content["amount"]) for one, two in overlaps(rows)] == [(2, 3), (2, 4)]
