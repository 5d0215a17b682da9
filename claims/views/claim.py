"""The page of a claim, and that of a claim which the gateway rejected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_access
from accounts.models import Role
from claims.corrections.readers import corrections_of
from claims.determinations.readers import determinations_panel
from claims.pages.claim.acting import acting_panel
from claims.pages.claim.in_list import place_in_list
from claims.pages.claim.original import original_segments
from claims.pages.claim.page import CLAIMS_WITH_FILES
from claims.pages.claim.page import claim_page as read_claim_page
from claims.pages.claim.ways import ways_of
from claims.pages.files import rejected_shown, rejected_visible_to
from claims.paper.readers import items_keyed
from policy import clock


@allow(*Role)
@require_GET
def claim_page(request: HttpRequest, icn: str) -> HttpResponse:
    """One claim by its number: what was decided and why, and what happens next."""
    person = person_of(request)
    claim = visible_or_404(CLAIMS_WITH_FILES, person, icn=icn)
    log_access(person, claim, page="Claim")
    is_staff = person.is_contractor_staff
    page = read_claim_page(claim, person)
    corrections = corrections_of(claim, person)
    context = {
        "page": page,
        "claim": claim,
        "panel": determinations_panel(claim, person) if is_staff else None,
        "acting": acting_panel(claim, person, page.chain.open if page.chain else None) if is_staff else None,
        "keyed": items_keyed(claim),
        "place": place_in_list(request, claim),
        "corrections": corrections,
        "ways": () if is_staff else ways_of(claim, corrections, page.today),
    }
    return render(request, "claims/claim.html", context)


@allow(*Role)
@require_GET
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """A claim that was never accepted: what the gateway found, beside what was sent."""
    claim = get_object_or_404(rejected_visible_to(person_of(request)).select_related("file"), pk=pk)
    log_access(person_of(request), claim, page="Rejected claim")
    corrections = corrections_of(claim, person_of(request))
    context = {
        "claim": claim,
        "shown": rejected_shown(claim),
        "original": original_segments(claim),
        "corrections": corrections,
        "ways": ways_of(claim, corrections, clock.today()),
        "file_address": reverse("claims:file", args=[claim.file_id]),
    }
    return render(request, "claims/rejected.html", context)
