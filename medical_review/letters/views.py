"""Pages of letters: the list, one letter to read, its PDF, and the letter of results before it goes."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_access, log_accesses
from claims.pages.keyset import place_in
from medical_review.letters.page import letter_list
from medical_review.letters.pdf import file_of
from medical_review.letters.writing import addressee_of, draft_of
from medical_review.models import Letter
from medical_review.requests.views import READERS
from medical_review.views.case import case_of
from policy import clock
from suppliers.rights import Right


@allow(*READERS, right=Right.RECORDS)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """Letters, the latest first."""
    person = person_of(request)
    found = letter_list(person, place_in(request.GET))
    log_accesses(person, found.page.rows, page="Letters")
    return render(request, "medical_review/letters/list.html", {"list": found, "page": found.page})


def letter_or_404(request: HttpRequest, pk: int) -> Letter:
    rows = Letter.objects.select_related("supplier", "file", "case", "request", "made_by")
    return visible_or_404(rows, person_of(request), pk=pk)


@allow(*READERS, right=Right.RECORDS)
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, to read."""
    found = letter_or_404(request, pk)
    log_access(person_of(request), found, page="Letter")
    return render(request, "medical_review/letters/letter.html", {"letter": found})


@allow(*READERS, right=Right.RECORDS)
@require_GET
def letter_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF as it was made; made now where the background has not come to it."""
    found = letter_or_404(request, pk)
    log_access(person_of(request), found, page="Letter as PDF")
    kept = file_of(found)
    content = default_storage.open(kept.path)
    response = FileResponse(content, as_attachment=True, filename=f"{found.number}.pdf", content_type="application/pdf")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@staff
@require_GET
def results_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of results as it would be written now; 404 while nothing was signed."""
    case = case_of(request, pk)
    decision = case.decisions.select_related("case__claim", "case__supplier").order_by("-number").first()
    if decision is None or case.supplier is None:
        raise Http404("Nothing is signed yet, or the supplier is not on file.")
    log_access(person_of(request), case, page="Preview of a letter")
    draft = draft_of(decision, case.claim)
    shown = {"title": draft.title, "addressee": addressee_of(case.supplier), "text": draft.text(clock.today())}
    return render(request, "medical_review/letters/preview.html", {"case": case, "letter": shown})
