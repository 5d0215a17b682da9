"""Acts on a claim as pages with one form: it comes back when the act is refused, or when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import person_of, visible_or_404
from accounts.actions import log_access
from claims.adjustments.actions import lock
from claims.determinations.holds import lock_payments_of
from claims.models import Claim
from claims.pages.meanwhile import Meanwhile, meanwhile, version_in
from claims.views.refusals import refusals_to


@dataclass(frozen=True, slots=True)
class Step:
    """A page with one form: what it is called, what it does and what is said when it is done."""

    claim: Claim
    heading: str
    lead: str
    form: Form
    button: str
    act: Callable[[], Any]
    done: Callable[[Any], str]
    notes: list[str] = field(default_factory=list)


def claim_of(request: HttpRequest, icn: str) -> Claim:
    return visible_or_404(Claim.objects, person_of(request), icn=icn)


def take(request: HttpRequest, step: Step) -> HttpResponse:
    """The form, or the act and the way back to the claim."""
    log_access(person_of(request), step.claim, page=step.heading)

    def act() -> HttpResponse:
        messages.success(request, step.done(step.act()))
        return redirect("claims:claim", step.claim.icn)

    answer, changed = answer_to(request, step.claim, step.form, act)
    context = {"step": step, "claim": step.claim, "form": step.form, "meanwhile": changed}
    return answer or render(request, "claims/determinations/act.html", context)


def answer_to(
    request: HttpRequest, claim: Claim, form: Form, act: Callable[[], HttpResponse | None]
) -> tuple[HttpResponse | None, Meanwhile | None]:
    """What a form that was sent comes to: the act's answer, or None and the form is to be shown (again).

    The claim is locked before it is compared with the version that the form carries (`{% seen claim %}` in its
    template). When somebody else has acted in between, nothing is done and both versions come back with the form,
    which carries the new version from then on; `claim` is then as it is now.
    """
    if request.method != "POST":
        return None, None
    with refusals_to(form), transaction.atomic():
        # In the order of the payment run, which has the supplier first.
        lock_payments_of(claim)
        if changed := meanwhile(lock(claim), version_in(request.POST), person_of(request), form):
            claim.refresh_from_db()
            return None, changed
        if form.is_valid():
            return act(), None
    return None, None
