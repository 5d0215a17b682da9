"""Corrections: begun from a claim, compared with it, sent or asked for; requests, which examiners answer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_access
from accounts.models import Role
from claims.corrections.actions import (
    ask_for_correction,
    begin_correction,
    carry_out,
    decline,
    send_correction,
    take_back,
    withdraw,
)
from claims.corrections.comparing import PAGE, comparison, comparison_for_staff
from claims.corrections.forms import AnswerForm, AskForm
from claims.corrections.readers import open_requests
from claims.corrections.routes import route_of_taking_back
from claims.models import Claim, ClaimDraft, CorrectionRequest
from claims.pages.keyset import place_in
from claims.paper.cms_1500 import in_words_of_the_form
from claims.paper.entry import NotAccepted
from claims.views.precheck import draft_or_404
from claims.views.refusals import refusals_to
from claims.views.steps import answer_to, claim_of
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.rights import Right, require


@allow(Role.SUPPLIER, right=Right.CHECKS)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft filled from a claim of one's own supplier; the one that is open already, when there is one."""
    person = person_of(request)
    claim = visible_or_404(Claim.objects, person, pk=pk)
    assert claim.supplier_id is not None
    require(person, Right.CHECKS, claim.supplier_id)
    log_access(person, claim, page="Correct a claim")
    try:
        return redirect("claims:check_draft", begin_correction(claim, by=person).pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("claims:claim", claim.icn) if claim.icn else redirect("claims:rejected", claim.pk)


@allow(Role.SUPPLIER, right=Right.CHECKS)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Old and new side by side, both priced; then it is sent, or asked for."""
    person = person_of(request)
    draft = draft_or_404(request, pk)
    if draft.claim:
        return redirect("claims:claim", draft.claim.icn)
    if draft.corrects is None:
        return redirect("claims:check_draft", pk)
    compared = comparison(draft, person, clock.today(), tables_as_known())
    form = AskForm(request.POST or None, route=compared.route)
    if request.method == "POST":
        require(person, Right.CLAIMS_SEND, draft.supplier_id)
        if answer := sent(request, form, draft.version, lambda: act(request, draft, form, compared.route.is_request)):
            return answer
    log_access(person, draft.corrects, page=PAGE)
    context = {"draft": draft, "compared": compared, "form": form, "asked": draft.requests.open().first()}
    return render(request, "claims/corrections/compare.html", context)


def sent(
    request: HttpRequest, form: AskForm, version: int, do: Callable[[], HttpResponse | None]
) -> HttpResponse | None:
    """What sending comes to; None and the page is shown again with what stands in the way."""
    if request.POST.get("seen") != str(version):
        form.add_error(None, "The draft was changed meanwhile: compare again what is shown now.")
        return None
    try:
        with refusals_to(form):
            return do()
    except NotAccepted as found:
        for finding in found.findings:
            form.add_error(None, in_words_of_the_form(finding))
    return None


def act(request: HttpRequest, draft: ClaimDraft, form: AskForm, is_request: bool) -> HttpResponse | None:
    """Send the draft by file, or ask for what it says."""
    person = person_of(request)
    if not is_request:
        claim = send_correction(draft, by=person)
        messages.success(request, f"Received as claim {claim.icn}. It is decided within minutes.")
        return redirect("claims:claim", claim.icn)
    if not form.is_valid():
        return None
    asked = ask_for_correction(draft, by=person, **form.cleaned_data)
    messages.success(request, "Your request is with the examiners. The answer stands with the claim.")
    return redirect("claims:claim", asked.claim.icn)


@allow(Role.SUPPLIER, right=Right.CLAIMS_SEND)
@require_http_methods(["GET", "POST"])
def take_claim_back(request: HttpRequest, icn: str) -> HttpResponse:
    """A supplier takes its claim back: by file, or by asking for it."""
    person, claim = person_of(request), claim_of(request, icn)
    assert claim.supplier_id is not None
    require(person, Right.CLAIMS_SEND, claim.supplier_id)
    route = route_of_taking_back(claim, clock.today(), tables_as_known())
    form = AskForm(request.POST or None, route=route)

    def do() -> HttpResponse:
        done = take_back(claim, by=person, **form.cleaned_data)
        was_asked = isinstance(done, CorrectionRequest)
        messages.success(request, "Your request is with the examiners." if was_asked else "The claim was taken back.")
        return redirect("claims:claim", icn)

    changed = None
    try:
        answer, changed = answer_to(request, claim, form, do)
        if answer:
            return answer
    except NotAccepted as found:
        for finding in found.findings:
            form.add_error(None, in_words_of_the_form(finding))
    log_access(person, claim, page="Take a claim back")
    context = {"claim": claim, "route": route, "form": form, "meanwhile": changed}
    return render(request, "claims/corrections/take_back.html", context)


@allow(Role.SUPPLIER, right=Right.CLAIMS_SEND)
@require_POST
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The supplier asks for it no more."""
    person = person_of(request)
    found = visible_or_404(CorrectionRequest.objects.select_related("claim"), person, pk=pk)
    assert found.claim.supplier_id is not None
    require(person, Right.CLAIMS_SEND, found.claim.supplier_id)
    try:
        withdraw(found, by=person)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The request is withdrawn. Your draft can be changed again.")
    return redirect("claims:claim", found.claim.icn)


@staff
@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    """What suppliers ask for, the oldest first."""
    return render(request, "claims/corrections/requests.html", {"page": open_requests(place_in(request.GET))})


@staff
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What a supplier asks for line by line, both sides priced; an examiner carries it out or declines."""
    person = person_of(request)
    rows = CorrectionRequest.objects.select_related("claim__supplier", "claim__current_decision", "asked_by")
    found = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)

    def do() -> HttpResponse:
        act = carry_out if "carry_out" in request.POST else decline
        done = act(found, reason=form.cleaned_data["reason"], by=person)
        messages.success(request, f"{done.get_kind_display()}: {done.get_state_display().lower()}.")
        return redirect("claims:claim", found.claim.icn)

    changed = None
    try:
        given, changed = answer_to(request, found.claim, form, do)
        if given:
            return given
    except NotAccepted as refused:
        for finding in refused.findings:
            form.add_error(None, in_words_of_the_form(finding))
    log_access(person, found.claim, page="Request of a supplier")
    compared = None
    if found.values and found.state == CorrectionRequest.State.OPEN:
        compared = comparison_for_staff(found.claim, found.values, clock.today(), tables_as_known())
    context = {"asked": found, "claim": found.claim, "compared": compared, "form": form, "meanwhile": changed}
    return render(request, "claims/corrections/answer.html", context)
