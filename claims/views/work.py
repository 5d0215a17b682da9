"""Working a claim: who has it, notes, medical review. Each act is a form that posts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import allow, person_of, staff
from accounts.models import User
from claims.assignment import assign as assign_claims
from claims.assignment import take_next as take_next_claim
from claims.determinations import referrals
from claims.determinations.checks import DECIDES, WORKS_CLAIMS
from claims.determinations.forms import AssignForm, NoteForm, ReasonForm, ReferralForm
from claims.models import ReviewReferral
from claims.notes import keep_draft, write_note
from claims.views.refusals import refusals_to
from claims.views.steps import Step, claim_of, take

form_page = require_http_methods(["GET", "POST"])


@allow(*DECIDES)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """The claim that waits longest for a person becomes one's own and opens."""
    claim = take_next_claim(by=person_of(request))
    if claim is None:
        messages.info(request, "No claim waits for a person that is not somebody’s already.")
        return redirect("claims:worklist")
    messages.success(request, "This claim is yours: of those that waited for a person its clock has run longest.")
    return redirect("claims:claim", claim.icn)


@allow(*DECIDES)
@form_page
def assign(request: HttpRequest, icn: str) -> HttpResponse:
    """A claim goes to oneself, to a colleague, to nobody."""
    claim, by = claim_of(request, icn), person_of(request)
    form = AssignForm(request.POST or None, initial={"to": claim.assigned_to_id or by.pk})
    has = f"{claim.assigned_to} has it now." if claim.assigned_to else "Nobody has it now."

    def act() -> User | None:
        to: User | None = form.cleaned_data["to"]
        assign_claims([claim.pk], to, by=by, reason=form.cleaned_data["reason"])
        return to

    lead = f"{has} Assignment says who sees to a claim; it locks nobody out."
    return take(request, Step(claim, "Assign the claim", lead, form, "Assign", act, assigned_words))


def assigned_words(to: User | None) -> str:
    return f"Assigned to {to}." if to else "Assigned to nobody."


@staff
@form_page
def note(request: HttpRequest, icn: str) -> HttpResponse:
    """A note is written, or what was begun is kept as a draft."""
    claim, by = claim_of(request, icn), person_of(request)
    if "draft" in request.POST:
        form = NoteForm(request.POST)
        with refusals_to(form):
            kept = keep_draft(claim, request.POST.get("text", ""), by=by)
            messages.success(request, "Your draft is kept." if kept else "There is no draft any more.")
            return redirect("claims:claim", icn)
    form = NoteForm(request.POST or None)
    lead = "A note stays with the claim as it is written."
    step = Step(
        claim,
        "Write a note",
        lead,
        form,
        "Write the note",
        lambda: write_note(claim, form.cleaned_data["text"], by=by),
        lambda made: "The note is written.",
    )
    return take(request, step)


@staff
@require_POST
def draft(request: HttpRequest, icn: str) -> HttpResponse:
    """Keeps what is being written, on each pause of the keyboard; answers with the words that say so."""
    claim, form = claim_of(request, icn), NoteForm(request.POST)
    kept = None
    with refusals_to(form):
        kept = keep_draft(claim, request.POST.get("text", ""), by=person_of(request))
    return render(request, "claims/claim/_draft_state.html", {"draft": kept, "form": form})


@allow(*WORKS_CLAIMS)
@form_page
def send_to_review(request: HttpRequest, icn: str) -> HttpResponse:
    """A reviewer shall look at the claim before it is paid."""
    claim, by = claim_of(request, icn), person_of(request)
    form = ReferralForm(request.POST or None)
    step = Step(
        claim,
        "Send to medical review",
        "A reviewer looks at the claim. Until medical review is done it is neither paid nor told.",
        form,
        "Send to review",
        lambda: referrals.send_to_review(claim, **form.cleaned_data, by=by),
        lambda made: "Sent to medical review: the claim is neither paid nor told until the review is done.",
    )
    return take(request, step)


@allow(*DECIDES)
@form_page
def end_review(request: HttpRequest, icn: str) -> HttpResponse:
    """The referral is called back."""
    claim, by = claim_of(request, icn), person_of(request)
    referral = ReviewReferral.objects.standing().about(claim).first()
    if referral is None:
        raise Http404("The claim is not in medical review.")
    form = ReasonForm(request.POST or None)
    step = Step(
        claim,
        "Call back from medical review",
        f"{referral.sender} sent it: {referral.reason} From now on it is paid or told as its decision says.",
        form,
        "Call back",
        lambda: referrals.end_referral(referral, **form.cleaned_data, by=by),
        lambda ended: "Called back from medical review.",
    )
    return take(request, step)
