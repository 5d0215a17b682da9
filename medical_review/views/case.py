"""The page of a case, keeping what is written on it, and signing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_accesses
from accounts.models import User
from claims.pages.claim.record import entry_of
from medical_review.actions.deciding import sign as sign_decision
from medical_review.actions.holding import lock_case
from medical_review.actions.writing import write_rationale
from medical_review.desk import read_desk, verdicts_on
from medical_review.forms import SignForm
from medical_review.models import Case, LineAnswer
from medical_review.models.finding import Answer
from medical_review.pages.case import case_page
from medical_review.pages.meanwhile import version_of
from medical_review.pages.written import Kept, keep, written_by
from medical_review.requests.page import case_records
from medical_review.states import REVIEWS, CaseState
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused


def case_of(request: HttpRequest, pk: int) -> Case:
    rows = Case.objects.select_related("claim", "supplier", "assigned_to", "records_asked_by", "draw", "before")
    return visible_or_404(rows, person_of(request), pk=pk)


@staff
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: the record, the checklist, the lines with their price, the words, the signature."""
    found, person = case_of(request, pk), person_of(request)
    context = shown(found, person, place=request.GET)
    document = context["page"].viewer.document
    log_accesses(person, [found, found.claim, *([document] if document else [])], page="Review case")
    return render(request, "medical_review/case.html", context)


def shown(
    found: Case,
    person: User,
    *,
    lines: Mapping[int, LineAnswer] | None = None,
    place: Mapping[str, str] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """What the templates of the page need; `lines` as somebody is about to decide them otherwise."""
    page = case_page(found, person, lines, place)
    return {
        "case": found,
        "claim": found.claim,
        "page": page,
        "events": [entry_of(event) for event in page.events[:50]],
        "seen": version_of(found),
        "answers": Answer,
        "verdicts": verdicts_on(found),
        "sign_form": SignForm(),
        "records": case_records(found, person),
        **more,
    }


@allow(*REVIEWS)
@require_POST
def keep_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written; without scripts one comes back to the page, htmx gets the parts that depend on it."""
    found, person = case_of(request, pk), person_of(request)
    kept, lost = keep_written(found, request, person)
    if request.htmx:  # type: ignore[attr-defined]
        context = shown(case_of(request, pk), person, place=request.POST, kept=kept, lost=lost)
        return render(request, "medical_review/_live.html", context)
    if lost or kept.clashes or kept.refusals:
        context = shown(case_of(request, pk), person, place=request.POST, kept=kept, lost=lost)
        return render(request, "medical_review/case.html", context)
    messages.success(request, f"{kept.written} kept." if kept.written else "Nothing was changed.")
    place = urlencode({name: request.POST[name] for name in ("document", "page") if name in request.POST})
    return redirect(reverse("review:case", args=[pk]) + (f"?{place}" if place else ""))


def keep_written(found: Case, request: HttpRequest, person: User) -> tuple[Kept, list[tuple[str, str]]]:
    """Keep what was touched. When the case is no longer the person's nothing is kept, and all of it is given back."""
    with transaction.atomic():
        try:
            locked = lock_case(found, "answer")
        except Refused as refused:
            return Kept(0, (), (str(refused),)), lost_words(found, request, person)
        if locked.assigned_to_id != person.pk:
            why = f"{locked.assigned_to} has the case now, so nothing was kept."
            return Kept(0, (), (why,)), lost_words(locked, request, person)
        if "draft-again" in request.POST:
            write_rationale(locked, "", by=person)
            return Kept(1, (), ()), []
        desk = read_desk(locked, tables_as_known(), clock.today())
        return keep(desk, request.POST, person), []


def lost_words(found: Case, request: HttpRequest, person: User) -> list[tuple[str, str]]:
    fresh = Case.objects.select_related("claim", "assigned_to").get(pk=found.pk)
    return written_by(read_desk(fresh, tables_as_known(), clock.today()), request.POST, person)


@allow(*REVIEWS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written and sign it; what it still lacks is said, and nothing is lost."""
    found, person = case_of(request, pk), person_of(request)
    kept, lost = keep_written(found, request, person)
    form = SignForm(request.POST)
    if lost or kept.clashes or kept.refusals or not form.is_valid():
        context = shown(case_of(request, pk), person, place=request.POST, kept=kept, lost=lost, sign_form=form)
        return render(request, "medical_review/case.html", context)
    try:
        decision = sign_decision(case_of(request, pk), by=person, good_cause=form.cleaned_data["good_cause"])
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        context = shown(case_of(request, pk), person, place=request.POST, sign_form=form)
        return render(request, "medical_review/case.html", context)
    goes_on = decision.case.state == CaseState.SECOND
    done = "It counts when a medical director agrees." if goes_on else "It counts: the claim is decided anew by it."
    messages.success(request, f"Decision {decision.number} is signed. {done}")
    return redirect("review:case", pk)
