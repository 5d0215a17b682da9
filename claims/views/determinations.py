"""Determinations, approvals, holds and release. Each act is a form that posts; a refusal goes back to its field."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of
from accounts.actions import log_access, log_accesses
from claims.determinations import actions, forms, holds, readers
from claims.determinations.checks import DECIDES, REVIEWS, WORKS_CLAIMS
from claims.determinations.timely_filing import Ground
from claims.edits.wording import dollars
from claims.models import ClaimHold, Determination
from claims.pages.keyset import place_in
from claims.views.steps import Step, answer_to, claim_of, take

form_page = require_http_methods(["GET", "POST"])


@allow(*WORKS_CLAIMS)
@form_page
def override(request: HttpRequest, icn: str) -> HttpResponse:
    """One of the edits that fired shall not decide."""
    claim, by = claim_of(request, icn), person_of(request)
    form = forms.OverrideForm(readers.stopping_edits(claim), request.POST or None)
    lead = "The edit stays in the record with its evidence; from the next decision on it does not decide."
    step = Step(
        claim,
        "Override an edit",
        lead,
        form,
        "Override",
        lambda: actions.override(claim, *form.chosen, reason=form.cleaned_data["reason"], by=by),
        what_became,
    )
    return take(request, step)


@allow(*WORKS_CLAIMS)
@form_page
def waive(request: HttpRequest, icn: str) -> HttpResponse:
    """An edit is waived for this claim until a day, with a second person."""
    claim, by = claim_of(request, icn), person_of(request)
    form = forms.WaiverForm(readers.stopping_edits(claim), request.POST or None)
    lead = "A waiver has an end and always needs a second person."
    step = Step(
        claim,
        "Waive an edit",
        lead,
        form,
        "Propose the waiver",
        lambda: actions.waive(claim, **form.cleaned_data, by=by),
        what_became,
    )
    return take(request, step)


@allow(*WORKS_CLAIMS)
@form_page
def more_time(request: HttpRequest, icn: str) -> HttpResponse:
    """An exception of 42 CFR 424.44(b)."""
    claim, by = claim_of(request, icn), person_of(request)
    form = forms.MoreTimeForm(request.POST or None)

    def act() -> Determination:
        said = form.cleaned_data
        return actions.grant_more_time(claim, Ground(said["ground"]), said["day"], reason=said["reason"], by=by)

    lead = "A claim must be filed within a year of the visit. These four grounds give more time (42 CFR 424.44(b))."
    return take(request, Step(claim, "Grant more time to file", lead, form, "Grant", act, what_became))


@allow(*REVIEWS)
@form_page
def drug_category(request: HttpRequest, icn: str) -> HttpResponse:
    """A reviewer gives the payment category of a drug that has no code of its own."""
    claim, by = claim_of(request, icn), person_of(request)
    form = forms.DrugCategoryForm(request.POST or None)
    lead = "The drug was billed under a code for drugs that have none of their own: no table gives its category."
    step = Step(
        claim,
        "Give the drug’s category",
        lead,
        form,
        "Give the category",
        lambda: actions.give_drug_category(claim, **form.cleaned_data, by=by),
        what_became,
    )
    return take(request, step)


@allow(*WORKS_CLAIMS)
@form_page
def hold(request: HttpRequest, icn: str) -> HttpResponse:
    """The claim is held back by hand until a day."""
    claim, by = claim_of(request, icn), person_of(request)
    form = forms.HoldForm(request.POST or None)
    lead = "The claim is decided as any other, but not paid and not told before the hold ends."
    step = Step(
        claim,
        "Hold until a day",
        lead,
        form,
        "Hold",
        lambda: holds.hold_until(claim, **form.cleaned_data, by=by),
        lambda made: f"{made}.",
    )
    return take(request, step)


@allow(*WORKS_CLAIMS)
@form_page
def release(request: HttpRequest, icn: str) -> HttpResponse:
    """A waiting claim is decided anew, whole and now."""
    claim, by = claim_of(request, icn), person_of(request)
    form = forms.ReasonForm(request.POST or None)
    lead = "The claim is decided anew, whole, on what is on file now. What it still lacks holds it again."
    step = Step(
        claim,
        "Release",
        lead,
        form,
        "Release",
        lambda: holds.release(claim, **form.cleaned_data, by=by),
        lambda made: "Released: the claim is decided anew.",
        readers.still_holding(claim),
    )
    return take(request, step)


@allow(*DECIDES)
@form_page
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A determination ends, or is withdrawn."""
    made, by = determination_or_404(pk), person_of(request)
    form = forms.ReasonForm(request.POST or None)
    step = Step(
        made.claim,
        "Revoke a determination",
        f"{made}, made by {made.made_by}: {made.reason}",
        form,
        "Revoke",
        lambda: actions.revoke(made, **form.cleaned_data, by=by),
        lambda ended: "Revoked.",
    )
    return take(request, step)


@allow(*WORKS_CLAIMS)
@form_page
def end_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """One hold by hand ends before its day."""
    held, by = get_object_or_404(ClaimHold.objects.select_related("claim", "made_by"), pk=pk), person_of(request)
    form = forms.ReasonForm(request.POST or None)
    step = Step(
        held.claim,
        "End a hold",
        f"{readers.hold_words(held)} Other holds stand.",
        form,
        "End the hold",
        lambda: holds.end_hold(held, **form.cleaned_data, by=by),
        lambda ended: "The hold has ended.",
    )
    return take(request, step)


@allow(*DECIDES)
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for a second person and may be settled by who looks."""
    person = person_of(request)
    page = readers.approvals_page(person, place_in(request.GET))
    log_accesses(person, [waiting.claim for waiting in page.rows], page="Approvals")
    return render(request, "claims/determinations/approvals.html", {"page": page})


@allow(*DECIDES)
@form_page
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One determination that waits: approve or refuse it."""
    made, by = determination_or_404(pk), person_of(request)
    log_access(by, made.claim, page="Approval")
    form = forms.ReasonForm(request.POST or None)

    def act() -> HttpResponse:
        answer = actions.approve if "approve" in request.POST else actions.refuse
        messages.success(request, f"{answer(made, **form.cleaned_data, by=by)}: {made}.")
        return redirect("claims:approvals")

    answer, changed = answer_to(request, made.claim, form, act)
    context = {"made": made, "form": form, "claim": made.claim, "meanwhile": changed}
    return answer or render(request, "claims/determinations/approval.html", context)


def determination_or_404(pk: int) -> Determination:
    return get_object_or_404(Determination.objects.select_related("claim", "made_by"), pk=pk)


def what_became(made: Determination) -> str:
    if made.needs_approval:
        at_stake = dollars(made.money_at_stake)
        return f"{made}: proposed. It counts when a second person approves it ({at_stake} at stake)."
    return f"{made}: the claim is decided anew."
