"""What was denied in the last days, by edit and by reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from claims.inventory.denials import Denials
from claims.inventory.figures import DENIAL_DAYS, Figures
from claims.inventory.filters import DaySpan
from claims.pages.charts import small_bar
from claims.pages.edit_words import in_short
from claims.pages.home.links import claims_where
from policy.readers import reason_meanings

#: Rows of a table of denials; the others are only counted.
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class DenialRow:
    """An edit or a reason with its denials, its bar and the list of the claims."""

    key: str
    words: str
    counted: Denials
    bar: SafeString
    address: str


@dataclass(frozen=True, slots=True)
class DenialTable:
    rows: tuple[DenialRow, ...]
    lines: int
    left_out: int


def denials_by_edit(figures: Figures) -> DenialTable:
    rows = (
        (row, row.key or "A person", in_short(row.key), {"denied_by": row.key or "none"})
        for row in figures.denials_by_edit
    )
    return _denial_table(figures, rows)


def denials_by_reason(figures: Figures) -> DenialTable:
    """By group and CARC, with our own words for it; one query after a publication, else none."""
    meanings = reason_meanings()
    rows = (
        (row, row.key, meanings.get(("CARC", row.key.partition("-")[2]), ""), {"denied_reason": row.key})
        for row in figures.denials_by_reason
    )
    return _denial_table(figures, rows)


def _denial_table(figures: Figures, rows: Iterable[tuple[Denials, str, str, dict[str, str]]]) -> DenialTable:
    found = list(rows)
    last = figures.counted_for
    span = DaySpan(last - dt.timedelta(days=DENIAL_DAYS - 1), last)
    most = max((counted.lines for counted, *_ in found), default=0)
    shown = (
        DenialRow(key, words, counted, small_bar(counted.lines, most, 72), claims_where(denied=span, **asked))
        for counted, key, words, asked in found[:MOST_ROWS]
    )
    return DenialTable(tuple(shown), sum(counted.lines for counted, *_ in found), max(len(found) - MOST_ROWS, 0))
