"""The span of days that a report is asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from claims.inventory.filters import DaySpan

#: Days that a report spans at most.
LONGEST = 366


class SpanForm(forms.Form):
    first = forms.DateField(label="From")
    last = forms.DateField(label="To")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "To must not be before From.")
        elif first and last and (last - first).days >= LONGEST:
            self.add_error("first", f"From must lie at most {LONGEST} days before To: choose a shorter span.")
        return cleaned

    @property
    def span(self) -> DaySpan:
        """The days asked for; only of a form that is valid."""
        return DaySpan(self.cleaned_data["first"], self.cleaned_data["last"])


def usual_span(today: dt.date) -> DaySpan:
    """This month so far and the two before it."""
    month = today.replace(day=1)
    for _ in range(2):
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return DaySpan(month, today)


def presets(today: dt.date) -> tuple[tuple[str, DaySpan], ...]:
    """Spans that are asked for often, with their words."""
    month = today.replace(day=1)
    before = month - dt.timedelta(days=1)
    return (
        ("This month", DaySpan(month, today)),
        ("Last month", DaySpan(before.replace(day=1), before)),
        ("Three months", usual_span(today)),
        ("This year", DaySpan(today.replace(month=1, day=1), today)),
    )
