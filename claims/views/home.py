"""The home page of the staff, and what can be done from it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of, staff
from accounts.models import Role
from claims.inventory import actions
from claims.inventory.counting import count_inventory
from claims.pages.home.page import home_page
from claims.pages.home.stuck import RUNNERS
from claims.views.refusals import do_and_tell
from policy import clock
from policy.running_out import tables_running_out


@staff
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What one's day begins with."""
    person, today = person_of(request), clock.today()
    running_out = tables_running_out(today) if person.role == Role.ADMINISTRATOR else ()
    return render(request, "claims/home.html", {"home": home_page(person, today), "running_out": running_out})


@staff
@require_POST
def count_again(request: HttpRequest) -> HttpResponse:
    """Counts the figures at once, whatever became of the scheduler."""
    count_inventory()
    messages.success(request, "The figures were counted just now.")
    return redirect("home")


@allow(*RUNNERS)
@require_POST
def run_again(request: HttpRequest, kind: str) -> HttpResponse:
    """Asks a worker to take up stuck work of one kind."""
    done = "A worker was asked to run it again. What is left stands here in a moment."
    do_and_tell(request, lambda: actions.run_again(kind, by=person_of(request)), done)
    return redirect("home")
