"""Calendars as SVG: readable, inside their edges, no words on others, in any state of a claim."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.adjudication.facts import ClaimFacts
from claims.calendar.canvas import shortened, width_of
from claims.calendar.draw_point import levels_of
from claims.calendar.drawing import Drawing, draw
from claims.calendar.form import NARROW, WIDE, Form
from claims.calendar.of_patient import patient_calendar
from claims.calendar.scene import Names
from claims.calendar.table import table_of
from claims.calendar.window import weeks_from
from tests.claims.adjudication.worlds import base_claim, claims, line, patient_of, patients, with_patient
from tests.claims.calendar.scenes import TODAY, calendar_of, day, tables, the_mock, visit

SVG = "{http://www.w3.org/2000/svg}"
FORMS = pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])


def parsed(drawing: Drawing) -> ET.Element:
    return ET.fromstring(drawing.svg)


def words_of(drawing: Drawing) -> list[str]:
    return [text.text or "" for text in parsed(drawing).iter(f"{SVG}text")]


def in_good_order(drawing: Drawing) -> None:
    """Everything lies inside the drawing, and no words lie on other words."""
    words = [box for box in drawing.boxes if box.words]
    for box in drawing.boxes:
        assert -0.1 <= box.left <= box.right <= drawing.width + 0.1, box
        assert -0.1 <= box.top <= box.bottom <= drawing.height + 0.1, box
    for one, other in combinations(words, 2):
        assert not one.meets(other), (one, other)


# ---------- the claim of the design's picture ----------


def test_the_drawing_has_a_name_a_description_and_no_inline_style() -> None:
    drawing = draw(calendar_of(the_mock()), WIDE, "cal")
    root = parsed(drawing)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "cal-t cal-d"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Visit calendar of Harold Whitcombe, December 28, 2025 to April 4, 2026"
    assert description is not None
    assert description.text == "What decides. The table below gives the same facts."
    assert not any("style" in element.attrib for element in root.iter())
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_what_decides_is_written_on_it() -> None:
    words = words_of(draw(calendar_of(the_mock()), WIDE, "cal"))
    for expected in (
        "60 days after Jan 14: no initial visit",
        "day 40",
        "possible from Mar 16",
        "J2260 milrinone lactate of Jan 28, paid, counts through Feb 27",
        "Line 3 needs a bill of Jan 31 to Mar 2",
        "Bayline Infusion: 4 visits, last on Jan 14, all paid",
        "Version 2, signed Jan 29",
        "Today, Mar 10",
        "January 2026",
        "April",
    ):
        assert expected in words


def test_the_narrow_drawing_names_lanes_above_them() -> None:
    drawing = draw(calendar_of(the_mock()), NARROW, "cal")
    words = words_of(drawing)
    assert drawing.width == 358
    assert "day 40; possible again from Mar 16" in words
    assert "J2260 Jan 28 – Feb 27" in words
    assert "needed, line 3" in words


@FORMS
def test_each_mark_that_is_drawn_is_named_for_the_pointer(form: Form) -> None:
    calendar = calendar_of(the_mock())
    titles = " | ".join(title.text or "" for title in parsed(draw(calendar, form, "cal")).iter(f"{SVG}title"))
    window = calendar.narrow if form.is_narrow else calendar.window
    for mark in calendar.marks:
        if window.touches(mark.first, mark.last):
            assert mark.said.what in titles


def test_names_are_escaped() -> None:
    calendar = replace(calendar_of(the_mock()), title="<b>Visits & more</b>", description='"</desc><script>"')
    assert parsed(draw(calendar, WIDE, "cal")).find(f"{SVG}title").text == "<b>Visits & more</b>"  # type: ignore[union-attr]


# ---------- the edges of time ----------


@FORMS
@pytest.mark.parametrize(
    "days",
    [
        [day(12, 31, 2025), day(1, 1)],
        [day(2, 28, 2024), day(2, 29, 2024), day(3, 1, 2024)],
        [day(1, 4)],
        [day(1, 5), day(1, 5), day(1, 6), day(1, 7), day(1, 8)],
        [day(2, 2, 2025), day(1, 30)],
    ],
    ids=["new year", "leap day", "a sunday", "day after day", "a year apart"],
)
def test_days_at_edges_are_drawn_in_good_order(form: Form, days: list[dt.date]) -> None:
    lines = tuple(line(number, on, "G0068") for number, on in enumerate(days, 1))
    calendar = calendar_of(base_claim(lines=lines, received=max(days)))
    drawing = draw(calendar, form, "cal")
    in_good_order(drawing)
    numbers = [box.words for box in drawing.boxes if box.owner < 0 and box.words]
    assert numbers == [str(number) for number in range(1, len(days) + 1)]


@FORMS
def test_a_claim_of_fifty_lines_is_drawn(form: Form) -> None:
    lines = tuple(line(number, day(1, 1) + dt.timedelta(days=number // 2), "G0068") for number in range(1, 51))
    in_good_order(draw(calendar_of(base_claim(lines=lines)), form, "cal"))


def test_points_that_are_close_are_stacked() -> None:
    assert levels_of([10, 15, 21, 40], 10) == [0, 1, 0, 0]
    assert levels_of([], 10) == []


def test_words_are_cut_where_there_is_no_room() -> None:
    cut = shortened("Ohio Valley Example Infusion: 1 visit", 100, 12)
    assert cut.endswith("…")
    assert width_of(cut, 12) <= 100
    assert shortened("short", 100, 12) == "short"


# ---------- any claim, any patient ----------


@given(claims(), st.sampled_from((WIDE, NARROW)), st.booleans())
def test_any_claim_is_drawn_in_good_order(facts: ClaimFacts, form: Form, is_for_supplier: bool) -> None:
    in_good_order(draw(calendar_of(facts, is_for_supplier=is_for_supplier), form, "cal"))


@given(st.lists(st.dates(day(1, 5), day(2, 10)), min_size=1, max_size=8), st.sampled_from((WIDE, NARROW)))
def test_close_visits_leave_words_readable(days: list[dt.date], form: Form) -> None:
    lines = tuple(line(number, on, "G0068") for number, on in enumerate(days[:4], 1))
    visits = tuple(visit(on, own=number % 2 == 0) for number, on in enumerate(days))
    in_good_order(draw(calendar_of(with_patient(base_claim(lines=lines), visits=visits)), form, "cal"))


@given(claims())
def test_the_table_has_a_row_for_each_mark(facts: ClaimFacts) -> None:
    calendar = calendar_of(facts)
    table = table_of(calendar)
    assert sorted(row.what for row in table.rows) == sorted(mark.said.what for mark in calendar.marks)
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


@given(patients(), st.dates(day(6, 1, 2025), day(6, 1)), st.sampled_from((14, 26, 53)), st.sampled_from((WIDE, NARROW)))
def test_any_patient_is_drawn_over_any_weeks(facts: object, first: dt.date, weeks: int, form: Form) -> None:
    assert isinstance(facts, type(patient_of(base_claim())))
    window = weeks_from(first - dt.timedelta(days=(first.weekday() + 1) % 7), weeks)
    drawing = draw(patient_calendar(facts, Names(), tables(), window, TODAY, "Somebody"), form, "cal")
    in_good_order(drawing)
    assert re.match(r"<svg [^>]*role=\"img\"", drawing.svg)
