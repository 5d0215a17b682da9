"""The pages of training: the cases, one case, what came of an attempt."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of
from claims.pages.claim.plan import plan_shown
from medical_review.drafts import VERDICTS, Draft
from medical_review.known import OnFile, beside
from medical_review.models import Answer
from medical_review.pages.desk import desk_page
from medical_review.pages.written import Kept
from medical_review.states import REVIEWS, SECONDS
from medical_review.training import actions
from medical_review.training.cases import TrainingCase, training_cases
from medical_review.training.desk import training_desk
from medical_review.training.marking import mark
from medical_review.training.page import Pages, attempts_of_others, attempts_shown, cases_offered, draft_sent
from policy.refusals import Refused


@allow(*REVIEWS)
@require_GET
def training(request: HttpRequest) -> HttpResponse:
    """The cases with one's own scores; a medical director reads those of others too."""
    person = person_of(request)
    others = list(attempts_of_others(person)) if person.role in SECONDS else []
    context = {"offered": cases_offered(person), "others": others, "directs": person.role in SECONDS}
    return render(request, "medical_review/training/list.html", context)


@allow(*REVIEWS)
@require_http_methods(["GET", "POST"])
def training_case(request: HttpRequest, name: str) -> HttpResponse:
    """One case to judge; sent and complete, it is kept and compared at once."""
    case, person = case_or_404(name), person_of(request)
    if request.method == "GET":
        return desk_shown(request, case, {}, None)
    draft, kept = draft_sent(case, request.POST, person)
    if kept.refusals:
        return desk_shown(request, case, draft, kept)
    try:
        made = actions.attempt(case, draft, by=person)
    except Refused as refused:
        return desk_shown(request, case, draft, Kept(0, (), (str(refused),)))
    return redirect("review:training_attempt", made.pk)


def case_or_404(name: str) -> TrainingCase:
    found = training_cases().get(name)
    if found is None:
        raise Http404("There is no such training case.")
    return found


def desk_shown(request: HttpRequest, case: TrainingCase, draft: Draft, kept: Kept | None) -> HttpResponse:
    desk = training_desk(case, person_of(request), draft)
    context = {
        "training": case,
        "page": desk_page(desk, Pages(case), may_write=True),
        "plan": plan_shown(desk.facts),
        "beside": list(beside(OnFile(desk.facts, desk.decision, desk.tables))),
        "answers": Answer,
        "verdicts": VERDICTS,
        "kept": kept,
    }
    return render(request, "medical_review/training/case.html", context)


@allow(*REVIEWS)
@require_GET
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """One attempt beside the right answers, each with why."""
    found = attempts_shown(person_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("No such attempt, or it is somebody else’s.")
    case = case_or_404(found.training_case)
    marked = mark(case, training_desk(case, found.person, found.answers))
    context = {"attempt": found, "training": case, "marked": marked, "has_changed": found.version != case.version}
    return render(request, "medical_review/training/attempt.html", context)
