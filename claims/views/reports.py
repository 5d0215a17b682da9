"""The reports: what there is, one of them on the screen, and as CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import staff
from claims.inventory.filters import DaySpan
from claims.inventory.reading import figures_for
from claims.reports.catalogue import REPORTS, Report
from claims.reports.forms import SpanForm, presets, usual_span
from claims.reports.tables import csv_rows
from claims.views.csv_file import csv_file
from policy import clock

BY_NAME = {report.name: report for report in REPORTS}


@staff
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The reports there are."""
    return render(request, "claims/reports/index.html", {"reports": REPORTS})


@staff
@require_GET
def report(request: HttpRequest, name: str) -> HttpResponse:
    """One report over the days that the address names; its mistakes stand at the form."""
    today, form = clock.today(), span_form(request)
    span = form.span if form.is_valid() else None
    figures = figures_for(today)
    spans = [(words, preset, query_of(preset)) for words, preset in presets(today)]
    context = {
        "report": BY_NAME[name],
        "form": form,
        "span": span,
        "figures": figures,
        "sections": BY_NAME[name].sections(span) if span else (),
        "presets": spans,
        "csv": query_of(span) if span else "",
    }
    return render(request, "claims/reports/report.html", context)


@staff
@require_GET
def export(request: HttpRequest, name: str) -> HttpResponse:
    """The same tables as CSV, with all their rows."""
    return csv_answer(BY_NAME[name], span_form(request))


def csv_answer(report: Report, form: SpanForm) -> HttpResponse:
    """The file; a span that is not understood is told in its place."""
    if not form.is_valid():
        faults = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(faults, status=400, content_type="text/plain; charset=utf-8")
    return csv_of(report, form)


def csv_of(report: Report, form: SpanForm) -> HttpResponse:
    span, figures = form.span, figures_for(clock.today())
    counted = f", counted {timezone.localtime(figures.counted_at):%Y-%m-%d %H:%M}" if figures else ""
    heading = [f"{report.title}, {report.days} {span.words}{counted}"]
    return csv_file(f"{report.name}-{span.first}-{span.last}", (heading, *csv_rows(report.sections(span))))


def span_form(request: HttpRequest) -> SpanForm:
    """The form as it was sent, else with the usual span; days that are understood are written as everywhere."""
    usual = usual_span(clock.today())
    form = SpanForm({"first": str(usual.first), "last": str(usual.last), **request.GET.dict()})
    if form.is_valid():
        form.data = {"first": f"{form.span.first:%m/%d/%Y}", "last": f"{form.span.last:%m/%d/%Y}"}
    return form


def query_of(span: DaySpan) -> str:
    return f"?first={span.first}&last={span.last}"
