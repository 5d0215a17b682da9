"""The queues, and taking the next case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_accesses
from claims.models import Claim
from claims.pages.keyset import place_in
from medical_review.actions import assigning
from medical_review.filters import CaseFilter
from medical_review.models import Case
from medical_review.pages.queue import queue_page
from medical_review.states import REVIEWS
from policy.refusals import Refused


@staff
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The cases of one queue, the most urgent first."""
    person = person_of(request)
    page = queue_page(person, request.GET.get("queue", ""), CaseFilter(request.GET), place_in(request.GET))
    log_accesses(person, [row.case.claim for row in page.rows], page="Review queue")
    return render(request, "medical_review/queue.html", {"list": page, "page": page.page})


@allow(*REVIEWS)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """The most urgent case that one may have becomes one's own and opens."""
    try:
        case = assigning.take_next(by=person_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("review:queue")
    if case is None:
        messages.info(request, "No case waits that you may take.")
        return redirect("review:queue")
    messages.success(request, "This case is yours: of those that you may have it is the most urgent.")
    return redirect("review:case", case.pk)


@staff
@require_GET
def of_claim(request: HttpRequest, icn: str) -> HttpResponse:
    """The latest case of a claim; the queues where it has none."""
    person = person_of(request)
    claim = visible_or_404(Claim.objects, person, icn=icn)
    case = Case.objects.visible_to(person).filter(claim=claim).order_by("-arrival").first()
    if case is None:
        messages.info(request, "Medical review has no case of this claim.")
        return redirect("claims:claim", icn)
    return redirect("review:case", case.pk)
