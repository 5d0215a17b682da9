"""The policy desk: the list of change sets, one of them with what it would do, the acts on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, staff
from accounts.models import Role
from policy import clock
from policy.change_sets import actions
from policy.change_sets.page import axis_of, change_sets, offered_to, shown, waiting_for
from policy.change_sets.requirements import unmet_requirements
from policy.change_sets.restoring import roll_back as roll_back_set
from policy.change_sets.uploading import check_size, load_rows, recognize
from policy.forms import ChangeSetForm, DecisionForm, UploadForm
from policy.loaders import BadFile
from policy.models import ChangeSet, ChangeSetState
from policy.publications import parts_of
from policy.refusals import Refused
from policy.registry import BY_NAME

PAGE_SIZE = 50

#: The acts that need no words, with what is said when one is done.
ACTS: dict[str, tuple[Callable[..., ChangeSet], str]] = {
    "propose": (actions.propose, "It was proposed. A second administrator decides."),
    "take-back": (actions.take_back, "It is a draft again."),
    "discard": (actions.discard, "It was discarded."),
}


@contextmanager
def refusals_to(form: Form) -> Iterator[None]:
    """A refusal inside the block stands at the field it is about, or above the form; then the form is shown again."""
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


@staff
@require_GET
def change_set_list(request: HttpRequest) -> HttpResponse:
    """The sets, the latest first, of one state if the address names it; those that wait for this person apart."""
    person = person_of(request)
    state = request.GET.get("state", "")
    found = change_sets(state if state in ChangeSetState.values else "")
    waiting = change_sets().filter(pk__in=waiting_for(person))
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting": waiting,
        "states": ChangeSetState,
        "state": state,
        "may_change": person.role == Role.ADMINISTRATOR,
    }
    return render(request, "policy/change_sets/list.html", context)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new draft; rows come after it."""
    form = ChangeSetForm(request.POST or None, initial={"publish_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            change_set = actions.make(by=person_of(request), **form.cleaned_data)
            return redirect("policy:change_set", change_set.pk)
    return render(request, "policy/change_sets/form.html", {"form": form, "heading": "New change set"})


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, number: int) -> HttpResponse:
    """Another title, document, reason or day of a draft."""
    change_set = found_or_404(number)
    initial = {name: getattr(change_set, name) for name in ("title", "source", "reason", "publish_on")}
    form = ChangeSetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            actions.describe(change_set, by=person_of(request), **form.cleaned_data)
            return redirect("policy:change_set", number)
    return render(
        request,
        "policy/change_sets/form.html",
        {"form": form, "heading": f"Describe {str(change_set).lower()}", "change_set": change_set},
    )


@staff
@require_GET
def change_set(request: HttpRequest, number: int) -> HttpResponse:
    """One set: what its rows do, what is wrong with them, who decides."""
    return show(request, found_or_404(number))


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """Rows of a file; with one bad line nothing, and each bad line is named."""
    change_set = found_or_404(number)
    form = UploadForm(request.POST or None, request.FILES or None)
    bad: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_to(form):
                _load(request, change_set, form)
                return redirect("policy:change_set", number)
        except BadFile as error:
            bad = error.lines
    return render(request, "policy/change_sets/upload.html", {"change_set": change_set, "form": form, "bad": bad})


def _load(request: HttpRequest, change_set: ChangeSet, form: UploadForm) -> None:
    sent = form.cleaned_data["file"]
    check_size(sent.size)
    file = recognize(sent.name, sent.read(), BY_NAME.get(form.cleaned_data["table"]))
    loaded = load_rows(change_set, file, by=person_of(request))
    same = f" {loaded.unchanged:,} rows are known already and were left out." if loaded.unchanged else ""
    rows = f"{loaded.put:,} row{'s' if loaded.put != 1 else ''} of {loaded.table.title.lower()}"
    messages.success(request, f"{rows} put in.{same}")


@allow(Role.ADMINISTRATOR)
@require_POST
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """The rows that were ticked leave the draft."""
    numbers = [int(text) for text in request.POST.getlist("row") if text.isdigit()]
    return _do(
        request,
        number,
        lambda: actions.take_out(found_or_404(number), numbers, by=person_of(request)),
        "The rows were taken out.",
    )


@allow(Role.ADMINISTRATOR)
@require_POST
def act(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Propose, take back, discard."""
    if name not in ACTS:
        raise Http404("No such act.")
    do, done = ACTS[name]
    return _do(request, number, lambda: do(found_or_404(number), by=person_of(request)), done)


def _do(request: HttpRequest, number: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("policy:change_set", number)


@allow(Role.ADMINISTRATOR)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The second person's word: approve, or refuse with a reason."""
    change_set, form, person = found_or_404(number), DecisionForm(request.POST), person_of(request)
    if not form.is_valid():
        return show(request, change_set, {"decision": form})
    act = actions.approve if request.POST.get("decision") == "approve" else actions.refuse
    try:
        decided = act(change_set, by=person, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{decided}: {decided.state_shown.label.lower()}.")
    return redirect("policy:change_set", number)


@allow(Role.ADMINISTRATOR)
@require_POST
def roll_back(request: HttpRequest, number: int) -> HttpResponse:
    """A draft that undoes what was published."""
    change_set, form = found_or_404(number), DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, change_set, {"rolling": form})
    try:
        undoing = roll_back_set(change_set, by=person_of(request), reason=form.cleaned_data["reason"])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("policy:change_set", number)
    messages.success(request, f"{undoing} takes it back once it is proposed and approved.")
    return redirect("policy:change_set", undoing.pk)


def found_or_404(number: int) -> ChangeSet:
    people = ("made_by", "proposed_by", "decided_by", "publication", "undoes")
    return get_object_or_404(ChangeSet.objects.select_related(*people), pk=number)


def show(request: HttpRequest, change_set: ChangeSet, sent: dict[str, Form] | None = None) -> HttpResponse:
    """The page; a form that was sent keeps what was written."""
    person = person_of(request)
    wrote = actions.wrote_in(change_set, person)
    today = clock.today()
    context: dict[str, Any] = {
        "change_set": change_set,
        "offered": offered_to(person, change_set, wrote=wrote),
        "wrote": wrote,
        "editors": change_set.editors.select_related("person").order_by("pk"),
        "undone_by": change_set.undone_by.exclude(state=ChangeSetState.DISCARDED).first(),
        "cases": list(change_set.cases.order_by("name", "version")),
        "today": today,
        "axis": axis_of(today),
        "decision": DecisionForm(),
        "rolling": DecisionForm(),
        **(sent or {}),
    }
    if change_set.publication is not None:
        context["published"] = parts_of(change_set.publication)
    else:
        context["shown"] = shown(change_set, today)
    if change_set.is_proposed:
        context["unmet"] = unmet_requirements(change_set)
    return render(request, "policy/change_sets/detail.html", context)
