"""Points of a calendar as SVG: stacked where they are close, with their words above, below or beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.calendar.canvas import Canvas, Words, circle, glyph, number, path
from claims.calendar.form import Scale
from claims.calendar.looks import DRUG, INK, INK_2, INK_3, OUTCOMES, PALE
from claims.calendar.marks import Lane, Point
from claims.calendar.words import pointed_at, with_year


def levels_of(places: Sequence[float], size: float) -> list[int]:
    """For each place the first level on which something of that size meets nothing before it."""
    levels: list[int] = []
    for at, place in enumerate(places):
        level = 0
        while any(levels[other] == level and abs(places[other] - place) < size for other in range(at)):
            level += 1
        levels.append(level)
    return levels


def step_of(points: Sequence[Point], scale: Scale) -> float:
    """How far apart points must be so as to be told apart."""
    if any(point.shape in OUTCOMES for point in points):
        return scale.form.outcome + 2
    return scale.form.dot * 2


def draw_points(canvas: Canvas, scale: Scale, lane: Lane, points: Sequence[Point], top: float) -> None:
    step = step_of(points, scale)
    levels = levels_of([scale.middle(point.first, step / 2) for point in points], step)
    first = top + scale.form.rows[lane.kind] / 2
    places = [
        (point, scale.middle(point.first, step / 2), first + level * step)
        for point, level in zip(points, levels, strict=True)
    ]
    for point, x, y in places:
        _draw_point(canvas, scale, point, x, y)
    if scale.form.is_narrow:
        return
    for point, x, y in places:
        canvas.place(_labels(scale, point, x, y), halo=True)
    if lane.kind == "visits" and places:
        canvas.place(_summary(lane, [x for _, x, _ in places], first))


def _draw_point(canvas: Canvas, scale: Scale, point: Point, x: float, y: float) -> None:
    title = pointed_at(point.said, with_year(point.first))
    dot = scale.form.dot
    if point.shape in OUTCOMES:
        fill, d = OUTCOMES[point.shape]
        size = scale.form.outcome
        canvas.front.append(glyph(x, y, size, d=d, fill=fill, title=title))
        canvas.take(x - size / 2, y - size / 2, x + size / 2, y + size / 2, owner=id(point))
        return
    canvas.take(x - dot, y - dot, x + dot, y + dot, owner=id(point))
    if point.shape == "died":
        canvas.front.append(path(f"M{number(x)} {number(y - 8)}v16", stroke=INK, width="3", title=title))
    elif point.shape == "unlisted":
        canvas.front.append(diamond(x, y, "#fff", title))
    else:
        ink = INK_3 if point.is_later else INK_2
        paid = PALE if point.is_later else INK_2
        canvas.front.append(circle(x, y, dot, fill=paid if point.shape == "paid" else "#fff", stroke=ink, title=title))


def diamond(x: float, y: float, fill: str, title: str = "") -> str:
    edge = "#fff" if fill == DRUG else DRUG
    return path(f"M{number(x)} {number(y - 7)}l7 7-7 7-7-7Z", fill=fill, stroke=edge, width="1.5", title=title)


def _labels(scale: Scale, point: Point, x: float, y: float) -> Iterator[Words]:
    """A line of the claim is named above or below its mark, another point beside it."""
    words = Words(x, y + 4.3, point.label, scale.form.text, owner=id(point))
    if point.shape in OUTCOMES:
        named = replace(words, fill=INK, weight=600, anchor="middle")
        yield from (replace(named, y=y - 12.5), replace(named, y=y + 21))
    else:
        yield from (replace(words, x=x + 12), replace(words, x=x - 12, anchor="end"))


def _summary(lane: Lane, places: list[float], y: float) -> Iterator[Words]:
    yield Words(max(places) + 12, y + 4.3, lane.words)
    yield Words(min(places) - 12, y + 4.3, lane.words, anchor="end")
