"""A page of the record by itself, large: two presses make a box, a form puts it on the page as a mark."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import allow, person_of, staff
from accounts.actions import log_accesses
from accounts.models import User
from beneficiaries.documents.readers import documents_shown
from claims.views.refusals import refusals_to
from medical_review.actions.marking import mark_page, withdraw_mark
from medical_review.checklist import checklist_on
from medical_review.forms import MarkForm
from medical_review.latest import findings_of
from medical_review.models import Case, PageMark
from medical_review.pages.marking import Marking, marking_of
from medical_review.pages.viewer import Viewer
from medical_review.record import documents_of
from medical_review.states import REVIEWS, CaseState
from medical_review.views.case import case_of
from policy.refusals import Refused


@staff
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int, document: int, number: int) -> HttpResponse:
    """One page of the record; who has the case puts marks on it."""
    case, person = case_of(request, pk), person_of(request)
    viewer = viewer_or_404(case, document, number)
    assert viewer.document is not None
    log_accesses(person, [case, case.claim, viewer.document], page="Page of the record")
    may_mark = case.state == CaseState.IN_REVIEW and case.assigned_to_id == person.pk
    marking = marking_of(request.GET, viewer)
    form = MarkForm(request.POST or None, points=points_of(case), initial=marking.initial)
    if request.method == "POST" and put(form, viewer, person):
        messages.success(request, "The mark is on the page.")
        return redirect("review:record", pk, document, number)
    return render(request, "medical_review/record.html", context_of(case, viewer, marking, form, may_mark=may_mark))


def context_of(case: Case, viewer: Viewer, marking: Marking, form: MarkForm, *, may_mark: bool) -> Mapping[str, object]:
    return {
        "case": case,
        "viewer": viewer,
        "marking": marking,
        "form": form,
        "may_mark": may_mark,
        "may_press": may_mark and bool(viewer.page and viewer.page.picture),
    }


def put(form: MarkForm, viewer: Viewer, by: User) -> bool:
    """Whether the mark that a form describes is on the page now; why not, stands on the form."""
    assert viewer.document is not None
    with refusals_to(form), transaction.atomic():
        if form.is_valid():
            said = form.cleaned_data
            mark_page(viewer.case, viewer.document, viewer.number, form.box, by=by, note=said["note"], point=form.point)
            return True
    return False


def viewer_or_404(case: Case, document: int, number: int) -> Viewer:
    found = documents_shown(documents_of(case).filter(pk=document))
    if not found or not 1 <= number <= found[0].document.pages:
        raise Http404("The record of this case has no such page.")
    answers = {point: finding.answer for point, finding in findings_of(case).items()}
    return Viewer(case, found, answers, document=found[0].document, number=number)


def points_of(case: Case) -> list[tuple[str, str]]:
    days = [line.date_of_service for line in case.claim.lines.all()]
    return [(str(point.number), f"{point.name} {point.title}") for point in checklist_on(max(days))]


@allow(*REVIEWS)
@require_POST
def withdraw(request: HttpRequest, pk: int, mark: int) -> HttpResponse:
    """The mark comes off its page; it stays on the record of the case."""
    case, person = case_of(request, pk), person_of(request)
    found = get_object_or_404(PageMark, case=case, pk=mark)
    found.case = case
    try:
        withdraw_mark(found, by=person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Mark {found.name} is withdrawn.")
    return redirect("review:record", pk, found.document_id, found.page)
