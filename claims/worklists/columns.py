"""The columns of the list of claims, of which each person shows those they want."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Role, User
from claims.models import WorklistTaste

#: The columns in the order of the list, after the claim's number; the status is always shown.
COLUMNS = {
    "patient": "Patient",
    "supplier": "Supplier",
    "visits": "Visits",
    "charge": "Charge",
    "status": "Status",
    "assigned": "Assigned to",
    "why": "Why, and what comes next",
    "age": "Age",
}

#: Shown to whoever has not chosen.
USUAL = ("patient", "supplier", "visits", "charge", "why", "age")

ALWAYS = "status"

#: What a supplier's people never see: all claims are their own, and who works them is the contractor's matter.
STAFF_ONLY = ("supplier", "assigned")


def columns_offered(user: User) -> dict[str, str]:
    """The columns that a person may choose from, with their words."""
    hidden = (ALWAYS, *STAFF_ONLY) if user.role == Role.SUPPLIER else (ALWAYS,)
    return {name: words for name, words in COLUMNS.items() if name not in hidden}


def columns_of(user: User) -> tuple[str, ...]:
    """The columns that a person sees; one query."""
    taste = WorklistTaste.objects.filter(person=user).only("columns").first()
    wanted = USUAL if taste is None or taste.columns is None else taste.columns
    chosen = [name for name in wanted if name in columns_offered(user)]
    return _in_order((*chosen, ALWAYS))


def choose_columns(columns: Collection[str], *, by: User) -> None:
    """Keep a person's columns; names of none are passed over."""
    kept = [name for name in columns_offered(by) if name in columns]
    WorklistTaste.objects.update_or_create(person=by, defaults={"columns": kept})


def _in_order(wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if name in wanted)
