"""The 60 days after a visit as SVG: a bracket with the day of each initial visit."""

from __future__ import annotations

from claims.calendar.canvas import Canvas, Words, circle, number, path, rect
from claims.calendar.form import Scale
from claims.calendar.looks import DENIED_INK, GAP_GROUND, INK, INK_2
from claims.calendar.marks import Gap
from claims.calendar.words import pointed_at, short, with_year


def draw_gap(canvas: Canvas, scale: Scale, gap: Gap, y: float) -> None:
    """A bracket from the last visit to the first day on which an initial visit is possible."""
    is_narrow = scale.form.is_narrow
    left, right = _gap_edges(scale, gap)
    half = 8 if is_narrow else 12
    title = pointed_at(gap.said, with_year(gap.first))
    ground = rect(left, y - half * 0.75, right, y + half * 0.75, fill=GAP_GROUND, title=title)
    ends = (f"M{number(left)} {number(y - half)}v{2 * half}" if scale.window.holds(gap.first) else "") + (
        f"M{number(right)} {number(y - half)}v{2 * half}" if scale.window.holds(gap.eligible) else ""
    )
    line = f"M{number(left)} {number(y)}H{number(right)}"
    canvas.body += [ground, path(ends + line, stroke=INK_2, width="1.4")]
    arrow = 4.5 if is_narrow else 5.5
    arrow_at = min(right, scale.form.width - 8.0)
    canvas.front.append(
        path(
            f"M{number(arrow_at)} {number(y - arrow)}l{6 if is_narrow else 8} {arrow}-{6 if is_narrow else 8} {arrow}Z",
            fill=INK_2,
        )
    )
    canvas.take(arrow_at, y - arrow, arrow_at + 8, y + arrow)
    for day in gap.days:
        if scale.window.holds(day.day):
            _draw_gap_day(canvas, scale, scale.middle(day.day), y, day.count, day.is_too_early)
    if not is_narrow:
        _draw_gap_words(canvas, scale, gap, y)


def _gap_edges(scale: Scale, gap: Gap) -> tuple[float, float]:
    left = scale.middle(gap.first) if scale.window.holds(gap.first) else scale.left(gap.first)
    return left, scale.left(gap.eligible)


def _draw_gap_day(canvas: Canvas, scale: Scale, x: float, y: float, days: int, is_too_early: bool) -> None:
    fill = "#b50909" if is_too_early else "#216e1f"
    ink = DENIED_INK if is_too_early else INK
    words = Words(x, y + 4.3, f"day {days}", scale.form.text, ink, 700, "middle")
    if scale.form.is_narrow or not canvas.place([words], behind=GAP_GROUND if is_too_early else "#fff"):
        canvas.front.append(circle(x, y, 3.2, fill=fill, title=f"day {days}"))
        canvas.take(x - 3.2, y - 3.2, x + 3.2, y + 3.2)


def _draw_gap_words(canvas: Canvas, scale: Scale, gap: Gap, y: float) -> None:
    """Why and from when; where the end lies outside, both in one."""
    left, right = _gap_edges(scale, gap)
    style = (scale.form.text, INK, 600)
    when = f"possible from {short(gap.eligible)}"
    why = f"60 days after {short(gap.first)}: no initial visit"
    is_inside = scale.window.holds(gap.eligible)
    texts = [why] if is_inside else [f"{why} before {short(gap.eligible)}", f"none before {short(gap.eligible)}"]
    starts = [Words(left + 15, y + 4.3, text, *style) for text in texts]
    ends = [Words(right - 12, y + 4.3, text, *style, "end") for text in texts]
    fits = [words for words in (*starts, *ends) if words.box.left >= left + 5 and words.box.right <= right - 10]
    canvas.place(fits, behind=GAP_GROUND)
    if is_inside and not canvas.place([Words(right + 15, y + 4.3, when, *style)]):
        canvas.place([Words(right - 12, y + 4.3, when, *style, "end")], behind=GAP_GROUND)
