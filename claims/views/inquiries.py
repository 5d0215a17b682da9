"""Eligibility of a patient, and status of claims, for suppliers in the browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of
from accounts.models import Role
from beneficiaries.readers import PatientAsBilled
from claims.inquiries.asking import Told
from claims.inquiries.forms import EligibilityForm, StatusForm
from claims.inquiries.page import StatusFound, StatusSought, ask_one, facts_shown, headline, status_of_claims
from suppliers.models import Supplier
from suppliers.rights import Right


@allow(Role.SUPPLIER, right=Right.ELIGIBILITY)
@never_cache
@require_http_methods(["GET", "POST"])
def eligibility(request: HttpRequest) -> HttpResponse:
    """What holds for a patient on a day. The answer stands on the page alone: neither kept nor in an address."""
    suppliers = Supplier.objects.allowing(person_of(request), Right.ELIGIBILITY)
    form = EligibilityForm(suppliers, *([request.POST] if request.method == "POST" else []))
    told = told_to(request, form) if form.is_bound and form.is_valid() else None
    found = told.eligibility if told else None
    context = {
        "form": form,
        "told": told,
        "found": found,
        "headline": headline(found) if found else "",
        "facts": facts_shown(found) if found else (),
    }
    return render(request, "claims/inquiries/eligibility.html", context)


def told_to(request: HttpRequest, form: EligibilityForm) -> Told:
    said = form.cleaned_data
    patient = PatientAsBilled(said["mbi"], said["birth_date"], said["last_name"])
    return ask_one(form.chosen(), patient, said["day"], by=person_of(request), page="Eligibility")


@allow(Role.SUPPLIER, right=Right.CLAIMS_READ)
@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """Where one's claims stand, found by their number, one's own number or days of service."""
    form = StatusForm(request.GET or None)
    found = status_found(request, form) if form.is_bound and form.is_valid() else None
    return render(request, "claims/inquiries/status.html", {"form": form, "found": found})


def status_found(request: HttpRequest, form: StatusForm) -> StatusFound:
    sought = StatusSought(form.cleaned_data["number"], form.cleaned_data["account"], form.days())
    return status_of_claims(person_of(request), sought, page="Claim status")
