"""Mass adjustments: the list, the form, the page of one with preview and progress, its claims and lines, the acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, staff
from claims.mass import actions, readers
from claims.mass.checks import MAKERS
from claims.mass.forms import ApproveForm, ClaimsForm, LinesForm, MakeForm, ReverseForm
from claims.mass.listing import Item
from claims.models import MassAdjustment, MassState
from claims.pages.keyset import place_in
from claims.views.csv_file import changed_lines
from claims.views.refusals import do_and_tell, refusals_to

#: The acts that need no words, with what is said when one is done.
ACTS: dict[str, tuple[Callable[..., MassAdjustment], str]] = {
    "preview": (actions.preview, "The preview has begun. This page shows how far it is."),
    "pause": (actions.pause, "It stops after the claims that are being worked."),
    "resume": (actions.resume, "It goes on; what has changed since its preview is previewed again first."),
    "cancel": (actions.cancel, "It was cancelled. What was decided anew stands."),
}

#: In which states each act is offered.
OFFERED = {
    "preview": (MassState.DRAFT, MassState.PREVIEWED, MassState.FAILED),
    "pause": (MassState.APPROVED, MassState.RUNNING),
    "resume": (MassState.PAUSED, MassState.FAILED),
    "cancel": tuple(state for state in MassState if state not in MassAdjustment.OVER),
    "approve": (MassState.PREVIEWED,),
    "reverse": MassAdjustment.OVER,
}


@staff
@require_GET
def mass_list(request: HttpRequest) -> HttpResponse:
    """The mass adjustments, the latest first."""
    page = readers.mass_adjustments(place_in(request.GET))
    return render(request, "claims/mass/list.html", {"page": page, "may_make": person_of(request).role in MAKERS})


@allow(*MAKERS)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """The form, filled with the filters or the claims that the address names; then the preview begins."""
    form = MakeForm(request.POST or None, initial={"claims": claims_asked(request)})
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        with refusals_to(form):
            mass = actions.make(by=person, **form.cleaned_data)
            actions.preview(mass, by=person)
            messages.success(request, ACTS["preview"][1])
            return redirect("claims:mass_adjustment", mass.pk)
    return render(request, "claims/mass/new.html", {"form": form})


def claims_asked(request: HttpRequest) -> str:
    """`claims` of the address, else its whole query: the claims list leads here with its own filters."""
    return request.GET.get("claims") or request.GET.urlencode()


@staff
@require_GET
def mass_adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    """One mass adjustment: what the preview found, how far it is, and what may be done."""
    return show(request, found_or_404(pk))


@allow(*MAKERS)
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Preview, pause, resume, cancel."""
    if name not in ACTS:
        raise Http404("No such act.")
    do, done = ACTS[name]
    do_and_tell(request, lambda: do(found_or_404(pk), by=person_of(request)), done)
    return redirect("claims:mass_adjustment", pk)


@allow(*MAKERS)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's word; a refusal goes back to the form."""
    mass, form = found_or_404(pk), ApproveForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            actions.approve(mass, by=person_of(request), **form.cleaned_data)
            messages.success(request, "It was approved and begins in a moment.")
            return redirect("claims:mass_adjustment", pk)
    return show(request, mass, {"approve": form})


@allow(*MAKERS)
@require_POST
def reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back whole, by a mass adjustment of its own."""
    mass, form = found_or_404(pk), ReverseForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            reversal = actions.reverse(mass, by=person_of(request), **form.cleaned_data)
            messages.success(request, "The reversal is being previewed. A second person must approve it.")
            return redirect("claims:mass_adjustment", reversal.pk)
    return show(request, mass, {"reverse": form})


@staff
@require_GET
def mass_claims(request: HttpRequest, pk: int) -> HttpResponse:
    """Its claims: which would change, were left out and why, came out how."""
    mass, form = found_or_404(pk), ClaimsForm(request.GET)
    page = readers.claims_of(mass, form.chosen, place_in(request.GET))
    return render(request, "claims/mass/claims.html", {"mass": mass, "form": form, "page": page})


@staff
@require_GET
def mass_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line that would change, of a supplier or an edit or all."""
    mass, form = found_or_404(pk), LinesForm(request.GET)
    page = readers.lines_of(mass, form.lookups, place_in(request.GET))
    return render(request, "claims/mass/lines.html", {"mass": mass, "form": form, "page": page})


@staff
@require_GET
def export_lines(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every changed line as CSV; the claims are noted as looked at while they go out."""
    mass = found_or_404(pk)
    lines = readers.lines_to_export(mass)
    batches = ([(line.of.claim, readers.change_of(line)) for line in batch] for batch in lines)
    return changed_lines(request, f"mass-adjustment-{mass.pk}", batches, page=f"{mass}, CSV export")


def found_or_404(pk: int) -> MassAdjustment:
    return get_object_or_404(MassAdjustment.objects.select_related("made_by", "approved_by", "reverses"), pk=pk)


def show(request: HttpRequest, mass: MassAdjustment, sent: dict[str, Form] | None = None) -> HttpResponse:
    """The page; what may be done is offered to who may do it, and a form that was sent keeps what was written."""
    person = person_of(request)
    standing = readers.standing(mass)
    offered = {name for name, states in OFFERED.items() if person.role in MAKERS and mass.state in states}
    if mass.state == MassState.FAILED:
        # What was approved goes on; what was not is previewed.
        offered.discard("preview" if mass.approved_by_id else "resume")
    if not standing.decided or standing.asked:
        offered.discard("reverse")
    forms = {"approve": ApproveForm, "reverse": ReverseForm}
    context: dict[str, Any] = {
        "mass": mass,
        "standing": standing,
        "by_supplier": readers.totals_by_supplier(mass),
        "by_edit": readers.totals_by_edit(mass),
        "left_out": readers.left_out_by_reason(mass),
        "reversal": mass.reversals.exclude(state=MassState.CANCELLED).first(),
        "offered": offered,
        "forms": {name: (sent or {}).get(name) or form() for name, form in forms.items() if name in offered},
        "left_out_state": Item.State.LEFT_OUT,
    }
    return render(request, "claims/mass/detail.html", context)
