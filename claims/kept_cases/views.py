"""Scenarios in the browser: the kept cases, one of them with its history, and the form that runs and keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of
from accounts.models import Role
from claims.edits.wording import how_many
from claims.kept_cases.actions import keep_case, run_and_remember
from claims.kept_cases.forms import CaseForm
from claims.kept_cases.reading import NotACase
from claims.kept_cases.running import in_words, run_text, standing_cases, versions
from claims.scenarios.runner import CaseResult
from claims.views.refusals import refusals_to
from policy.change_sets.reading import tables_with
from policy.models import ChangeSet, KeptCase, KeptCaseRun
from policy.readers import tables_as_known

#: What a new case begins from.
EXAMPLE = Path(__file__).with_name("example.yaml")

#: Runs that the page of a case shows.
SHOWN_RUNS = 20


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run: the result with its differences in words."""

    result: CaseResult
    differences: tuple[str, ...]


@allow(Role.ADMINISTRATOR)
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that are run, each with its latest run; those that wait for their change set."""
    cases = standing_cases()
    runs = _latest_runs(cases)
    waiting = versions().exclude(change_set=None).exclude(change_set__state="published").order_by("name", "-version")
    context = {
        "rows": [(case, runs.get(case.pk)) for case in cases],
        "waiting": waiting.exclude(change_set__state="discarded"),
        "failing": sum(not run.holds for run in runs.values()),
    }
    return render(request, "claims/kept_cases/list.html", context)


def _latest_runs(cases: list[KeptCase]) -> dict[int, KeptCaseRun]:
    """The latest run of each version; one query."""
    latest = Window(RowNumber(), partition_by=F("case_id"), order_by=[F("ran_at").desc(), F("pk").desc()])
    found = KeptCaseRun.objects.filter(case__in=cases).annotate(place=latest).filter(place=1).order_by()
    return {run.case_id: run for run in found}


@allow(Role.ADMINISTRATOR)
@require_POST
def run_all(request: HttpRequest) -> HttpResponse:
    """Run every kept case under today's tables."""
    runs = run_and_remember(by=person_of(request))
    failing = sum(not run.holds for run in runs)
    say = messages.error if failing else messages.success
    say(request, f"{how_many(len(runs), 'case')} run: {f'{failing} of them do not hold' if failing else 'all hold'}.")
    return redirect("scenarios:list")


@allow(Role.ADMINISTRATOR)
@require_GET
def case(request: HttpRequest, name: str) -> HttpResponse:
    """A case with every version and its latest runs."""
    found = list(versions().filter(name=name))
    if not found:
        raise Http404("There is no such case.")
    standing = next((case for case in standing_cases() if case.name == name), None)
    runs = KeptCaseRun.objects.filter(case__name=name).select_related("case", "ran_by")[:SHOWN_RUNS]
    context = {"name": name, "versions": found, "standing": standing, "runs": runs}
    return render(request, "claims/kept_cases/case.html", context)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a case, run it, keep it."""
    return _edit(request, None)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, name: str) -> HttpResponse:
    """The next version of a case."""
    latest = versions().filter(name=name).first()
    if latest is None:
        raise Http404("There is no such case.")
    return _edit(request, latest)


def _edit(request: HttpRequest, latest: KeptCase | None) -> HttpResponse:
    """`run` shows what comes of the case, `keep` keeps it; what is wrong is told by line and key."""
    text = latest.text if latest else EXAMPLE.read_text(encoding="utf-8")
    form = CaseForm(request.POST) if request.method == "POST" else CaseForm(initial={"text": text})
    ran = None
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        with refusals_to(form):
            ran = _ran(form, said)
        if "keep" in request.POST and ran:
            with refusals_to(form):
                kept = _keep(request, said)
                messages.success(request, f"{kept} is kept.")
                return redirect("scenarios:case", kept.name)
    seen = request.POST.get("seen", "") if form.is_bound else latest.version if latest else ""
    return render(request, "claims/kept_cases/edit.html", {"form": form, "ran": ran, "latest": latest, "seen": seen})


def _keep(request: HttpRequest, said: dict[str, Any]) -> KeptCase:
    seen = request.POST.get("seen", "")
    return keep_case(
        said["text"],
        by=person_of(request),
        reason=said["reason"].strip(),
        change_set=said["change_set"],
        is_retired=said["is_retired"],
        seen=int(seen) if seen.isdecimal() else None,
    )


def _ran(form: CaseForm, said: dict[str, Any]) -> Ran | None:
    change_set: ChangeSet | None = said["change_set"]
    tables = tables_with(change_set) if change_set else tables_as_known()
    try:
        result = run_text(said["text"], tables)
    except NotACase as error:
        form.add_error("text", str(error))
        return None
    return Ran(result, tuple(map(in_words, result.differences)))
