"""The impact of a change set: what it does to decided claims, how far that is worked out, its lines, the acts on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_access, log_accesses
from accounts.models import Role
from claims.impact import actions, readers
from claims.impact.forms import AdjustForm, LinesForm
from claims.impact.summary import totals_in
from claims.mass.checks import MAKERS
from claims.models import Claim, ImpactRun
from claims.pages.keyset import place_in
from claims.views.csv_file import changed_lines
from claims.views.refusals import do_and_tell, refusals_to
from policy.models import ChangeSet, ChangeSetState


@staff
@require_GET
def of_change_set(request: HttpRequest, number: int) -> HttpResponse:
    """The latest impact of a change set, and those before it."""
    change_set = get_object_or_404(ChangeSet, pk=number)
    return show(request, change_set, readers.runs_of(change_set).first())


@staff
@require_GET
def impact_run(request: HttpRequest, pk: int) -> HttpResponse:
    """One impact, whatever came after it."""
    run = found_or_404(pk)
    return show(request, run.change_set, run)


@allow(Role.ADMINISTRATOR)
@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Work the impact out; one goes back to where one was."""
    change_set = get_object_or_404(ChangeSet, pk=number)
    do_and_tell(request, lambda: actions.ask(change_set, by=person_of(request)), "The impact is being worked out.")
    return redirect("claims:impact", number)


@allow(Role.ADMINISTRATOR)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    run = found_or_404(pk)
    do_and_tell(request, lambda: actions.cancel(run, by=person_of(request)), "The impact was cancelled.")
    return redirect("claims:impact", run.change_set_id)


@allow(*MAKERS)
@require_POST
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the mass adjustment of its claims; a refusal goes back to the form."""
    run, form = found_or_404(pk), AdjustForm(request.POST)
    if form.is_valid():
        with refusals_to(form):
            mass = actions.adjust(run, by=person_of(request), **form.cleaned_data)
            return redirect("claims:mass_adjustment", mass.pk)
    return show(request, run.change_set, run, form)


@staff
@require_GET
def impact_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line that changes, of a supplier or an edit or all; the claims shown are noted as looked at."""
    run, form = found_or_404(pk), LinesForm(request.GET)
    page = readers.lines_of(run, form.lookups, place_in(request.GET))
    log_accesses(person_of(request), {line.claim for line in page.rows}, page=f"{run}, changed lines")
    return render(request, "claims/impact/lines.html", {"run": run, "form": form, "page": page})


@staff
@require_GET
def impact_claim(request: HttpRequest, pk: int, icn: str) -> HttpResponse:
    """A claim of it side by side: its changed lines today, and after the publication."""
    run, person = found_or_404(pk), person_of(request)
    claim = visible_or_404(Claim.objects.filter(pk__in=run.lines.values("claim")), person, icn=icn)
    log_access(person, claim, page=str(run))
    context = {"run": run, "claim": claim, "lines": readers.sides_of(run, claim)}
    return render(request, "claims/impact/claim.html", context)


@staff
@require_GET
def export_lines(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every changed line as CSV; the claims are noted as looked at while they go out."""
    run = found_or_404(pk)
    lines = readers.lines_to_export(run)
    batches = ([(line.claim, readers.as_change(line, line.claim)) for line in batch] for batch in lines)
    return changed_lines(request, f"impact-{run.pk}", batches, page=f"{run}, CSV export")


def found_or_404(pk: int) -> ImpactRun:
    return get_object_or_404(ImpactRun.objects.select_related("change_set", "asked_by", "mass"), pk=pk)


def show(
    request: HttpRequest, change_set: ChangeSet, run: ImpactRun | None, form: AdjustForm | None = None
) -> HttpResponse:
    """The page; the mass adjustment is offered once the set is published, to who may make one."""
    person = person_of(request)
    is_published = change_set.state == ChangeSetState.PUBLISHED
    may_adjust = run is not None and is_published and run.is_done and run.claims_changed and not run.mass_id
    context = {
        "change_set": change_set,
        "shown": readers.shown(run) if run else readers.Shown(None, is_current=False, done=0),
        "runs": readers.runs_of(change_set)[: readers.MOST_EARLIER],
        "by_supplier": totals_in(run, "by_supplier") if run else [],
        "by_edit": totals_in(run, "by_edit") if run else [],
        "by_month": totals_in(run, "by_month") if run else [],
        "sample": readers.sample_of(run) if run and run.is_done else [],
        "adjust_form": form or (AdjustForm() if may_adjust and person.role in MAKERS else None),
    }
    return render(request, "claims/impact/detail.html", context)
