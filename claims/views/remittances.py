"""Remittances: the list, one in words, its 835, and the same as PDF and CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_access, log_accesses
from accounts.models import Role
from claims.models import Remittance
from claims.pages import remittances as pages
from claims.pages.keyset import place_in
from claims.pages.remittance_rows import HEADINGS, rows_of
from claims.payment.pdf import paper_of
from claims.views.csv_file import csv_file


@allow(*Role)
@require_GET
def remittance_list(request: HttpRequest) -> HttpResponse:
    """The remittances that a person may see, the latest first."""
    page = pages.remittance_list(person_of(request), place_in(request.GET))
    return render(request, "claims/remittances.html", {"page": page})


@allow(*Role)
@require_GET
def remittance(request: HttpRequest, pk: int) -> HttpResponse:
    """What a supplier was told and paid on one day, claim by claim."""
    page = shown_or_404(request, pk, "Remittance")
    return render(request, "claims/remittance.html", {"page": page, "remittance": page.remittance})


def shown_or_404(request: HttpRequest, pk: int, where: str) -> pages.RemittanceShown:
    """The remittance with its claims, each logged as looked at."""
    try:
        page = pages.remittance_shown(person_of(request), pk)
    except Remittance.DoesNotExist as missing:
        raise Http404("No such remittance.") from missing
    log_accesses(person_of(request), [shown.on.claim for shown in page.claims], page=where)
    return page


@allow(*Role)
@require_GET
def download_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The remittance on paper."""
    page = shown_or_404(request, pk, "Remittance, PDF")
    content = paper_of("claims/remittance_pdf.html", {"page": page, "remittance": page.remittance}).content
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name_of(page.remittance)}.pdf"'
    return response


@allow(*Role)
@require_GET
def download_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The remittance as rows, one a line."""
    page = shown_or_404(request, pk, "Remittance, CSV")
    return csv_file(name_of(page.remittance), (HEADINGS, *rows_of(page)))


def name_of(remittance: Remittance) -> str:
    """The name of its files, without the ending."""
    return f"remittance-{remittance.payment_day:%Y%m%d}-{remittance.control_number:09d}"


@allow(*Role)
@require_GET
def download_835(request: HttpRequest, pk: int) -> HttpResponse:
    """The 835 as it went out, byte for byte."""
    found = visible_or_404(Remittance.objects, person_of(request), pk=pk)
    log_access(person_of(request), found, page="835")
    return file_response(found)


def file_response(remittance: Remittance) -> HttpResponse:
    response = HttpResponse(remittance.content, content_type="text/plain; charset=utf-8")
    name = f"835-{remittance.payment_day:%Y%m%d}-{remittance.control_number:09d}.x12"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
