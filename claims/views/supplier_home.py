"""The home page of people of suppliers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of
from accounts.actions import log_accesses
from accounts.models import Role
from claims.pages.numbers import whole_number
from claims.pages.supplier_home.page import supplier_home
from policy import clock
from policy.readers import tables_as_known
from suppliers.access import held_of
from suppliers.rights import Held


@allow(Role.SUPPLIER)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs an answer, where the claims stand, what ends soon; of one supplier or of all that one acts for."""
    person, held = person_of(request), held_of(request)
    page = supplier_home(person, held, chosen(request, held), tables_as_known(), clock.today())
    log_accesses(person, [row.thing.about for row in page.rows if row.thing.about], page="Home")
    return render(request, "claims/supplier_home.html", {"home": page})


def chosen(request: HttpRequest, held: tuple[Held, ...]) -> Held | None:
    """The supplier that the address names; none for all, 404 for one that is somebody else's."""
    named = request.GET.get("supplier", "")
    if not named:
        return None
    found = next((each for each in held if each.supplier == whole_number(named)), None)
    if found is None:
        raise Http404("No such supplier.")
    return found
