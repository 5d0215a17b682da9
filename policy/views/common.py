"""What the policy pages share: which tables a person may see, and the day they are asked about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from accounts.models import Role
from policy import clock
from policy.forms import AsOfForm
from policy.registry import BY_SLUG, TABLES, PolicyTable


def is_administrator(request: HttpRequest) -> bool:
    return getattr(request.user, "role", "") == Role.ADMINISTRATOR


def tables_for(request: HttpRequest) -> list[PolicyTable]:
    """The tables that this person may read: suppliers see the benefit, not how the contractor works it."""
    is_staff = getattr(request.user, "is_contractor_staff", False)
    return [table for table in TABLES if table.is_public or is_staff]


def table_or_404(request: HttpRequest, slug: str) -> PolicyTable:
    table = BY_SLUG.get(slug)
    if table is None or table not in tables_for(request):
        raise Http404("There is no such table.")
    return table


@dataclass(frozen=True, slots=True)
class Place:
    """Where the tables are read: the names of the addresses of one table and of one code of it."""

    table: str
    code: str


THE_TABLES = Place("policy:table", "policy:subject")


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day asked about, and the day whose knowledge is asked for (None: what is known now)."""

    form: AsOfForm
    today: dt.date
    day: dt.date
    known_on: dt.date | None

    @property
    def find(self) -> str:
        return str(self.form.value("q") or "").strip()

    @property
    def category(self) -> str:
        return str(self.form.value("category") or "")


def as_of(request: HttpRequest) -> AsOf:
    """What the address asks for; the business date where it does not say, or not in a way that can be read."""
    today = clock.today()
    form = AsOfForm(request.GET)
    form.is_valid()
    known_on = form.value("known_on")
    return AsOf(form, today, form.value("on") or today, known_on if known_on and known_on != today else None)
