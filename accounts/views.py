"""The administrators' pages: people, and the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import readers
from accounts.access import allow, person_of
from accounts.actions import save_person
from accounts.forms import AuditFilter, PersonForm
from accounts.models import Role, User


@allow(Role.ADMINISTRATOR)
def people(request: HttpRequest) -> HttpResponse:
    """Everyone who may sign in, or once might."""
    return render(request, "accounts/people.html", {"people": readers.people(), "roles": list(Role)})


@allow(Role.ADMINISTRATOR)
def add_person(request: HttpRequest) -> HttpResponse:
    return _person_form(request, User())


@allow(Role.ADMINISTRATOR)
def change_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Of everyone but oneself: nobody raises their own limit or changes their own role."""
    person = get_object_or_404(User, pk=pk, is_program=False)
    if person == request.user:
        raise PermissionDenied("Another administrator looks after your account.")
    return _person_form(request, person)


def _person_form(request: HttpRequest, person: User) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=person)
    if form.is_valid():
        save_person(form.instance, by=person_of(request), password=form.cleaned_data["new_password"] or None)
        messages.success(request, f"The account of {form.instance} is saved.")
        return redirect("accounts:people")
    events = readers.events_about(person)[:20] if person.pk else []
    return render(request, "accounts/person.html", {"form": form, "person": person, "events": events})


@allow(Role.ADMINISTRATOR)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what when."""
    return _audit_page(request, "accounts/audit.html", readers.matching_events)


@allow(Role.ADMINISTRATOR)
def accesses(request: HttpRequest) -> HttpResponse:
    """Who looked at which record with health information."""
    return _audit_page(request, "accounts/accesses.html", readers.matching_accesses)


def _audit_page(
    request: HttpRequest, template: str, matching: Callable[[Mapping[str, Any]], QuerySet[Any]]
) -> HttpResponse:
    form = AuditFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = readers.page_before(matching(wanted), wanted.get("before"))
    return render(request, template, {"form": form, "page": page})
