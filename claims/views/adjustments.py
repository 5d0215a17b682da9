"""Adjustments: the list, the forms that reopen or void a claim, the second person's approval or refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_access
from accounts.models import Role
from claims.adjustments import actions
from claims.adjustments.checks import ALWAYS_TWO, ROLES
from claims.adjustments.forms import AskForm, ListForm, SettleForm
from claims.adjustments.readers import money_at_stake, window_of
from claims.edits.wording import dollars
from claims.models import Adjustment, Claim
from claims.pages.adjustments import adjustment_list
from claims.pages.keyset import place_in
from claims.views.steps import answer_to

Kind, State = Adjustment.Kind, Adjustment.State


@staff
@require_GET
def adjustments(request: HttpRequest) -> HttpResponse:
    """The adjustments, those that wait for approval first of all."""
    form = ListForm(request.GET if "state" in request.GET else {"state": State.PROPOSED})
    page = adjustment_list(form, place_in(request.GET))
    return render(request, "claims/adjustments.html", {"page": page, "form": form})


@dataclass(frozen=True, slots=True)
class Asking:
    """What an examiner asks for: the words of its page, and the act."""

    kind: str
    heading: str
    lead: str
    button: str
    act: Callable[..., Adjustment]
    help_text: str = "What was wrong, in a sentence. Staff read it; the supplier does not."

    @property
    def needs_two(self) -> bool:
        """Whether a second person approves whatever is at stake."""
        return self.kind in ALWAYS_TWO

    @property
    def roles(self) -> str:
        """Of which role the second person is, in words."""
        return " or ".join(role.label.lower() for role in ROLES[self.kind])


REOPENING = Asking(
    Kind.REOPENING,
    "Reopen the claim",
    "The claim is decided anew, whole, on all that is known now. The new decision takes the place of the one that "
    "stands; if money went out, the next remittance shows its reversal and the correction.",
    "Reopen",
    actions.reopen,
)
VOID = Asking(
    Kind.VOID,
    "Void the claim",
    "The claim is taken back: all that it paid is reversed to zero and nothing stands in its place, for good.",
    "Void",
    actions.void,
)


ANY_TIME = Asking(
    Kind.ANY_TIME,
    "Reopen for fraud or similar fault",
    "A claim whose payment was obtained by fraud or similar fault is reopened however long ago it was decided, on "
    "reliable evidence (42 CFR 405.980(b)(3)). It is decided anew, whole, on all that is known now.",
    "Ask for the reopening",
    actions.reopen_at_any_time,
    "What the reliable evidence of fraud or similar fault is. Staff read it; the supplier does not.",
)


@allow(Role.EXAMINER)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, icn: str) -> HttpResponse:
    """Clerical reopening of a decided claim (42 CFR 405.980)."""
    return ask(request, icn, REOPENING)


@allow(Role.EXAMINER)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, icn: str) -> HttpResponse:
    """Taking a claim back."""
    return ask(request, icn, VOID)


@allow(*ROLES[Kind.ANY_TIME])
@require_http_methods(["GET", "POST"])
def reopen_at_any_time(request: HttpRequest, icn: str) -> HttpResponse:
    """Reopening for fraud or similar fault, without a limit of time."""
    return ask(request, icn, ANY_TIME)


def ask(request: HttpRequest, icn: str, asking: Asking) -> HttpResponse:
    """The form; then the act, at once or put before a second person. A refusal goes back to its field."""
    person = person_of(request)
    claim = visible_or_404(Claim.objects, person, icn=icn)
    window = None if asking.kind == Kind.ANY_TIME else window_of(claim)
    form = AskForm(request.POST or None, window=window, help_text=asking.help_text)

    def act() -> HttpResponse:
        messages.success(request, what_became(asking.act(claim, by=person, **form.cleaned_data)))
        return redirect("claims:claim", icn)

    answer, changed = answer_to(request, claim, form, act)
    log_access(person, claim, page=asking.heading)
    at_stake = money_at_stake(claim, asking.kind)
    context = {"claim": claim, "asking": asking, "form": form, "at_stake": at_stake, "meanwhile": changed}
    return answer or render(request, "claims/adjustment_ask.html", context)


@staff
@require_http_methods(["GET", "POST"])
def adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    """What was proposed for a claim, and its approval or refusal by a person of the role that settles it."""
    person = person_of(request)
    found = get_object_or_404(Adjustment.objects.select_related("claim", "asked_by", "settled_by"), pk=pk)
    form = SettleForm(request.POST or None)

    def act() -> HttpResponse:
        do = actions.approve if "approve" in request.POST else actions.refuse
        messages.success(request, what_became(do(found, by=person, reason=form.cleaned_data["reason"])))
        return redirect("claims:claim", found.claim.icn)

    answer, changed = answer_to(request, found.claim, form, act)
    log_access(person, found.claim, page="Adjustment")
    context = {"adjustment": found, "claim": found.claim, "form": form, "meanwhile": changed}
    return answer or render(request, "claims/adjustment.html", context)


def what_became(adjustment: Adjustment) -> str:
    """What follows from what was just done, in one sentence."""
    if adjustment.state == State.PROPOSED:
        above = "" if adjustment.kind in ALWAYS_TWO else ", more than your limit"
        return (
            f"{dollars(adjustment.money_at_stake)} are at stake{above}. "
            "The claim stays as it is until a second person approves."
        )
    return {
        State.APPROVED: "The claim is in the queue and is decided anew in a moment.",
        State.DONE: "The claim was voided.",
        State.REFUSED: "The adjustment was refused; the decision that stands goes on standing.",
    }[State(adjustment.state)]
