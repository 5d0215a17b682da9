"""Pages of redeterminations: asking, where a request stands, a good cause, dismissing and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_access, log_accesses
from accounts.models import Role, User
from beneficiaries.documents.receiving import LIMITS, receives_documents, sent_files
from claims.edits.wording import how_many
from claims.models import Claim
from claims.views.refusals import refusals_to
from medical_review.appeals import acts
from medical_review.appeals.forms import AppealForm
from medical_review.appeals.page import WITH, appeal_shown
from medical_review.appeals.receiving import ASKS, Appealable, add_papers, appealable, check_may_ask, late_case, receive
from medical_review.forms import WhyForm
from medical_review.models import Case, RedeterminationRequest
from medical_review.states import REVIEWS, SELECTS
from medical_review.views.acts import CaseStep, carry_out
from medical_review.views.case import case_of
from policy import clock
from policy.refusals import Refused
from suppliers.rights import Right, may

form_page = require_http_methods(["GET", "POST"])

#: Who reads requests: suppliers theirs, reviewers and examiners all.
READERS = (Role.SUPPLIER, *SELECTS)


# ---------- asking ----------


@receives_documents
@allow(*ASKS, right=Right.CLAIMS_SEND)
@form_page
def appeal(request: HttpRequest, icn: str) -> HttpResponse:
    """Ask for a redetermination of a claim, or take down one that came by post or fax."""
    person = person_of(request)
    claim = visible_or_404(Claim.objects.select_related("current_decision", "supplier"), person, icn=icn)
    check_may_ask(claim, person)
    log_access(person, claim, page="Redetermination request")
    try:
        late = late_case(claim)
        about = None if late else appealable(claim)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("claims:claim", icn)
    form = form_of(request, about, person)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            return asked(request, claim, form)
    return render(request, "medical_review/appeals/ask.html", context_of(claim, form, about, late, person))


def form_of(request: HttpRequest, about: Appealable | None, person: User) -> AppealForm:
    today = clock.today()
    is_late = about is not None and today > about.last_day
    is_staff = person.role != Role.SUPPLIER
    initial = {"received_on": today}
    return AppealForm(request.POST or None, initial=initial, about=about, is_staff=is_staff, is_late=is_late)


def context_of(
    claim: Claim, form: AppealForm, about: Appealable | None, late: Case | None, person: User
) -> dict[str, Any]:
    return {
        "claim": claim,
        "form": form,
        "about": about,
        "late": late,
        "is_staff": person.role != Role.SUPPLIER,
        "today": clock.today(),
        "limits": LIMITS,
    }


def asked(request: HttpRequest, claim: Claim, form: AppealForm) -> HttpResponse:
    """Take the request in with its documents, and show where it stands."""
    person = person_of(request)
    case = receive(claim, form.asked, by=person)
    take_files(request, case)
    made = RedeterminationRequest.objects.filter(case=case).first()
    if made is None:
        messages.success(request, "The denial for want of records is taken up again; no appeal is needed.")
        return redirect("claims:claim", claim.icn)
    if hasattr(made, "end"):
        messages.error(request, f"Request {made.number} came late without a cause and was dismissed. A letter says so.")
    else:
        messages.success(request, f"The request is in. Its number is {made.number}.")
    return redirect("review:redetermination", made.pk)


def take_files(request: HttpRequest, case: Case) -> None:
    """Keep the documents that were sent; each that is not fit is told, and keeps out no other."""
    with sent_files(request) as (files, refused):
        try:
            received = add_papers(case, files, by=person_of(request), refused=refused)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return
    for each in received.refusals:
        messages.error(request, str(each))
    if received.documents:
        messages.success(request, f"{how_many(len(received.documents), 'document')} came with it.")


# ---------- where it stands ----------


def request_or_404(request: HttpRequest, pk: int) -> RedeterminationRequest:
    return visible_or_404(RedeterminationRequest.objects.select_related(*WITH), person_of(request), pk=pk)


@allow(*READERS, right=Right.CLAIMS_READ)
@require_GET
def redetermination(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its lines as they were decided then and now, its papers, its letter."""
    found, person = request_or_404(request, pk), person_of(request)
    log_accesses(person, [found, found.claim], page="Redetermination")
    is_staff = person.role != Role.SUPPLIER
    shown = appeal_shown(found)
    may_act = is_staff or may(person, Right.CLAIMS_SEND, found.supplier_id)
    context = {"shown": shown, "is_staff": is_staff, "may_act": may_act and found.case.is_open, "limits": LIMITS}
    return render(request, "medical_review/appeals/request.html", context)


@receives_documents
@allow(*ASKS, right=Right.CLAIMS_SEND)
@require_POST
def send_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Documents that follow a request."""
    found = request_or_404(request, pk)
    check_may_ask(found.claim, person_of(request))
    take_files(request, found.case)
    return redirect("review:redetermination", pk)


@allow(*ASKS, right=Right.CLAIMS_SEND)
@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The request is taken back."""
    found, person = request_or_404(request, pk), person_of(request)
    check_may_ask(found.claim, person)
    form = WhyForm(request.POST or None, help_text="The letter of dismissal says it.")
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            acts.withdraw(found.case, by=person, **form.cleaned_data)
            messages.success(request, "The request is withdrawn. The earlier decision stands.")
            return redirect("review:redetermination", pk)
    log_accesses(person, [found, found.claim], page="Redetermination")
    return render(request, "medical_review/appeals/withdraw.html", {"asked": found, "form": form})


# ---------- acts of a reviewer ----------


@allow(*REVIEWS)
@form_page
def find_good_cause(request: HttpRequest, pk: int) -> HttpResponse:
    """A late request is taken for a good cause."""
    case, by = case_of(request, pk), person_of(request)
    form = WhyForm(request.POST or None, help_text="What kept the supplier from asking in time, and what shows it.")
    step = CaseStep(
        case,
        "find_good_cause",
        "Find a good cause",
        "The request then counts as if it had come in time, and nothing is recouped until it is decided.",
        form,
        "The cause is good",
        lambda: acts.find_good_cause(case, by=by, **form.cleaned_data),
        "The request counts.",
    )
    return carry_out(request, step)


@allow(*REVIEWS)
@form_page
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """The request is ended without deciding its lines."""
    case, by = case_of(request, pk), person_of(request)
    form = WhyForm(request.POST or None, help_text="The supplier reads it in the letter.")
    step = CaseStep(
        case,
        "dismiss",
        "Dismiss the request",
        "Nothing is decided about the lines; the earlier decision stands, and a letter says what can be done.",
        form,
        "Dismiss",
        lambda: acts.dismiss(case, by=by, **form.cleaned_data),
        "The request is dismissed.",
    )
    return carry_out(request, step)
