"""The life of a row as a bar over the years, drawn on the server: where each mark stands, in pixels of one axis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from policy.drafts import ONE_DAY
from policy.models import Basis, PolicyRow

#: The width of an axis in pixels; beside many columns a narrow one.
WIDTH, NARROW = 330, 248
#: A bar without a known end stops here, with an arrow behind it.
ARROW = 8
#: A label needs so much room beside its mark.
LABEL = 76
#: The benefit began on January 1, 2021; what was before is not drawn unless somebody asks about it.
FIRST_YEAR = 2021


@dataclass(frozen=True)
class Axis:
    """Whole years from `first_year` to `last_year`, with one day marked."""

    first_year: int
    last_year: int
    marked: dt.date
    width: int = WIDTH

    @property
    def first(self) -> dt.date:
        return dt.date(self.first_year, 1, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.last_year, 12, 31)

    def x(self, day: dt.date) -> float:
        """The left edge of a day."""
        days = (self.last - self.first).days + 1
        return round(min(max((day - self.first).days / days, 0), 1) * self.width, 1)

    @cached_property
    def marked_x(self) -> float:
        return self.x(self.marked)

    @cached_property
    def years(self) -> list[tuple[int, float, float]]:
        """Each year with its left edge and its middle."""
        part = self.width / (self.last_year - self.first_year + 1)
        years = range(self.first_year, self.last_year + 1)
        return [(year, round(index * part, 1), round((index + 0.5) * part, 1)) for index, year in enumerate(years)]

    @property
    def label_anchor(self) -> str:
        """The words of the marked day end at the axis's end when they would not fit before it."""
        return "end" if self.marked_x > self.width / 2 else "start"


@dataclass(frozen=True, slots=True)
class Bar:
    """One span: a rectangle from `x`; a tick and a day in words where it begins or ends inside the axis."""

    x: float
    end_x: float
    is_published: bool
    is_open: bool
    start: dt.date
    end: dt.date | None
    begins_inside: bool
    start_label_x: float | None
    end_label_x: float | None
    end_label_anchor: str

    @property
    def width(self) -> float:
        return round(max(self.end_x - self.x, 1), 1)

    @property
    def arrow(self) -> str:
        return f"M{self.end_x} 12l6 5-6 5Z"


def axis_for(marked: dt.date, today: dt.date, width: int = WIDTH) -> Axis:
    """The axis from the benefit's first year to this one, stretched to hold the marked day."""
    return Axis(min(FIRST_YEAR, marked.year), max(today.year, marked.year), marked, width)


def bars_of(axis: Axis, rows: Iterable[PolicyRow], *, is_labelled: bool = True) -> list[Bar]:
    """The bars of rows of one subject, those outside the axis left out; labels say where a bar begins and ends."""
    return [
        _bar(axis, row, is_labelled)
        for row in rows
        if row.effective_from <= axis.last and (row.effective_to is None or row.effective_to >= axis.first)
    ]


def _bar(axis: Axis, row: PolicyRow, is_labelled: bool) -> Bar:
    start, end = row.effective_from, row.effective_to
    x = axis.x(start)
    is_open = end is None or end > axis.last
    end_x = axis.width - ARROW if is_open or end is None else axis.x(end + ONE_DAY)
    has_room = end_x + LABEL <= axis.width
    return Bar(
        x=x,
        end_x=end_x,
        is_published=row.basis == Basis.PUBLISHED,
        is_open=is_open,
        start=start,
        end=end,
        begins_inside=start > axis.first,
        start_label_x=round(x - 6, 1) if is_labelled and start > axis.first and x >= LABEL else None,
        end_label_x=round(end_x + (6 if has_room else -6), 1) if is_labelled and not is_open else None,
        end_label_anchor="start" if has_room else "end",
    )
