"""Pages of reviewers: what they take, their ties to suppliers. A medical director keeps them, others read their own."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of
from claims.pages.claim.record import entry_of
from claims.views.refusals import do_and_tell, refusals_to
from medical_review.actions import people
from medical_review.forms import ProfileForm, TieForm
from medical_review.models import SupplierTie
from medical_review.pages.people import events_of, reviewer_rows, reviewers_seen_by, row_of, ties_of
from medical_review.states import REVIEWS, SECONDS

MOST_EVENTS = 50


@allow(*REVIEWS)
@require_GET
def reviewers(request: HttpRequest) -> HttpResponse:
    """Who reviews: skills, load, ties."""
    return render(request, "medical_review/people/list.html", {"rows": reviewer_rows(person_of(request))})


@allow(*REVIEWS)
@require_GET
def reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """One reviewer."""
    return page_of(request, pk)


def page_of(
    request: HttpRequest, pk: int, *, profile_form: Form | None = None, tie_form: Form | None = None
) -> HttpResponse:
    """The page; a form that was refused stands where it was, the others as they are at first."""
    row = row_of(get_object_or_404(reviewers_seen_by(person_of(request)), pk=pk))
    initial = {"skills": row.profile.skills, "most_cases": row.profile.most_cases}
    context = {
        "row": row,
        "ties": ties_of(row.person),
        "may_change": person_of(request).role in SECONDS,
        "profile_form": profile_form or ProfileForm(initial=initial),
        "tie_form": tie_form or TieForm(),
        "events": [entry_of(event) for event in events_of(row.person)[:MOST_EVENTS]],
    }
    return render(request, "medical_review/people/reviewer.html", context)


@allow(*SECONDS)
@require_POST
def set_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what a reviewer takes."""
    person, form = get_object_or_404(reviewers_seen_by(person_of(request)), pk=pk), ProfileForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            people.set_profile(person, **form.cleaned_data, by=person_of(request))
            messages.success(request, f"Kept what {person} takes.")
            return redirect("review:reviewer", pk)
    return page_of(request, pk, profile_form=form)


@allow(*SECONDS)
@require_POST
def declare_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a tie of a reviewer to a supplier."""
    person, form = get_object_or_404(reviewers_seen_by(person_of(request)), pk=pk), TieForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            tie = people.declare_tie(person, **form.cleaned_data, by=person_of(request))
            messages.success(request, f"The cases of {tie.supplier} are out of the sight of {person}.")
            return redirect("review:reviewer", pk)
    return page_of(request, pk, tie_form=form)


@allow(*SECONDS)
@require_POST
def end_tie(request: HttpRequest, pk: int, tie: int) -> HttpResponse:
    """End a tie; it stays on record."""
    found = get_object_or_404(SupplierTie, pk=tie, person=pk)
    do_and_tell(request, lambda: people.end_tie(found, by=person_of(request)), "The tie has ended.")
    return redirect("review:reviewer", pk)
