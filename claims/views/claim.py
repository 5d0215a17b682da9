"""The page of a claim, and that of a claim which the gateway rejected."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of
from accounts.actions import log_access
from accounts.models import Role
from claims.pages.claim.original import original_segments
from claims.pages.claim.page import claim_page as read_claim_page
from claims.pages.claim.page import visible_claims
from claims.pages.files import rejected_shown, rejected_visible_to


@allow(*Role)
@require_GET
def claim_page(request: HttpRequest, icn: str) -> HttpResponse:
    """One claim by its number: what was decided and why, and what happens next."""
    claim = visible_claims(person_of(request)).filter(icn=icn).first()
    if claim is None:
        raise Http404("No such claim.")
    log_access(person_of(request), claim, page="Claim")
    return render(request, "claims/claim.html", {"page": read_claim_page(claim, person_of(request)), "claim": claim})


@allow(*Role)
@require_GET
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim that was never accepted: what the gateway found, beside what was sent."""
    claim = rejected_visible_to(person_of(request)).select_related("file").filter(pk=pk).first()
    if claim is None:
        raise Http404("No such claim.")
    log_access(person_of(request), claim, page="Rejected claim")
    context = {
        "claim": claim,
        "shown": rejected_shown(claim),
        "original": original_segments(claim),
        "file_address": reverse("claims:file", args=[claim.file_id]),
    }
    return render(request, "claims/rejected.html", context)
