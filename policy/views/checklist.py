"""What to load for a year."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import staff
from policy import clock
from policy.checklist import checklist
from policy.registry import FIRST_DAY

#: How far ahead a year can be asked about.
YEARS_AHEAD = 5
#: From this month on, the coming year is what one asks about.
AUTUMN = 9


class YearForm(forms.Form):
    """A calendar year."""

    year = forms.IntegerField()

    def __init__(self, latest: int, *data: object) -> None:
        super().__init__(*data)  # type: ignore[arg-type]
        self.fields["year"] = forms.IntegerField(label="Year", min_value=FIRST_DAY.year, max_value=latest)


@staff
@require_GET
def yearly(request: HttpRequest) -> HttpResponse:
    """Every table with what is published for it, its last day covered, and whether the year is loaded."""
    today = clock.today()
    usual = today.year + (today.month >= AUTUMN)
    form = YearForm(today.year + YEARS_AHEAD, request.GET or {"year": usual})
    year = form.cleaned_data["year"] if form.is_valid() else usual
    entries = checklist(year, today)
    context = {"form": form, "year": year, "entries": entries, "open": sum(not e.state.is_done for e in entries)}
    return render(request, "policy/checklist.html", context | {"today": today})
