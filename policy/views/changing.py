"""Changing a row: a form, what the change does, then it is in a change set. Each step is a plain post."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import allow, person_of
from accounts.models import Role
from policy import clock
from policy.change_sets import actions
from policy.change_sets.page import drafts_of
from policy.change_sets.reading import plan_with
from policy.changes import AddRow, Change, EndRow, ReplaceRow
from policy.checks import name_of
from policy.differences import differences
from policy.drafts import Known, known_now
from policy.forms import ROW_FORMS, ChangeForm, EndForm, RowForm, initial_of
from policy.models import ChangeSet
from policy.models.change_set import LONGEST_TITLE
from policy.refusals import Refused
from policy.registry import PolicyTable
from policy.views.common import table_or_404


@dataclass(frozen=True, slots=True)
class Step:
    """A change page: its heading, its form, how the form becomes a change, where one goes afterwards."""

    table: PolicyTable
    heading: str
    form: ChangeForm
    change: Callable[[Any], Change]
    back: str


@allow(Role.ADMINISTRATOR)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row, for days on which its subject has none."""
    table = editable_or_404(request, slug)
    initial = {"start": clock.today()}
    form = ROW_FORMS[table.name](request.POST or None, initial=initial | into(request), drafts=my_drafts(request))
    step = Step(
        table,
        f"Add a row to {table.title.lower()}",
        form,
        lambda form: AddRow(table, form.content(), form.cleaned_data["start"], form.cleaned_data["end"]),
        reverse("policy:table", args=[table.slug]),
    )
    return take(request, step)


@allow(Role.ADMINISTRATOR)
def end(request: HttpRequest, slug: str, row: int) -> HttpResponse:
    """The last day of a row."""
    table = editable_or_404(request, slug)
    known = row_or_404(table, row)
    initial = {"last_day": clock.today()} | into(request)
    form = EndForm(request.POST or None, initial=initial, drafts=my_drafts(request))
    step = Step(
        table, f"End {name_of(table, known)}", form, lambda form: _end(table, row, form), _page_of(table, known)
    )
    return take(request, step)


def _end(table: PolicyTable, row: int, form: EndForm) -> EndRow:
    said = form.cleaned_data
    return EndRow(table, row, said["last_day"], said["source"], said["basis"], said["note"])


@allow(Role.ADMINISTRATOR)
def replace(request: HttpRequest, slug: str, row: int) -> HttpResponse:
    """Other values for a row from a day on."""
    table = editable_or_404(request, slug)
    known = row_or_404(table, row)
    initial = initial_of(dict(known.content), max(clock.today(), known.start), known.end)
    form = ROW_FORMS[table.name](
        request.POST or None, initial=initial | into(request), is_replacement=True, drafts=my_drafts(request)
    )
    subject = {name: known.content[name] for name in form.SUBJECT}

    def change(form: RowForm) -> ReplaceRow:
        said = form.cleaned_data
        return ReplaceRow(table, row, {**form.content(), **subject}, said["start"], said["end"])

    heading = f"Replace {name_of(table, known)} from a day"
    return take(request, Step(table, heading, form, change, _page_of(table, known)))


def my_drafts(request: HttpRequest) -> QuerySet[ChangeSet]:
    """The drafts that a row may be put into."""
    return drafts_of(person_of(request))


def into(request: HttpRequest) -> dict[str, Any]:
    """The draft that is chosen beforehand: the one the address names, else the latest of this person."""
    asked = request.GET.get("into", "")
    drafts = my_drafts(request)
    return {"change_set": drafts.filter(pk=asked).first() if asked.isdigit() else drafts.first()}


def take(request: HttpRequest, step: Step) -> HttpResponse:
    """The form; then what it would do; then, confirmed, it is in a change set. A refusal goes back to its field."""
    context = {"table": step.table, "heading": step.heading, "form": step.form, "back": step.back}
    if request.method != "POST" or not step.form.is_valid() or "edit" in request.POST:
        return render(request, "policy/change.html", context)
    try:
        change = step.change(step.form)
        if "confirm" in request.POST:
            return _put(request, step, change)
        planned = plan_with(step.form.cleaned_data["change_set"], change)
    except Refused as refused:
        field = refused.field if refused.field in step.form.fields else None
        step.form.add_error(field, str(refused))
        return render(request, "policy/change.html", context)
    said = step.form.cleaned_data
    shown = {"reason": said["reason"], "into": said["change_set"], "refusals": planned.refusals}
    shown["differences"] = [
        found
        for revision in planned.revisions
        if revision.table is step.table
        for found in differences(step.table, revision.superseded, revision.added)
    ]
    return render(request, "policy/change_preview.html", context | shown)


@transaction.atomic
def _put(request: HttpRequest, step: Step, change: Change) -> HttpResponse:
    said, person = step.form.cleaned_data, person_of(request)
    change_set = said["change_set"] or actions.make(
        step.heading[:LONGEST_TITLE], by=person, source=said["source"], reason=said["reason"]
    )
    row = actions.put_row(change_set, change, by=person)
    messages.success(request, f"It is row {row.number} of {str(change_set).lower()}. Propose it when it is complete.")
    return redirect("policy:change_set", change_set.pk)


def editable_or_404(request: HttpRequest, slug: str) -> PolicyTable:
    table = table_or_404(request, slug)
    if not table.is_editable:
        raise Http404("This table is changed by loading a file.")
    return table


def row_or_404(table: PolicyTable, pk: int) -> Known:
    """A row that is known now; one that was replaced meanwhile is gone."""
    for rows in known_now(table, pk=pk).values():
        return rows[0]
    raise Http404("This row is not known any more.")


def _page_of(table: PolicyTable, row: Known) -> str:
    return reverse("policy:subject", args=[table.slug, row.content[table.find_by]])
