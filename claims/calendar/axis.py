"""The axis of a calendar: months above, the Sundays below them; over years, the years."""

from __future__ import annotations

import datetime as dt
from math import ceil

from claims.calendar.canvas import Canvas, Words, number, path, width_of
from claims.calendar.form import Scale
from claims.calendar.looks import AXIS_LINE, INK, INK_3, WEEK_LINE


def draw_axis(canvas: Canvas, scale: Scale, top: float, bottom: float) -> None:
    """Names and lines, behind everything; `top` is where the lanes begin."""
    if scale.window.is_in_years:
        _draw_months(canvas, scale, [day for day in scale.window.months() if day.month == 1], bottom)
        return
    lines = [_week_line(scale, sunday, top, bottom) for sunday in scale.window.sundays()]
    canvas.back[0:0] = lines
    _draw_sundays(canvas, scale, top)
    _draw_months(canvas, scale, list(scale.window.months()), bottom)
    if not scale.form.is_narrow:
        canvas.write(Words(0, 14, "Month", 12, INK_3))
        canvas.write(Words(0, 32, "Week begins Sunday", 12, INK_3))


def _week_line(scale: Scale, sunday: dt.date, top: float, bottom: float) -> str:
    x = number(scale.left(sunday))
    through = path(f"M{x} {number(top)}V{number(bottom)}", stroke=WEEK_LINE)
    return through + path(f"M{x} {number(top - 5)}V{number(top)}", stroke=AXIS_LINE)


def _draw_sundays(canvas: Canvas, scale: Scale, top: float) -> None:
    """The day of the month of each Sunday, or of every second or third where they would be too close."""
    every = ceil(scale.form.week_room / (7 * scale.per_day))
    for sunday in list(scale.window.sundays())[::every]:
        words = Words(scale.left(sunday) + 3, top - 6, str(sunday.day), 11.5, INK_3)
        canvas.place([words])


def _draw_months(canvas: Canvas, scale: Scale, months: list[dt.date], bottom: float) -> None:
    """Each month's name at its first day, the one that is cut off at the beginning too, where there is room."""
    for month in months:
        canvas.back.append(path(f"M{number(scale.left(month))} 2V{number(bottom)}", stroke=AXIS_LINE))
    starts = [scale.window.first, *months] if months and months[0] != scale.window.first else months
    ends = [*(scale.left(month) for month in starts[1:]), float(scale.form.width)]
    for at, (month, end) in enumerate(zip(starts, ends, strict=True)):
        x = scale.left(month) + 5
        for name in _names(scale, month, is_first=at == 0):
            if x + width_of(name, 13, 700) <= end:
                canvas.write(Words(x, 14, name, 13, INK, 700))
                break


def _names(scale: Scale, month: dt.date, *, is_first: bool) -> tuple[str, ...]:
    """The name of a month from its longest form to its shortest; a year is said in January and at the beginning."""
    if scale.window.is_in_years:
        return (str(month.year),)
    year = f" {month.year}" if month.month == 1 or is_first else ""
    long, middle = f"{month:%B}{year}", f"{month:%b}{year}"
    return (middle, f"{month:%b}") if scale.form.is_narrow else (long, middle, f"{month:%b}")
