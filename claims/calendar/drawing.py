"""Calendars as SVG: the axis, the lanes with their marks, the claim's days and today through all of them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from claims.calendar.axis import draw_axis
from claims.calendar.canvas import Box, Canvas, Words, circle, path, rect, shortened
from claims.calendar.draw_point import levels_of
from claims.calendar.form import Form, Scale
from claims.calendar.looks import FONT, INK, INK_2, INK_3, LINE, NAVY, SOFT_LINE, THIN
from claims.calendar.marks import Bar, Calendar, Gap, Lane
from claims.calendar.rows import draw_row, height_of
from claims.calendar.words import short


@dataclass(frozen=True, slots=True)
class Drawing:
    """The SVG of a calendar in one form, and where words and marks stand on it."""

    svg: str
    width: float
    height: float
    boxes: tuple[Box, ...]


def draw(calendar: Calendar, form: Form, ident: str) -> Drawing:
    """The drawing of a calendar; `ident` begins the ids of its parts and is the page's only one."""
    window = calendar.narrow if form.is_narrow else calendar.window
    canvas, scale = Canvas(form.width, form.names), Scale(form, window)
    strip = form.axis if not window.is_in_years else form.axis - 14
    top = strip + _draw_strip(canvas, scale, calendar, strip)
    for lane in calendar.lanes:
        top += _draw_lane(canvas, scale, lane, top, ident)
    canvas.back.append(path(f"M0 {top + 0.5}H{form.width}", stroke=LINE))
    height = top + 1
    _draw_days(canvas, scale, calendar, strip, height)
    draw_axis(canvas, scale, strip, height)
    return Drawing(_svg(canvas, calendar, form, height, ident), form.width, height, tuple(canvas.boxes))


def _svg(canvas: Canvas, calendar: Calendar, form: Form, height: float, ident: str) -> str:
    hatch = (
        f'<defs><pattern id="{ident}-h" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#f1f3f6"/>'
        f'<path d="M0 0V6" stroke="{THIN}" stroke-width="2"/></pattern></defs>'
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="cal cal--{"narrow" if form.is_narrow else "wide"}" role="img" '
        f'aria-labelledby="{ident}-t {ident}-d" viewBox="0 0 {form.width} {height:g}" width="{form.width}" '
        f'height="{height:g}" font-family="{FONT}" font-size="12">'
        f'<title id="{ident}-t">{escape(calendar.title)}</title>'
        f'<desc id="{ident}-d">{escape(calendar.description)}</desc>'
    )
    return "\n".join((head, hatch, *canvas.back, *canvas.body, *canvas.front, "</svg>"))


# ---------- above the lanes: the claim's lines by number, and today ----------


def _draw_strip(canvas: Canvas, scale: Scale, calendar: Calendar, top: int) -> float:
    """The pins of the claim's lines; gives the height of the strip."""
    form = scale.form
    days = [day for day in calendar.days if scale.window.holds(day.day)]
    levels = levels_of([scale.middle(day.day, form.pin) for day in days], 2 * form.pin + 1)
    step = 2 * form.pin + 2
    first = top + form.pin + 4 - (2 if form.is_narrow else 0)
    if calendar.days and not form.is_narrow:
        canvas.write(Words(0, first + 4, "This claim, by line", 13, INK, 600))
    for day, level in zip(days, levels, strict=True):
        _draw_pin(canvas, form, scale.middle(day.day, form.pin), first + level * step, day.number)
    _draw_today(canvas, scale, calendar, first + 4)
    return 2 * form.pin + 8 - (4 if form.is_narrow else 0) + max(levels, default=0) * step


def _draw_pin(canvas: Canvas, form: Form, x: float, y: float, number: int) -> None:
    fill = NAVY if form.is_narrow else "#fff"
    if not form.is_narrow:
        canvas.front.append(circle(x, y, form.pin, fill=NAVY))
    canvas.take(x - form.pin, y - form.pin, x + form.pin, y + form.pin, owner=-number)
    canvas.write(Words(x, y + 4, str(number), form.text, fill, 700, "middle", -number), halo=form.is_narrow)
    if not form.is_narrow:
        canvas.front.append(canvas.body.pop())


def _draw_today(canvas: Canvas, scale: Scale, calendar: Calendar, y: float) -> None:
    if not scale.window.holds(calendar.today):
        return
    x = scale.middle(calendar.today)
    words = "Today" if scale.form.is_narrow else f"Today, {short(calendar.today)}"
    style = (scale.form.text, INK, 600)
    at_right, at_left = Words(x + 6, y, words, *style), Words(x - 6, y, words, *style, "end")
    canvas.place((at_right, at_left), halo=True)


def _draw_days(canvas: Canvas, scale: Scale, calendar: Calendar, top: float, bottom: float) -> None:
    """The claim's days as tinted columns with a dotted line, today as a solid line, through all lanes."""
    for day in dict.fromkeys(each.day for each in calendar.days):
        if scale.window.holds(day):
            left, middle = scale.left(day), scale.middle(day)
            canvas.back.append(rect(left, top + 6, left + scale.per_day, bottom, fill=NAVY, opacity=".09"))
            dotted = path(f"M{middle:.1f} {top + 6}V{bottom:g}", stroke="#7a8699", dash="1 2")
            canvas.front.insert(0, dotted)
    if scale.window.holds(calendar.today):
        canvas.back.append(path(f"M{scale.middle(calendar.today):.1f} {top}V{bottom:g}", stroke=INK_3, width="1.2"))


# ---------- lanes ----------


def _draw_lane(canvas: Canvas, scale: Scale, lane: Lane, top: float, ident: str) -> float:
    """Draws a lane and gives its height."""
    form = scale.form
    canvas.back.append(path(f"M0 {top + 0.5}H{form.width}", stroke=LINE if lane.is_new_subject else SOFT_LINE))
    body = top + form.heading + form.padding
    y = body
    for row in lane.rows:
        height = height_of(row, lane.kind, scale)
        draw_row(canvas, scale, lane, row, y, height, ident)
        y += height
    if not lane.marks and not form.is_narrow:
        y = max(y, body + form.rows[lane.kind])
        canvas.write(Words(form.names + 6, (body + y) / 2 + 4.3, lane.words, form.text, INK_3))
    height = max(y + form.padding - top, 0 if form.is_narrow else _least(lane))
    _draw_name(canvas, scale, lane, top, height)
    return height


def _least(lane: Lane) -> float:
    """A name with a second line needs its room."""
    return 36 if lane.sub else 26


def _draw_name(canvas: Canvas, scale: Scale, lane: Lane, top: float, height: float) -> None:
    form = scale.form
    if form.is_narrow:
        canvas.write(Words(0, top + 14, lane.name, 12.5, INK, 600), halo=True)
        left = Words(0, 0, lane.name, 12.5, INK, 600).box.right + (6 if lane.name else 0)
        beside = shortened(_beside_name(lane), form.width - left, 12)
        canvas.write(Words(left, top + 14, beside, 12, INK_3), halo=True)
        return
    middle = top + height / 2 + (-2 if lane.sub and lane.name else 4.5)
    if lane.name:
        canvas.write(Words(0, middle, lane.name, 13, INK, 600))
    if lane.sub:
        below = middle + (14.5 if lane.name else 0)
        canvas.write(Words(0, below, shortened(lane.sub, form.names - 6, 12), 12, INK_3 if lane.name else INK_2))


def _beside_name(lane: Lane) -> str:
    """What stands beside the name in the narrow form, where the lane itself has no room for words."""
    first = lane.marks[0] if lane.marks else None
    if isinstance(first, Gap):
        days = ", ".join(f"day {day.count}" for day in first.days)
        return f"{f'{days}; ' if days else ''}possible again from {short(first.eligible)}"
    if lane.kind == "thin" and isinstance(first, Bar):
        return first.labels[-1]
    return ": ".join(part for part in (lane.sub, lane.words) if part)
