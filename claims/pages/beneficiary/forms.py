"""Which weeks the calendar of a patient shows."""

from __future__ import annotations

import datetime as dt

from django import forms

from claims.calendar.window import WIDE_WEEKS, Window, around, weeks_from
from claims.edits.history import WEEK, week_start
from claims.filters import DAY_FORMATS

WEEKS = {14: "14 weeks", 26: "Half a year", 53: "A year"}


class WeeksForm(forms.Form):
    """The first day, which is taken to the Sunday before it, and how many weeks."""

    begin = forms.DateField(
        label="From",
        required=False,
        input_formats=DAY_FORMATS,
        help_text="Month/day/year",
        error_messages={"invalid": "From is not a date. Write it as month/day/year, like 01/31/2026."},
    )
    weeks = forms.TypedChoiceField(
        label="How long", required=False, coerce=int, choices=list(WEEKS.items()), empty_value=None
    )

    @classmethod
    def of(cls, window: Window) -> WeeksForm:
        """The form with the weeks that are shown."""
        return cls(initial={"begin": f"{window.first:%m/%d/%Y}", "weeks": window.days // 7})

    def window(self, today: dt.date) -> Window:
        """The weeks asked for; those around today when the first day is not given or is none."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        weeks, begin = given.get("weeks") or WIDE_WEEKS, given.get("begin")
        if begin is None or not dt.date(1900, 1, 1) <= begin <= dt.date(2200, 1, 1):
            return around([today], [], weeks)
        return weeks_from(week_start(begin), weeks)


def beside(window: Window) -> tuple[Window, Window]:
    """The window as long before this one, and the one after it, with the last week of the one before in common."""
    step = window.days // 7 * WEEK - WEEK
    return Window(window.first - step, window.last - step), Window(window.first + step, window.last + step)
