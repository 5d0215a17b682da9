"""The catalogue of edits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow
from accounts.models import STAFF_ROLES
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
