"""Overpayments: the list, the page of one with its demand, and what examiners record on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of
from accounts.actions import log_access
from accounts.models import Role
from claims.models import Overpayment
from claims.pages.keyset import place_in
from claims.pages.meanwhile import Meanwhile
from claims.pages.overpayments import overpayment_list, overpayment_page, overpayments_of
from claims.payment import overpayments as actions
from claims.payment.forms import FORMS, ListForm, forms_for
from claims.views.steps import answer_to
from policy import clock

#: What an examiner may do, with what is said when it is done.
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "demand": (actions.send_demand, "The demand was sent: the supplier sees it on this page."),
    "refund": (actions.record_refund, "The refund was recorded."),
    "redetermination": (actions.record_redetermination, "The request was recorded; nothing is taken from payments."),
    "outcome": (actions.decide_redetermination, "The outcome was recorded."),
    "reconsideration": (actions.record_reconsideration, "The request was recorded; nothing is taken from payments."),
    "reconsidered": (actions.decide_reconsideration, "The outcome was recorded."),
}


@allow(*Role)
@require_GET
def overpayment_rows(request: HttpRequest) -> HttpResponse:
    """The overpayments that a person may see, the latest first."""
    form = ListForm(request.GET)
    page = overpayment_list(person_of(request), clock.today(), form.chosen, place_in(request.GET))
    return render(request, "claims/overpayments.html", {"page": page, "form": form})


@allow(*Role)
@require_GET
def overpayment(request: HttpRequest, pk: int) -> HttpResponse:
    """One overpayment: why, what is still owed, the demand, what may be done."""
    return show(request, found_or_404(request, pk))


@allow(Role.EXAMINER)
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send the demand, record a refund, an appeal or its outcome; a refusal goes back to its field."""
    found = found_or_404(request, pk)
    if name not in ACTS:
        raise Http404("No such act.")
    form = FORMS[name](request.POST)

    def act_now() -> HttpResponse:
        do, done = ACTS[name]
        do(found, by=person_of(request), **form.cleaned_data)
        messages.success(request, done)
        return redirect("claims:overpayment", pk)

    answer, changed = answer_to(request, found.claim, form, act_now)
    if answer is None and changed is None and name not in forms_for(found):
        messages.error(request, "That cannot be done any more: the overpayment has moved on. This is how it stands.")
        return redirect("claims:overpayment", pk)
    return answer or show(request, found_or_404(request, pk), {name: form}, changed)


def found_or_404(request: HttpRequest, pk: int) -> Overpayment:
    found = overpayments_of(person_of(request), clock.today()).filter(pk=pk).first()
    if found is None:
        raise Http404("No such overpayment.")
    return found


def show(
    request: HttpRequest, found: Overpayment, sent: dict[str, Form] | None = None, changed: Meanwhile | None = None
) -> HttpResponse:
    """The page; forms are for examiners, and those that were sent keep what was written."""
    person = person_of(request)
    log_access(person, found.claim, page="Overpayment")
    offered = forms_for(found) if person.role == Role.EXAMINER else {}
    shown = {name: (sent or {}).get(name) or form() for name, form in offered.items()}
    context = {"page": overpayment_page(found), "overpayment": found, "claim": found.claim, "forms": shown}
    return render(request, "claims/overpayment.html", {**context, "meanwhile": changed})
