"""Saved filters and columns of the list of claims."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.models import Role
from claims.models import SavedFilter
from claims.pages.saved import worklist_of, worklist_with
from claims.pages.search import kept_search
from claims.views.refusals import do_and_tell, refusals_to
from claims.worklists import saved as acts
from claims.worklists.columns import choose_columns
from claims.worklists.forms import ColumnsForm, SavedFilterForm

form_page = require_http_methods(["GET", "POST"])


@allow(*Role)
@require_GET
def open_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with a saved filter; what it searches for goes into the session, not into the address."""
    return redirect(worklist_of(request, saved_or_404(request, pk)))


@allow(*Role)
@form_page
def save(request: HttpRequest) -> HttpResponse:
    """The list as its address says it, under a name."""
    person, form = person_of(request), SavedFilterForm(request.POST or None, user=person_of(request))
    search = kept_search(request.session, request.GET.get("search", ""))
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            name = form.cleaned_data["name"]
            saved = acts.save_filter(name, request.GET, search, is_shared=form.is_shared_asked, by=person)
            messages.success(request, f"The list is kept as “{saved}”.")
            return redirect(worklist_of(request, saved))
    context = {"form": form, "heading": "Save these filters", "button": "Save", "search": search}
    return render(request, "claims/saved/filter.html", {**context, "back": worklist_with(request.GET)})


@allow(*Role)
@require_GET
def saved_filters(request: HttpRequest) -> HttpResponse:
    """All saved filters that a person may use."""
    found = SavedFilter.objects.visible_to(person_of(request)).select_related("owner")
    context = {"filters": found, "opens_with": acts.filter_to_open_with(person_of(request))}
    return render(request, "claims/saved/list.html", context)


@allow(*Role)
@form_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for one's own filter; whether colleagues see it."""
    saved, person = saved_or_404(request, pk), person_of(request)
    initial = {"name": saved.name, "is_shared": saved.is_shared}
    form = SavedFilterForm(request.POST or None, user=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_to(form):
            acts.change_filter(saved, form.cleaned_data["name"], is_shared=form.is_shared_asked, by=person)
            messages.success(request, "The filter was changed.")
            return redirect("claims:saved_filters")
    context = {"form": form, "heading": "Change a saved filter", "button": "Save"}
    return render(request, "claims/saved/filter.html", {**context, "back": reverse("claims:saved_filters")})


@allow(*Role)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    saved, done = saved_or_404(request, pk), "The filter was removed. The claims in it stay as they are."
    do_and_tell(request, lambda: acts.remove_filter(saved, by=person_of(request)), done)
    return redirect("claims:saved_filters")


@allow(*Role)
@require_POST
def open_with(request: HttpRequest) -> HttpResponse:
    """Have the list open with one of the saved filters, or with all claims."""
    asked = request.POST.get("filter", "")
    saved = saved_or_404(request, int(asked)) if asked.isascii() and asked.isdigit() else None
    acts.open_list_with(saved, by=person_of(request))
    messages.success(request, f"The list of claims opens with {f'“{saved}”' if saved else 'all claims'} from now on.")
    return redirect("claims:saved_filters")


@allow(*Role)
@form_page
def columns(request: HttpRequest) -> HttpResponse:
    """Which columns the list shows to this person."""
    form = ColumnsForm(request.POST or None, user=person_of(request))
    back = worklist_with(request.GET)
    if request.method == "POST" and form.is_valid():
        choose_columns(form.cleaned_data["columns"], by=person_of(request))
        return redirect(back)
    return render(request, "claims/saved/columns.html", {"form": form, "back": back})


def saved_or_404(request: HttpRequest, pk: int) -> SavedFilter:
    return visible_or_404(SavedFilter.objects, person_of(request), pk=pk)
