"""The pages of probes: for staff the list, one probe and its acts, the estimate; for a supplier its own rounds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_accesses
from accounts.models import Role, User
from accounts.readers import events_about
from claims.pages.claim.record import entry_of
from claims.views.refusals import refusals_to
from medical_review import statistics
from medical_review.actions.drawing import Criteria
from medical_review.models import Draw, Probe
from medical_review.probes import actions
from medical_review.probes.estimates import estimate_of
from medical_review.probes.forms import ChooseForm, DrawForm, EducateForm, FindForm, PrecisionForm, ReasonForm
from medical_review.probes.page import TOLD, ProbePage, probe_page
from medical_review.probes.readers import probes_for
from medical_review.probes.states import BY_ACT
from medical_review.states import REVIEWS
from suppliers.rights import Right

form_page = require_http_methods(["GET", "POST"])

FORMS: dict[str, type[Form]] = {
    "draw": DrawForm,
    "find": FindForm,
    "educate": EducateForm,
    "release": ReasonForm,
    "go_on": ReasonForm,
    "refer": ReasonForm,
    "call_off": ReasonForm,
}

#: What is shown of the list: the latest.
MOST_SHOWN = 200


def draw(probe: Probe, *, by: User, size: int, seed: str, **given: Any) -> None:
    actions.draw_round(probe, Criteria(supplier=probe.supplier, **given), size, by=by, seed=seed)


DOES: dict[str, Callable[..., Any]] = {
    "draw": draw,
    "find": actions.find_result,
    "educate": actions.educate,
    "release": actions.release,
    "go_on": actions.go_on,
    "refer": actions.refer,
    "call_off": actions.call_off,
}


@staff
@require_GET
def probes(request: HttpRequest) -> HttpResponse:
    """The suppliers under probe and educate, the latest first."""
    person = person_of(request)
    rows = probes_for(person).prefetch_related("rounds__result")[:MOST_SHOWN]
    return render(request, "medical_review/probes/list.html", {"probes": rows, "may_choose": person.role in REVIEWS})


@allow(*REVIEWS)
@form_page
def choose(request: HttpRequest) -> HttpResponse:
    """A supplier is chosen."""
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            probe = actions.choose(form.cleaned_data["npi"], why=form.cleaned_data["why"], by=person_of(request))
            messages.success(request, "Chosen. Now draw the first round.")
            return redirect("review:probe", probe.pk)
    context = {"form": form, "heading": "Choose a supplier", "button": "Choose"}
    return render(request, "medical_review/probes/act.html", context)


@staff
@require_GET
def probe(request: HttpRequest, pk: int) -> HttpResponse:
    """One probe: its rounds, the latest first, and what may be done now."""
    found, page = page_of(request, pk)
    events = [entry_of(event) for event in events_about(found).order_by("-pk")[:50]]
    return render(request, "medical_review/probes/probe.html", {"probe": found, "page": page, "events": events})


@allow(*REVIEWS)
@form_page
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One act on a probe: its form, or the act and the way back."""
    found, person = (
        visible_or_404(Probe.objects.select_related("supplier"), person_of(request), pk=pk),
        person_of(request),
    )
    if name not in FORMS:
        raise Http404("There is no such act.")
    form = FORMS[name](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            DOES[name](found, by=person, **form.cleaned_data)
            messages.success(request, f"{BY_ACT[name].words}: done.")
            return redirect("review:probe", pk)
    words = BY_ACT[name].words
    context = {"form": form, "probe": found, "heading": words, "button": words}
    return render(request, "medical_review/probes/act.html", context)


@staff
@require_GET
def estimate(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reviewed random sample says of the overpayment in its frame. Nothing is recorded and nothing booked."""
    found = visible_or_404(Draw.objects.select_related("supplier", "made_by"), person_of(request), pk=pk)
    form = PrecisionForm(request.GET if "precision" in request.GET else None, initial={"precision": 10})
    wanted = form.cleaned_data["precision"] / 100 if form.is_bound and form.is_valid() else Decimal("0.10")
    context = {"estimate": estimate_of(found, wanted), "draw": found, "form": form, "precision": wanted * 100}
    return render(request, "medical_review/probes/estimate.html", {**context, "method": statistics})


# ---------- for the supplier ----------


@allow(Role.SUPPLIER, right=Right.CLAIMS_READ)
@require_GET
def own_probes(request: HttpRequest) -> HttpResponse:
    """The probes of one's own suppliers."""
    rows = [(row, TOLD[row.state_shown]) for row in probes_for(person_of(request))[:MOST_SHOWN]]
    return render(request, "medical_review/probes/own_list.html", {"probes": rows})


@allow(Role.SUPPLIER, right=Right.CLAIMS_READ)
@require_GET
def own_probe(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found on one's own claims, the rates, the education, the next round's earliest day."""
    found, page = page_of(request, pk)
    context = {"probe": found, "page": page, "told": TOLD[found.state_shown]}
    return render(request, "medical_review/probes/own.html", context)


def page_of(request: HttpRequest, pk: int) -> tuple[Probe, ProbePage]:
    """The probe with its page, if the person may see it; the claims shown are logged as looked at."""
    person = person_of(request)
    found = visible_or_404(Probe.objects.select_related("supplier", "chosen_by"), person, pk=pk)
    page = probe_page(found, person)
    claims = [each.case.claim for shown in page.rounds for each in shown.claims]
    log_accesses(person, claims, page="Probe round")
    return found, page
