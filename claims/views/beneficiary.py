"""The page of a beneficiary, for the people who work for the contractor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.access import person_of, staff
from accounts.actions import log_access
from beneficiaries.models import Beneficiary
from claims.pages.beneficiary.forms import WEEKS, WeeksForm, beside
from claims.pages.beneficiary.page import beneficiary_page
from claims.pages.keyset import place_in
from policy import clock
from policy.readers import tables_as_known


@staff
@require_GET
def beneficiary(request: HttpRequest, pk: int) -> HttpResponse:
    """One person with all that is on file; every look is logged."""
    person = person_of(request)
    found = get_object_or_404(Beneficiary, pk=pk)
    log_access(person, found, page="Beneficiary")
    today = clock.today()
    form = WeeksForm(request.GET if {"begin", "weeks"} & set(request.GET) else None)
    window = form.window(today)
    before, after = beside(window)
    context = {
        "page": beneficiary_page(found, person, window, place_in(request.GET), tables_as_known(), today),
        "beneficiary": found,
        "form": form if form.errors else WeeksForm.of(window),
        "window": window,
        "before": before,
        "after": after,
        "weeks": window.days // 7 if window.days // 7 in WEEKS else None,
    }
    return render(request, "claims/beneficiary.html", context)
