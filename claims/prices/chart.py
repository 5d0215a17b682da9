"""The fee over time as a line chart: steps over the years, dashed where a figure is not CMS's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString

from claims.pages.charts import (
    AXIS,
    BAR,
    BETWEEN_NAMES,
    HEIGHT,
    INK,
    INK_3,
    Frame,
    Picture,
    drawing,
    grid,
    path,
    round_top,
    text,
)
from claims.pages.home.links import SIZES
from claims.prices.exploring import FeeSpan
from policy.drafts import ONE_DAY
from policy.words import span_in_words

#: Room at the right for the names of the lines.
NAMES = 108
FEE, NATIONAL, OFFICE = "Fee", "National", "Office, 5 h"
DASHED = "5 4"


@dataclass(frozen=True, slots=True)
class Step:
    """A value in dollars from a day through another; dashed when it is not published."""

    first: dt.date
    last: dt.date
    value: Decimal
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Series:
    """A line by its name."""

    name: str
    colour: str
    thickness: float
    steps: tuple[Step, ...]


def fee_chart(spans: Sequence[FeeSpan], until: dt.date) -> tuple[SafeString, ...]:
    """The drawing for each width, to the last day known or `until`; none without a span."""
    if not spans:
        return ()
    last = max(until, *(span.end or span.start for span in spans))
    lines = tuple(line for line in _lines(spans, last) if line.steps)
    title = "The fee over time, in dollars"
    return tuple(
        _drawn(lines, (spans[0].start, last), Picture(f"fee-{css}", title, _in_words(spans)), width, css)
        for width, css in SIZES
    )


def _lines(spans: Sequence[FeeSpan], last: dt.date) -> Iterator[Series]:
    def steps(values: Iterable[tuple[FeeSpan, Decimal | None]], is_dashed: bool | None = None) -> tuple[Step, ...]:
        return tuple(
            Step(span.start, span.end or last, value, span.is_estimated if is_dashed is None else is_dashed)
            for span, value in values
            if value is not None
        )

    yield Series(
        OFFICE, INK_3, 1.2, steps(((span, span.office.amount if span.office else None) for span in spans), False)
    )
    yield Series(NATIONAL, BAR, 1.4, steps((span, span.national) for span in spans))
    yield Series(FEE, INK, 2, steps((span, span.fee) for span in spans))


def _in_words(spans: Sequence[FeeSpan]) -> str:
    parts = [
        f"{span_in_words(span.start, span.end)} ${span.fee}{', estimated' if span.is_estimated else ''}"
        for span in spans
    ]
    return f"The fee is {'; '.join(parts)}."


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day and a value stand in a drawing."""

    frame: Frame
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        return self.frame.x((day - self.first).days / ((self.last - self.first).days + 1))

    def y(self, value: Decimal) -> float:
        return self.frame.y(float(value))


def _drawn(
    lines: Sequence[Series], days: tuple[dt.date, dt.date], picture: Picture, width: int, css: str
) -> SafeString:
    most = max(step.value for line in lines for step in line.steps)
    scale = Scale(Frame(width, round_top(int(most) + 1), right=NAMES), *days)
    parts = [*grid(scale.frame), *_years(scale)]
    for line in lines:
        parts += _line(scale, line)
    return drawing(picture, width, HEIGHT, css, [*parts, *_names(scale, lines)])


def _line(scale: Scale, line: Series) -> Iterator[SafeString]:
    """Each step, and a riser to the next one where no day is between them."""
    for step in line.steps:
        level = f"M{scale.x(step.first)} {scale.y(step.value)}H{scale.x(step.last + ONE_DAY)}"
        yield path(level, line.colour, line.thickness, DASHED if step.is_dashed else "")
    for one, other in pairwise(line.steps):
        if one.last + ONE_DAY == other.first:
            riser = f"M{scale.x(other.first)} {scale.y(one.value)}V{scale.y(other.value)}"
            yield path(riser, line.colour, line.thickness, DASHED if other.is_dashed else "")


def _years(scale: Scale) -> Iterator[SafeString]:
    """The years that begin inside the drawing, every second one where it is narrow."""
    years = range(scale.first.year, scale.last.year + 1)
    every = -(-len(years) * 40 // max(int(scale.frame.width - scale.frame.left - NAMES), 1))
    for year in years[::every]:
        left = scale.x(max(dt.date(year, 1, 1), scale.first))
        yield path(f"M{left} {scale.frame.base}v4", AXIS)
        yield text(left, scale.frame.base + 16, year, anchor="start")


def _names(scale: Scale, lines: Sequence[Series]) -> Iterator[SafeString]:
    """Each line's name and last value at the right, moved apart where the ends are close."""
    below = float(scale.frame.base)
    for line in sorted(lines, key=lambda line: line.steps[-1].value):
        step = line.steps[-1]
        height = min(scale.y(step.value) + 4, below)
        below = height - BETWEEN_NAMES
        left = scale.frame.width - NAMES + 8
        yield text(left, round(height, 1), f"{line.name} {step.value}", fill=line.colour, anchor="start", bold=True)
