"""Charts as SVG, drawn on the server with presentation attributes alone: a strict content policy holds, paper too.

Each is a picture with a title and a description; the page has the same figures in a table beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.pages.wording import short_day

FONT = "Source Sans Pro Web, Helvetica Neue, Arial, sans-serif"
INK, INK_2, INK_3, GRID, AXIS = "#1b1b1b", "#3d4551", "#565c65", "#edeff0", "#565c65"
BAR, AMBER, RED, DARK_AMBER, DARK_RED = "#5c7a9c", "#947100", "#b50909", "#5c4809", "#8b0a03"

BOLD = SafeString(' font-weight="600"')

#: Height of a chart and its edges above and below the figures, in pixels; a digit of the axis is so wide.
HEIGHT, TOP, BOTTOM, DIGIT = 212, 18, 22, 7


@dataclass(frozen=True, slots=True)
class Picture:
    """What a chart is called and what it shows, in words; `name` tells its ids from those of others on the page."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The area of a chart: figures from 0 to `top` between its edges."""

    width: int
    top: int
    right: int = 0

    @property
    def base(self) -> int:
        return HEIGHT - BOTTOM

    @property
    def left(self) -> int:
        """Where the figures begin: behind the numbers of the axis."""
        return max(34, 10 + DIGIT * len(f"{self.top:,}"))

    def y(self, value: float) -> float:
        return round(TOP + (self.base - TOP) * (1 - value / self.top), 1)

    def x(self, share: float) -> float:
        return round(self.left + (self.width - self.right - self.left) * share, 1)


#: The steps of an axis: 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, …
FIRST_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
STEPS = tuple(int(step) for power in range(12) for first in FIRST_STEPS if (step := first * 10**power).is_integer())


def round_top(most: int) -> int:
    """The end of an axis: four equal round steps that reach `most`."""
    return 4 * next(step for step in STEPS if 4 * step >= most)


def drawing(picture: Picture, width: int, height: int, css: str, parts: Iterable[SafeString]) -> SafeString:
    """The SVG around the parts."""
    return format_html(
        '<svg class="chart {css}" role="img" aria-labelledby="{name}-t {name}-d" viewBox="0 0 {width} {height}" '
        'width="{width}" height="{height}" font-family="{font}" font-size="11.5">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{words}</desc>{parts}</svg>',
        css=css,
        name=picture.name,
        width=width,
        height=height,
        font=FONT,
        title=picture.title,
        words=picture.description,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
    )


def text(
    x: float, y: float, words: object, *, fill: str = INK_2, anchor: str = "middle", bold: bool = False
) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" fill="{}"{}>{}</text>',
        x,
        y,
        anchor,
        fill,
        BOLD if bold else "",
        words,
    )


def path(d: str, stroke: str, width: float = 1, dash: str = "") -> SafeString:
    dashed = format_html(' stroke-dasharray="{}" stroke-linecap="round"', dash) if dash else ""
    return format_html('<path d="{}" fill="none" stroke="{}" stroke-width="{}"{}/>', d, stroke, width, dashed)


def rect(x: float, y: float, width: float, height: float, fill: str, title: str = "") -> SafeString:
    inside = format_html("<title>{}</title>", title) if title else ""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}">{}</rect>',
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(height, 1),
        fill,
        inside,
    )


def grid(frame: Frame) -> Iterator[SafeString]:
    """The lines of the value axis with their numbers, and the base."""
    for part in (1, 2, 3, 4):
        value = frame.top * part // 4
        yield path(f"M{frame.left} {frame.y(value)}H{frame.width - frame.right}", GRID)
        yield text(frame.left - 6, frame.y(value) + 4, f"{value:,}", fill=INK_3, anchor="end")
    yield path(f"M{frame.left} {frame.base}H{frame.width - frame.right}", AXIS)


# ---------- the clean-claim clock ----------

#: The payment floor of an electronic claim, the day from which time is short, and the ceiling.
FLOOR, SOON, CEILING = 14, 25, 30


def clock_histogram(counts: Sequence[int], picture: Picture, width: int, css: str) -> SafeString:
    """Claims by day on the clock: one bar for each of the days 0 to 30, and one for all later days (the last count)."""
    frame = Frame(width, round_top(max(counts)))
    step = (width - frame.left - 44) / (CEILING + 1)
    parts = [*grid(frame)]
    for day, count in enumerate(counts):
        parts += _clock_bar(frame, day, count, step)
    floor, ceiling = round(frame.left + FLOOR * step, 1), round(frame.left + (CEILING + 1) * step + 2, 1)
    parts.append(path(f"M{floor} 4V{frame.base}M{ceiling} 4V{frame.base}", INK))
    wide = width > 400
    parts.append(
        text(floor + 5, 13, "Day 14: payment possible" if wide else "From day 14", fill=INK, anchor="start", bold=True)
    )
    parts.append(
        text(ceiling - 5, 13, "After day 30: interest" if wide else "After 30", fill=INK, anchor="end", bold=True)
    )
    return drawing(picture, width, HEIGHT, css, parts)


def _clock_bar(frame: Frame, day: int, count: int, step: float) -> Iterator[SafeString]:
    is_past = day > CEILING
    left, wide = (frame.left + day * step + 6, 26.0) if is_past else (frame.left + day * step + 1, step - 2)
    fill, ink = (RED, DARK_RED) if is_past else (AMBER, DARK_AMBER) if day >= SOON else (BAR, INK_2)
    words = f"Day {day}{' or later' if is_past else ''}: {count:,} {'claim' if count == 1 else 'claims'}"
    if count:
        yield rect(left, frame.y(count), wide, frame.base - frame.y(count), fill, words)
    middle = round(left + wide / 2, 1)
    if count and (is_past or (day >= SOON and step > 12)):
        yield text(middle, frame.y(count) - 3, f"{count:,}", fill=ink, bold=True)
    if is_past:
        yield text(middle, frame.base + 14, "31+", fill=DARK_RED, bold=True)
    elif day in (0, 7, FLOOR, 21, CEILING):
        yield text(middle, frame.base + 14, day)


# ---------- lines over days ----------

#: Pixels that the names at the ends of the lines must be apart.
BETWEEN_NAMES = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its name; the name stands at its end with the last value."""

    name: str
    colour: str
    values: tuple[int, ...]
    thickness: float = 1.8


def day_lines(days: Sequence[dt.date], lines: Sequence[Line], picture: Picture, width: int, css: str) -> SafeString:
    """Lines over days whose last one is not over: the way to it is dotted. Needs two days or more."""
    frame = Frame(width, round_top(max(max(line.values) for line in lines)), right=108)
    places = [frame.x((number + 0.5) / len(days)) for number in range(len(days))]
    parts = [*grid(frame), text(frame.left - 6, frame.base + 4, 0, fill=INK_3, anchor="end")]
    for line in lines:
        points = [f"{x} {frame.y(value)}" for x, value in zip(places, line.values, strict=True)]
        parts.append(path(f"M{'L'.join(points[:-1])}", line.colour, line.thickness))
        parts.append(path(f"M{points[-2]}L{points[-1]}", line.colour, line.thickness, dash="1.5 4"))
        parts.append(
            format_html(
                '<circle cx="{}" cy="{}" r="3.5" fill="{}"/>', places[-1], frame.y(line.values[-1]), line.colour
            )
        )
    parts += _names(lines, frame, places[-1] + 10)
    parts += _day_axis(days, places, frame)
    return drawing(picture, width, HEIGHT, css, parts)


def _names(lines: Sequence[Line], frame: Frame, x: float) -> Iterator[SafeString]:
    """The names beside the ends of their lines, moved apart where the ends are close."""
    ordered = sorted(lines, key=lambda line: -line.values[-1])
    heights = [frame.y(line.values[-1]) + 4 for line in ordered]
    for upper in range(len(heights) - 1):
        heights[upper + 1] = max(heights[upper + 1], heights[upper] + BETWEEN_NAMES)
    overflow = max(heights[-1] - frame.base, 0)
    for line, height in zip(ordered, heights, strict=True):
        words = f"{line.name} {line.values[-1]:,}"
        yield text(x, round(height - overflow, 1), words, fill=line.colour, anchor="start", bold=True)


def _day_axis(days: Sequence[dt.date], places: Sequence[float], frame: Frame) -> Iterator[SafeString]:
    """The first day, each Monday-like step that has room, and today."""
    last = len(days) - 1
    every = max(5, -(-len(days) // max(int(frame.width / 110), 1)))
    for number in range(0, last - 1, every):
        yield text(places[number], frame.base + 14, short_day(days[number]))
    yield text(places[last], frame.base + 14, "today", fill=INK, bold=True)


# ---------- bars ----------


def small_bar(value: float, most: float, width: int = 150) -> SafeString:
    """A bar in a row of a table, whose number stands beside it in words."""
    wide = max(round(width * value / most, 1), 1) if most and value else 0
    return format_html(
        '<svg class="bar-cell" width="{0}" height="10" viewBox="0 0 {0} 10" aria-hidden="true" focusable="false">'
        '<rect width="{1}" height="10" fill="{2}"/></svg>',
        width,
        wide,
        BAR,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a bar chart: what stands under it, its value, and the value in words."""

    label: str
    value: float
    words: str


def columns(bars: Sequence[Column], picture: Picture, width: int, css: str, top: int | None = None) -> SafeString:
    """A column for each value from 0 to `top`, its words above it."""
    frame = Frame(width, top or round_top(int(max(bar.value for bar in bars)) or 1))
    step = (width - frame.left) / len(bars)
    every = -(-len(bars) * 62 // (width - frame.left))
    parts = [*grid(frame)]
    for number, bar in enumerate(bars):
        middle, wide = frame.left + (number + 0.5) * step, min(step * 0.7, 56)
        if bar.value:
            parts.append(
                rect(
                    middle - wide / 2,
                    frame.y(bar.value),
                    wide,
                    frame.base - frame.y(bar.value),
                    BAR,
                    f"{bar.label}: {bar.words}",
                )
            )
        if number % every == 0:
            parts.append(text(round(middle, 1), frame.base + 14, bar.label))
            parts.append(text(round(middle, 1), frame.y(bar.value) - 4, bar.words, fill=INK, bold=True))
    return drawing(picture, width, HEIGHT, css, parts)
