"""The worklist of claims, the search box that leads to it, and its export."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of
from accounts.actions import log_accesses
from accounts.models import Role
from claims.assignment import colleagues
from claims.bulk.choice import MOST
from claims.determinations.checks import DECIDES
from claims.filters import ORDERS, WorklistFilter
from claims.models import Claim
from claims.pages.export import HEADINGS, claims_to_export, count_to_export, export_row
from claims.pages.keyset import place_in
from claims.pages.saved import tabs_of, worklist_of, worklist_with
from claims.pages.search import claim_number_in, keep_search, patient_with_many
from claims.pages.worklist import DEFAULT_ORDER, chips_of, worklist
from claims.views.bulk import acts_of
from claims.worklists.saved import filter_to_open_with
from policy import clock


@allow(*Role)
@require_GET
def claim_list(request: HttpRequest) -> HttpResponse:
    """The claims that a person may see, by the filters of the address; without any word in it what one opens with."""
    if not request.GET and (saved := filter_to_open_with(person_of(request))):
        return redirect(worklist_of(request, saved))
    filters = bound_filters(request)
    page = worklist(person_of(request), filters, order_asked(request), place_in(request.GET))
    context = {
        "list": page,
        "filters": filters,
        "form": filters.form,
        "tabs": tabs_of(request, filters.search_words, page.total),
        "is_filtered": bool(page.chips),
        "colleagues": colleagues() if person_of(request).role in DECIDES else (),
        "may": acts_of(person_of(request).role),
        "most_chosen": MOST,
    }
    return render(request, "claims/worklist.html", context)


def bound_filters(request: HttpRequest) -> WorklistFilter:
    filters = WorklistFilter(request.GET, queryset=Claim.objects.none(), request=request)
    filters.is_valid()
    return filters


def order_asked(request: HttpRequest) -> str:
    """The order that the address names, else the oldest first."""
    order = request.GET.get("order", DEFAULT_ORDER)
    return order if order in ORDERS else DEFAULT_ORDER


@allow(*Role)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Leads to the claim that was named, to the person of an MBI who has more claims than a page of the list, else to
    the claims that the words mean, with the other filters as they were.
    """
    words = (request.POST.get("q") or request.GET.get("q") or "").strip()
    number = claim_number_in(words)
    if number and Claim.objects.visible_to(person_of(request)).filter(icn=number).exists():
        return redirect("claims:claim", number)
    kept = request.POST.copy()
    for name in ("q", "csrfmiddlewaretoken"):
        kept.pop(name, None)
    if not kept and (patient := patient_with_many(words, person_of(request))):
        return redirect("beneficiary", patient)
    if words:
        kept["search"] = keep_search(request.session, words)
    return redirect(worklist_with(kept))


@allow(*Role)
@require_GET
def export_page(request: HttpRequest) -> HttpResponse:
    """What an export of the filters has, before it is taken: its rows, its columns."""
    filters = bound_filters(request)
    context = {"count": count_to_export(person_of(request), filters), "chips": chips_of(filters), "headings": HEADINGS}
    return render(request, "claims/export.html", context)


@allow(*Role)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The claims of the filters as CSV, in their order; each is noted as looked at while it goes out."""
    filters = bound_filters(request)
    claims = claims_to_export(person_of(request), filters, ORDERS[order_asked(request)][1])
    response = StreamingHttpResponse(csv_lines(logged(request, claims)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="claims-{clock.today():%Y-%m-%d}.csv"'
    return response


def logged(request: HttpRequest, batches: Iterable[list[Claim]]) -> Iterator[Claim]:
    for batch in batches:
        log_accesses(person_of(request), batch, page="Claims, CSV export")
        yield from batch


class Echo:
    """What the CSV writer writes into: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(claims: Iterable[Claim]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(HEADINGS)
    for claim in claims:
        yield writer.writerow(export_row(claim))
