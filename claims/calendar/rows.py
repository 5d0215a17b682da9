"""The rows of a lane as SVG: its marks, and then their words where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from claims.calendar.canvas import Canvas
from claims.calendar.draw_bar import draw_bar, draw_bar_words
from claims.calendar.draw_gap import draw_gap
from claims.calendar.draw_point import draw_points, levels_of, step_of
from claims.calendar.form import Scale
from claims.calendar.marks import Bar, Gap, Lane, LaneKind, Mark, Point


def height_of(row: Sequence[Mark], kind: LaneKind, scale: Scale) -> float:
    """The height of a row: more than the usual one where points are stacked, or where a bar is among lines."""
    marks = shown(row, scale)
    points = [mark for mark in marks if isinstance(mark, Point)]
    step = step_of(points, scale)
    places = [scale.middle(point.first, step / 2) for point in points]
    has_bar = any(isinstance(mark, Bar) and mark.look != "thin" for mark in marks)
    usual = max(scale.form.rows[kind], scale.form.bar + 4 if has_bar else 0)
    return usual + max(levels_of(places, step), default=0) * step


def shown(row: Sequence[Mark], scale: Scale) -> list[Mark]:
    """The marks of a row that touch the days of the drawing."""
    return [mark for mark in row if scale.window.touches(mark.first, mark.last)]


def draw_row(
    canvas: Canvas, scale: Scale, lane: Lane, row: Sequence[Mark], top: float, height: float, ident: str
) -> None:
    """One row: its bars and gaps, then its points, then the words of all of them where there is room."""
    marks = shown(row, scale)
    middle = top + height / 2
    for mark in marks:
        if isinstance(mark, Gap):
            draw_gap(canvas, scale, mark, middle)
        elif isinstance(mark, Bar):
            draw_bar(canvas, scale, mark, middle, ident)
    for mark in marks:
        if isinstance(mark, Bar):
            draw_bar_words(canvas, scale, mark, middle)
    draw_points(canvas, scale, lane, [mark for mark in marks if isinstance(mark, Point)], top)
