"""The pages of blind review: the list, the desk of the second reviewer, the comparison, the agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_accesses
from claims.views.csv_file import csv_file
from claims.views.refusals import refusals_to
from medical_review import kappa
from medical_review.blind import actions
from medical_review.blind.agreement import agreement_page, csv_rows
from medical_review.blind.page import blind_list, blind_page
from medical_review.blind.readers import comparison_of, reviews_shown
from medical_review.blind.states import BY_ACT, BlindState
from medical_review.drafts import VERDICTS
from medical_review.forms import WhyForm
from medical_review.models import Answer, BlindReview, Case
from medical_review.pages.written import Kept
from medical_review.states import REVIEWS, SECONDS
from medical_review.views.case import case_of
from policy import clock
from policy.refusals import Refused

form_page = require_http_methods(["GET", "POST"])


@allow(*REVIEWS)
@require_GET
def blind_reviews(request: HttpRequest) -> HttpResponse:
    """One's own blind review, how many wait, and the comparisons that one may read."""
    page = blind_list(person_of(request))
    claims = [review.case.claim for review in page.signed]
    log_accesses(person_of(request), claims, page="Blind review")
    return render(request, "medical_review/blind/list.html", {"list": page})


@allow(*REVIEWS)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """The oldest that one may judge blind becomes one's own."""
    try:
        review = actions.take_next(by=person_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("review:blind_reviews")
    if review is None:
        messages.info(request, "No case waits that you may judge blind.")
        return redirect("review:blind_reviews")
    return redirect("review:blind", review.pk)


# ---------- the desk ----------


def own_or_404(request: HttpRequest, pk: int) -> BlindReview:
    """The open blind review of the person; nobody else opens it, a medical director neither."""
    person = person_of(request)
    rows = reviews_shown(person).filter(assigned_to=person, state=BlindState.IN_REVIEW)
    return visible_or_404(rows, person, pk=pk)


@allow(*REVIEWS)
@require_GET
def blind_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk of the second reviewer."""
    return desk_shown(request, own_or_404(request, pk))


def desk_shown(request: HttpRequest, review: BlindReview, **more: Any) -> HttpResponse:
    """The desk as it is, with what became of what was sent; the document in the viewer is logged as looked at."""
    shown = blind_page(review, request.GET or request.POST)
    document = shown.viewer.document
    seen = [review.case, review.case.claim, *([document] if document else [])]
    log_accesses(person_of(request), seen, page="Blind review")
    context = {
        "review": review,
        "case": review.case,
        "claim": review.case.claim,
        "shown": shown,
        "page": shown.page,
        "viewer": shown.viewer,
        "answers": Answer,
        "verdicts": VERDICTS,
        **more,
    }
    return render(request, "medical_review/blind/desk.html", context)


@allow(*REVIEWS)
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written in the draft."""
    review, person = own_or_404(request, pk), person_of(request)
    kept = actions.keep(review, request.POST, by=person)
    if kept.refusals:
        return desk_shown(request, own_or_404(request, pk), kept=kept)
    messages.success(request, f"{kept.written} kept." if kept.written else "Nothing was changed.")
    return redirect(reverse("review:blind", args=[pk]))


@allow(*REVIEWS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written and sign it; what it still lacks is said, and nothing is lost."""
    review, person = own_or_404(request, pk), person_of(request)
    kept = actions.keep(review, request.POST, by=person)
    if not kept.refusals:
        try:
            actions.sign(review, by=person)
        except Refused as refused:
            kept = Kept(kept.written, (), (str(refused),))
        else:
            messages.success(request, "Signed. Nothing of it touches the claim. Here are both judgements.")
            return redirect("review:blind_compare", review.case_id)
    return desk_shown(request, own_or_404(request, pk), kept=kept)


# ---------- acts with a reason ----------


@allow(*REVIEWS)
@form_page
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else shall judge it."""
    review, by = own_or_404(request, pk), person_of(request)
    lead = "It waits for another reviewer. What you wrote is dropped, so that they judge alone."
    return why_page(request, "hand_back", lead, lambda **given: actions.hand_back(review, by=by, **given))


@allow(*SECONDS)
@form_page
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """No second judgement is wanted."""
    by = person_of(request)
    review = BlindReview.objects.filter(pk=pk, case__in=Case.objects.visible_to(by)).first()
    if review is None:
        raise Http404("No such blind review, or its case is not yours to see.")
    lead = "The case is not judged a second time. Its decision stands as it is."
    return why_page(request, "call_off", lead, lambda **given: actions.call_off(review, by=by, **given))


@allow(*SECONDS)
@form_page
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """A signed case shall be judged a second time."""
    case, by = case_of(request, pk), person_of(request)
    log_accesses(by, [case, case.claim], page=BY_ACT["draw"].words)
    lead = f"Case {case.number}: a reviewer who has not seen it judges it again. Nothing of that touches the claim."
    return why_page(request, "draw", lead, lambda **given: actions.choose(case, by=by, **given))


def why_page(request: HttpRequest, act: str, lead: str, do: Callable[..., object]) -> HttpResponse:
    """A form with a reason, or the act and the way to the list."""
    words = BY_ACT[act].words
    form: Form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            do(**form.cleaned_data)
            messages.success(request, f"{words}: done.")
            return redirect("review:blind_reviews")
    return render(request, "medical_review/blind/act.html", {"form": form, "heading": words, "lead": lead})


# ---------- both judgements ----------


@allow(*REVIEWS)
@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Both judgements side by side, for the two and for medical directors, once both are signed."""
    person = person_of(request)
    review = visible_or_404(reviews_shown(person).filter(state=BlindState.SIGNED), person, case=pk)
    log_accesses(person, [review.case, review.case.claim], page="Comparison of two judgements")
    context = {"comparison": comparison_of(review), "review": review, "case": review.case, "claim": review.case.claim}
    return render(request, "medical_review/blind/compare.html", context)


@allow(*REVIEWS)
@require_GET
def agreement(request: HttpRequest) -> HttpResponse:
    """Percent agreement and kappa; reviewers read their own row, medical directors everybody's."""
    context = {"page": agreement_page(person_of(request)), "formula": kappa.FORMULA, "few": kappa.FEW}
    return render(request, "medical_review/blind/agreement.html", context)


@allow(*REVIEWS)
@require_GET
def agreement_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    return csv_file(f"agreement-{clock.today():%Y-%m-%d}", csv_rows(agreement_page(person_of(request))))
