"""Acts on a case as pages with one form, and second review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_accesses
from claims.models import Claim
from claims.pages.meanwhile import Meanwhile
from claims.views.refusals import do_and_tell, refusals_to
from claims.views.steps import Step
from claims.views.steps import take as take_step
from medical_review.actions import assigning, closing, opening, records, second
from medical_review.actions.holding import lock_case
from medical_review.forms import AssignForm, OverruleForm, ReceivedForm, SecondForm, WhyForm
from medical_review.models import Case, LineAnswer
from medical_review.pages.acting import signed_by_another
from medical_review.pages.meanwhile import meanwhile, version_of
from medical_review.states import REVIEWS, SECONDS, SELECTS
from medical_review.views.case import case_of, shown

form_page = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A page with one form: the act's name in the table of states, what it is called, what it does."""

    case: Case
    act: str
    heading: str
    lead: str
    form: Form
    button: str
    do: Callable[[], Any]
    done: str


def carry_out(request: HttpRequest, step: CaseStep) -> HttpResponse:
    """The form, or the act and the way back to the case. When somebody else was faster both versions come back."""
    person = person_of(request)
    log_accesses(person, [step.case, step.case.claim], page=step.heading)
    changed: Meanwhile | None = None
    if request.method == "POST":
        with refusals_to(step.form), transaction.atomic():
            changed = meanwhile(lock_case(step.case, step.act), request.POST, person, step.form)
            if changed is None and step.form.is_valid():
                step.do()
                messages.success(request, step.done)
                return redirect("review:case", step.case.pk)
    context = {
        "step": step,
        "case": step.case,
        "form": step.form,
        "meanwhile": changed,
        "seen": version_of(case_of(request, step.case.pk)),
    }
    return render(request, "medical_review/act.html", context)


@allow(*REVIEWS)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The case becomes one's own."""
    case, person = case_of(request, pk), person_of(request)
    do_and_tell(request, lambda: assigning.take(case, person, by=person), "The case is yours.")
    return redirect("review:case", pk)


@allow(*REVIEWS)
@form_page
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """The case goes to a colleague."""
    case, by = case_of(request, pk), person_of(request)
    form = AssignForm(request.POST or None)
    has = f"{case.assigned_to} has it now." if case.assigned_to else "Nobody has it now."
    step = CaseStep(
        case,
        "take",
        "Give to a colleague",
        f"{has} Who has it alone writes on it; what is written stays.",
        form,
        "Give",
        lambda: assigning.take(case, form.cleaned_data["to"], by=by, why=form.cleaned_data["why"]),
        "The case has changed hands.",
    )
    return carry_out(request, step)


@allow(*REVIEWS)
@form_page
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody has the case any more."""
    case, by = case_of(request, pk), person_of(request)
    form = WhyForm(request.POST or None, help_text="What you found stays with the case.")
    step = CaseStep(
        case,
        "hand_back",
        "Hand back",
        "The case waits for a reviewer again.",
        form,
        "Hand back",
        lambda: assigning.hand_back(case, by=by, **form.cleaned_data),
        "Handed back.",
    )
    return carry_out(request, step)


@allow(*REVIEWS)
@form_page
def receive_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Records have come, by post or in another way."""
    case, by = case_of(request, pk), person_of(request)
    form = ReceivedForm(request.POST or None)
    step = CaseStep(
        case,
        "receive_records",
        "Records have come",
        "From that day the decision clock runs.",
        form,
        "Records have come",
        lambda: records.receive_records(case, by=by, **form.cleaned_data),
        "The records are in.",
    )
    return carry_out(request, step)


@allow(*REVIEWS)
@form_page
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The case ends without a decision."""
    case, by = case_of(request, pk), person_of(request)
    form = WhyForm(request.POST or None, help_text="Why there is nothing to review.")
    step = CaseStep(
        case,
        "close",
        "Close without a decision",
        "The claim goes on as its own decision says; a suspended one waits for an examiner.",
        form,
        "Close",
        lambda: closing.close(case, by=by, **form.cleaned_data),
        "The case is closed.",
    )
    return carry_out(request, step)


@allow(*REVIEWS)
@form_page
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Records came late: the case is taken up again."""
    case, by = case_of(request, pk), person_of(request)
    form = WhyForm(request.POST or None, help_text="Which records came, and when.")
    step = CaseStep(
        case,
        "reopen",
        "Take up again for late records",
        "The denial stands until another decision counts.",
        form,
        "Take up again",
        lambda: closing.reopen(case, by=by, **form.cleaned_data),
        "The case waits for a reviewer again.",
    )
    return carry_out(request, step)


@allow(*SELECTS)
@form_page
def open_by_hand(request: HttpRequest, icn: str) -> HttpResponse:
    """A claim is chosen for review, before or after its payment as it stands."""
    claim, by = visible_or_404(Claim.objects, person_of(request), icn=icn), person_of(request)
    form = WhyForm(request.POST or None, help_text="What the reviewer shall look at.")
    step = Step(
        claim,
        "Choose for medical review",
        "A case is opened. A claim that is not paid yet is neither paid nor told before the review is done.",
        form,
        "Open a case",
        lambda: opening.open_by_hand(claim, by=by, **form.cleaned_data),
        lambda case: f"{case.number} is open.",
    )
    return take_step(request, step)


# ---------- second review ----------


@allow(*SECONDS)
@form_page
def second_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the director says of the decision: agrees, or sends it back with the reason."""
    case, by = second_or_404(request, pk), person_of(request)
    form = SecondForm(request.POST or None)
    act = "agree" if "agree" in request.POST else "send_back"
    does = second.agree if act == "agree" else second.send_back
    step = CaseStep(
        case,
        act,
        "Second review",
        "Agree, and the decision counts. Send it back, and its reviewer has it again with your reason.",
        form,
        "",
        lambda: does(case, by=by, **form.cleaned_data),
        "You agreed: the decision counts." if act == "agree" else "Sent back with your reason.",
    )
    return carry_out(request, step)


@allow(*SECONDS)
@form_page
def overrule(request: HttpRequest, pk: int) -> HttpResponse:
    """The director's own decision beside the one that was signed."""
    case, by = second_or_404(request, pk), person_of(request)
    signed = case.decisions.order_by("-number").select_related("signed_by")[0]
    form = OverruleForm(request.POST or None, initial={"rationale": signed.rationale})
    numbers = case.claim.lines.values_list("number", flat=True)
    lines = {number: line_sent(number, request.POST) for number in numbers} if request.method == "POST" else None
    if lines is not None:
        with refusals_to(form), transaction.atomic():
            if form.is_valid():
                second.overrule(case, lines, by=by, **form.cleaned_data)
                messages.success(request, "Your decision counts: the claim is decided anew by it.")
                return redirect("review:case", pk)
    log_accesses(by, [case, case.claim], page="Second review")
    return render(request, "medical_review/overrule.html", shown(case, by, lines=lines, form=form, signed=signed))


def line_sent(number: int, posted: Mapping[str, str]) -> LineAnswer:
    """What a sent page says of a line, not kept yet."""
    values = {name: posted.get(f"l{number}-{name}", "").strip() for name in ("code", "point", "codes", "reason")}
    return LineAnswer(
        verdict=posted.get(f"l{number}", ""),
        code=values["code"].upper(),
        points=[int(values["point"])] if values["point"].isdecimal() else [],
        codes=values["codes"].upper(),
        reason=values["reason"],
    )


def second_or_404(request: HttpRequest, pk: int) -> Case:
    """The case, where its decision waits for a second person who is not this one."""
    case = case_of(request, pk)
    decision = case.decisions.order_by("-number").first()
    if not signed_by_another(decision, person_of(request)):
        raise Http404("You signed this decision, or nobody has.")
    return case
