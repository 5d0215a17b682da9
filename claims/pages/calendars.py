"""A calendar as a page shows it: two drawings, of which the style sheet shows one, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from claims.calendar.drawing import draw
from claims.calendar.form import NARROW, WIDE, Form
from claims.calendar.marks import Calendar
from claims.calendar.table import CalendarTable, table_of


@dataclass(frozen=True, slots=True)
class CalendarShown:
    """`ident` begins the ids of the parts; `is_of_claim` tells that there are a claim's days to explain."""

    ident: str
    wide: SafeString
    narrow: SafeString
    table: CalendarTable
    is_of_claim: bool


def calendar_shown(calendar: Calendar, ident: str) -> CalendarShown:
    return CalendarShown(
        ident=ident,
        wide=_svg(calendar, WIDE, f"{ident}-wide"),
        narrow=_svg(calendar, NARROW, f"{ident}-narrow"),
        table=table_of(calendar),
        is_of_claim=bool(calendar.days),
    )


def _svg(calendar: Calendar, form: Form, ident: str) -> SafeString:
    return mark_safe(draw(calendar, form, ident).svg)  # noqa: S308 (the canvas escapes every text)
