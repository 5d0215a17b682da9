"""Pages of draws: the samples, one of them, its frame as CSV, drawing another."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of, staff, visible_or_404
from accounts.actions import log_access, log_accesses
from claims.pages.keyset import place_in
from claims.views.csv_file import csv_file
from claims.views.refusals import refusals_to
from medical_review.actions.drawing import Criteria, draw_sample
from medical_review.forms import SampleForm
from medical_review.models import Draw
from medical_review.pages.draws import draw_list, draw_page
from medical_review.states import REVIEWS
from policy import clock

#: Days back from today that the form begins with.
DAYS_BACK = dt.timedelta(days=90)


@staff
@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """The samples that were drawn, the latest first."""
    person = person_of(request)
    page = draw_list(person, place_in(request.GET))
    return render(request, "medical_review/draws/list.html", {"page": page, "may_draw": person.role in REVIEWS})


@staff
@require_GET
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """One sample: all that is needed to draw it again, and its cases."""
    person = person_of(request)
    page = draw_page(draw_or_404(request, pk), person)
    log_accesses(person, [case.claim for case in page.cases], page="Draw")
    return render(request, "medical_review/draws/draw.html", {"page": page, "draw": page.draw})


def draw_or_404(request: HttpRequest, pk: int) -> Draw:
    return visible_or_404(Draw.objects.select_related("supplier", "made_by"), person_of(request), pk=pk)


@staff
@require_GET
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame as CSV, in the order that its hash is of: claim number, amount in dollars, whether it was drawn."""
    found = draw_or_404(request, pk)
    log_access(person_of(request), found, page="Frame of a draw, CSV")
    drawn = set(found.sample)
    rows = (
        (icn, f"{amount:.2f}", "yes" if icn in drawn else "no")
        for icn, amount in zip(found.frame, found.amounts, strict=True)
    )
    return csv_file(f"draw-{found.pk}-frame", (("claim", "amount", "drawn"), *rows))


@allow(*REVIEWS)
@require_http_methods(["GET", "POST"])
def new_draw(request: HttpRequest) -> HttpResponse:
    """What to draw from and how many; the draw opens a case for each claim of the sample."""
    today = clock.today()
    form = SampleForm(request.POST or None, initial={"first_day": today - DAYS_BACK, "last_day": today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("first_day", "last_day", "before_payment", "supplier", "least")
        with refusals_to(form):
            criteria = Criteria(**{name: said[name] for name in names})
            made = draw_sample(criteria, said["method"], said["size"], by=person_of(request), seed=said["seed"])
            messages.success(request, f"Drawn: {len(made.sample)} of {len(made.frame):,} claims, each with a case.")
            return redirect("review:draw", made.pk)
    return render(request, "medical_review/draws/new.html", {"form": form})
