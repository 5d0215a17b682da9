"""The catalogue of edits."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of
from accounts.models import STAFF_ROLES
from claims.pages.edit_page import edit_page
from claims.pages.edits import edits_shown
from policy import clock
from policy.readers import tables_as_known


@allow(*STAFF_ROLES)
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every edit with its title, citation, disposition in force today, remedy, and how often it fired."""
    today = clock.today()
    edits = edits_shown(today, tables_as_known())
    return render(request, "claims/edits.html", {"edits": edits, "today": today})


@allow(*STAFF_ROLES)
@require_GET
def edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """One edit: what it does by date, how often it fires and is overturned, what it would do, cases."""
    today, tables = clock.today(), tables_as_known()
    page = edit_page(identifier, person_of(request), today, tables)
    if page is None:
        raise Http404("There is no such edit.")
    return render(request, "claims/edits/edit.html", {"page": page, "today": today})
