"""One act on many claims: what was ticked in the worklist comes here, is shown in a preview, and is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form, HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.access import allow, person_of
from accounts.actions import log_accesses
from accounts.models import User
from claims.assignment import assign, colleagues
from claims.authority import check_role
from claims.bulk.actions import decide_anew, release_all
from claims.bulk.choice import FILTERS, Choice, choice_in
from claims.bulk.forms import AnewForm
from claims.bulk.preview import ANEW, ASSIGN, MOST_ASKED, RECORDS, RELEASE, preview
from claims.determinations.checks import DECIDES, REVIEWS, WORKS_CLAIMS
from claims.determinations.forms import AssignForm, ReasonForm
from claims.edits.wording import how_many
from claims.mass.checks import MAKERS
from claims.pages.numbers import whole_number
from claims.views.refusals import refusals_to
from policy.refusals import Refused


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done with many claims: who may, its form and its words; `do` does it and answers with what it did."""

    heading: str
    button: str
    roles: tuple[str, ...]
    form: type[Form]
    do: Callable[[User, Sequence[int], dict[str, Any]], Done]


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did, in a sentence; `address` is where it goes on, "" where the list is."""

    sentence: str
    address: str = ""


def _assign(person: User, ids: Sequence[int], said: dict[str, Any]) -> Done:
    count = assign(ids, said["to"], by=person, reason=said["reason"])
    return Done(f"{how_many(count, 'claim')} changed hands.")


def _release(person: User, ids: Sequence[int], said: dict[str, Any]) -> Done:
    count = release_all(ids, by=person, **said)
    return Done(f"{how_many(count, 'claim')} will be decided anew.")


def _decide_anew(person: User, ids: Sequence[int], said: dict[str, Any]) -> Done:
    mass = decide_anew(ids, by=person, **said)
    sentence = "The preview has begun: the claims are decided in the dark. This page shows how far it is."
    return Done(sentence, reverse("claims:mass_adjustment", args=[mass.pk]))


ACTS: dict[str, Act] = {
    ASSIGN: Act("Assign claims", "Assign them", DECIDES, AssignForm, _assign),
    RELEASE: Act("Release claims", "Release them", WORKS_CLAIMS, ReasonForm, _release),
    ANEW: Act("Decide claims anew", "Decide them in the dark", MAKERS, AnewForm, _decide_anew),
}


def acts_of(role: str) -> dict[str, bool]:
    """Which acts a person of a role is offered; records are asked for on a page of medical review."""
    return {name: role in act.roles for name, act in ACTS.items()} | {RECORDS: role in REVIEWS}


@allow(*DECIDES)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """The preview of an act on the chosen claims; with `do`, the act itself, and back to the list as it was."""
    action = request.POST.get("action", "")
    back = f"{reverse('claims:worklist')}?{request.POST.get(FILTERS, '')}"
    try:
        if action == RECORDS:
            return redirect(address_to_ask(request))
        act, choice = act_asked(request, action), choice_in(request)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(back)
    form = bulk_form(request, act)
    if "do" in request.POST and form.is_valid():
        with refusals_to(form):
            done = act.do(person_of(request), choice.ids, form.cleaned_data)
            messages.success(request, done.sentence)
            return redirect(done.address or back)
    claims = choice.claims()
    log_accesses(person_of(request), claims, page=act.heading)
    found = preview(action, claims, person_to(form))
    chosen = Choice(tuple(row.claim.pk for row in found.changed))
    context = {"act": act, "action": action, "choice": choice, "chosen": chosen, "form": form, "preview": found}
    return render(request, "claims/bulk/preview.html", {**context, "back": back})


def address_to_ask(request: HttpRequest) -> str:
    """The page on which records are asked for about the chosen claims; it shows the letter before anything is sent."""
    check_role(REVIEWS, person_of(request), "Asking for records")
    claims = [claim.icn for claim in choice_in(request).claims() if claim.icn]
    if len(claims) > MOST_ASKED:
        raise Refused(f"Records are asked for about {MOST_ASKED} claims at most. Choose fewer.", "too_many")
    return f"{reverse('review:ask_for_many')}?{urlencode([('claim', icn) for icn in claims])}"


def act_asked(request: HttpRequest, action: str) -> Act:
    act = ACTS.get(action)
    if act is None or person_of(request).role not in act.roles:
        raise Refused("Choose what is to be done with the claims: one of the buttons above the list.", "no_action")
    return act


def bulk_form(request: HttpRequest, act: Act) -> Form:
    """The reason; who gets the claims was chosen in the list and is only carried along."""
    to = request.POST.get("to", "")
    form = act.form(request.POST) if "do" in request.POST else act.form(initial={"to": to})
    if "to" in form.fields:
        form.fields["to"].widget = HiddenInput()
    return form


def person_to(form: Form) -> User | None:
    """Who would get the claims; nobody also when the act gives them to none."""
    asked = whole_number(str(form["to"].value() or "")) if "to" in form.fields else None
    return colleagues().filter(pk=asked).first() if asked is not None else None
