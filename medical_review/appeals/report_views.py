"""The report of redeterminations, for medical directors: on the screen and as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow
from accounts.models import Role
from claims.inventory.reading import figures_for
from claims.reports.forms import presets
from claims.views.reports import csv_answer, query_of, span_form
from medical_review.appeals.report import REPORT
from policy import clock


@allow(Role.MEDICAL_DIRECTOR)
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The report over the days that the address names; its mistakes stand at the form."""
    today, form = clock.today(), span_form(request)
    span = form.span if form.is_valid() else None
    context = {
        "report": REPORT,
        "form": form,
        "span": span,
        "figures": figures_for(today),
        "sections": REPORT.sections(span) if span else (),
        "presets": [(words, preset, query_of(preset)) for words, preset in presets(today)],
        "csv": query_of(span) if span else "",
    }
    return render(request, "medical_review/appeals/report.html", context)


@allow(Role.MEDICAL_DIRECTOR)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same tables as CSV."""
    return csv_answer(REPORT, span_form(request))
