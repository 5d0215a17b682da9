"""The pages of suppliers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.models import Role
from claims.pages.keyset import place_in
from claims.pages.supplier.listing import ListForm, rows_of, supplier_list
from claims.pages.supplier.page import supplier_page
from policy import clock
from policy.readers import tables_as_known
from suppliers.models import Supplier


@staff
@require_GET
def supplier_rows(request: HttpRequest) -> HttpResponse:
    """All suppliers by name, for the people who work for the contractor."""
    form = ListForm(request.GET)
    chosen = form.chosen
    page = supplier_list(chosen, place_in(request.GET), clock.today())
    context = {"page": page, "rows": tuple(rows_of(page)), "form": form, "is_narrowed": bool(chosen)}
    return render(request, "claims/suppliers.html", context)


@allow(*Role)
@require_GET
def supplier(request: HttpRequest, pk: int) -> HttpResponse:
    """One supplier, for staff and for its own people."""
    person = person_of(request)
    found = visible_or_404(Supplier.objects, person, pk=pk)
    page = supplier_page(found, person, tables_as_known(), clock.today())
    return render(request, "claims/supplier.html", {"supplier": found, "page": page})
