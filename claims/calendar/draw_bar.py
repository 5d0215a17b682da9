"""Bars of a calendar as SVG: a span of days with its words in it, behind it or before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.calendar.canvas import Canvas, Words, number, path, rect
from claims.calendar.draw_point import diamond
from claims.calendar.form import Scale
from claims.calendar.looks import BARS, DRUG, HATCHED, INK, INK_2, THIN
from claims.calendar.marks import Bar
from claims.calendar.window import ONE_DAY
from claims.calendar.words import pointed_at, with_year


def draw_bar(canvas: Canvas, scale: Scale, bar: Bar, y: float, ident: str) -> None:
    """A bar with what stands on it; one in which nothing happens is a line."""
    title = pointed_at(bar.said, _days(bar))
    if bar.look == "thin":
        _draw_line(canvas, scale, bar, y, title)
        return
    _draw_box(canvas, scale, bar, y, title, ident)
    if _is_bill(bar) and scale.window.holds(bar.first):
        is_filled = bar.look == "paid" and not bar.is_later
        canvas.front.append(diamond(scale.middle(bar.first), y, DRUG if is_filled else "#fff"))
    for day in filter(scale.window.holds, bar.signed):
        x, half = scale.middle(day), scale.form.bar / 2
        d = f"M{number(x)} {number(y - half)}v{scale.form.bar}"
        canvas.front.append(path(d, stroke=INK, width="2", title=f"Signed {with_year(day)}"))
        canvas.take(x - 1, y - half, x + 1, y + half)


def _draw_box(canvas: Canvas, scale: Scale, bar: Bar, y: float, title: str, ident: str) -> None:
    """The bar itself: white for what the decision did not know, with an arrow where it goes on."""
    left, right = _edges(scale, bar)
    look, half = BARS[bar.look], scale.form.bar / 2
    fill = "#fff" if bar.is_later else f"url(#{ident}-h)" if look.fill == HATCHED else look.fill
    edges = (left + 0.5, y - half + 0.5, right - 0.5, y + half - 0.5)
    canvas.body.append(rect(*edges, fill=fill, stroke=look.stroke, dash=look.dash, radius=2, title=title))
    canvas.take(left, y - half, right, y + half, owner=id(bar))
    if _goes_on(scale, bar) and not scale.form.is_narrow:
        canvas.body.append(path(f"M{number(right)} {number(y - half)}l7 {half}-7 {half}Z", fill=look.stroke))


def _is_bill(bar: Bar) -> bool:
    return bar.look in ("paid", "pending", "denied")


def _draw_line(canvas: Canvas, scale: Scale, bar: Bar, y: float, title: str) -> None:
    """A line, with an arrow at an end that lies outside."""
    left, right = _edges(scale, bar)
    dash = "6 4" if bar.is_later else ""
    canvas.body.append(
        path(f"M{number(left)} {number(y)}H{number(right)}", stroke=THIN, width="4", dash=dash, title=title)
    )
    canvas.take(left, y - 2, right, y + 2, owner=id(bar))
    if scale.form.is_narrow:
        return
    if bar.first < scale.window.first:
        canvas.body.append(path(f"M{number(left - 1)} {number(y - 5)}l-7 5 7 5Z", fill=THIN))
    if _goes_on(scale, bar):
        canvas.body.append(path(f"M{number(right)} {number(y - 5)}l7 5-7 5Z", fill=THIN))


def _edges(scale: Scale, bar: Bar) -> tuple[float, float]:
    return scale.left(bar.first), scale.left(bar.last + ONE_DAY) if bar.last else scale.end


def _goes_on(scale: Scale, bar: Bar) -> bool:
    return bar.last is None or bar.last > scale.window.last


def _days(bar: Bar) -> str:
    if _is_bill(bar):
        return with_year(bar.first)
    return f"{with_year(bar.first)} to {with_year(bar.last)}" if bar.last else f"since {with_year(bar.first)}"


def draw_bar_words(canvas: Canvas, scale: Scale, bar: Bar, y: float) -> None:
    """The longest words of a bar that fit: in it, else behind it or before it."""
    is_line = bar.look == "thin"
    if is_line and scale.form.is_narrow:
        return
    labels = bar.labels[-1:] if scale.form.is_narrow else bar.labels
    fits = [tuple(_inside(scale, bar, text, y)) for text in labels]
    beside = [tuple(_beside(scale, bar, text, y)) for text in labels]
    # A bar holds rather short words than none; along a line the long ones stand as well beside it.
    groups = [group for pair in zip(fits, beside, strict=True) for group in pair] if is_line else [*fits, *beside]
    candidates = [words for group in groups for words in group]
    canvas.place(candidates, halo=not is_line, behind="#fff" if is_line else "")


def _inside(scale: Scale, bar: Bar, text: str, y: float) -> Iterator[Words]:
    left, right = _edges(scale, bar)
    look = BARS.get(bar.look)
    ink, weight = (look.ink, look.weight) if look else (INK_2, 400)
    words = Words(left + _before_words(scale, bar, left), y + 4.2, text, scale.form.text, ink, weight, owner=id(bar))
    if words.box.right <= right - (12 if bar.look == "thin" else 3):
        yield words


def _beside(scale: Scale, bar: Bar, text: str, y: float) -> Iterator[Words]:
    left, right = _edges(scale, bar)
    words = Words(right + (16 if _goes_on(scale, bar) else 8), y + 4.2, text, scale.form.text)
    yield words
    if left - scale.form.names > 8:
        yield replace(words, x=left - 8, anchor="end")


def _before_words(scale: Scale, bar: Bar, left: float) -> float:
    """What stands at the left end of a bar before its words: a diamond, or a signature."""
    if bar.look == "thin":
        return 20 if not scale.form.is_narrow else 4
    if _is_bill(bar) and scale.window.holds(bar.first):
        return scale.middle(bar.first) - left + 11
    ticks = [scale.middle(day) - left for day in bar.signed if scale.window.holds(day) and day >= bar.first]
    return max((tick for tick in ticks if tick < 80), default=0) + (8 if not scale.form.is_narrow else 5)
