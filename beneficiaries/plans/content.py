"""What a plan of care says, as one value: the plan's own dates and the content of one version."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from django.db.backends.postgresql.psycopg_any import NumericRange

from beneficiaries.models import PlanOfCare, PlanOfCareVersion


@dataclass(frozen=True, slots=True)
class PlanContent:
    """All of §320.5 that a plan can say; None and empty are left out. `visits_per_week` is fewest and most."""

    established: dt.date | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    options_notified: dt.date | None = None
    review_every_days: int | None = None
    changed_on: dt.date | None = None
    physician_name: str = ""
    physician_npi: str = ""
    credential: str = ""
    signed: dt.date | None = None
    signed_page: int | None = None
    drugs: tuple[str, ...] = ()
    dosage: str = ""
    frequency: str = ""
    route: str = ""
    therapy_type: str = ""
    amount: str = ""
    duration: str = ""
    professional_services: tuple[str, ...] = ()
    discipline: str = ""
    visits_per_week: tuple[int, int] | None = None
    needs: str = ""
    dme_supplier: str = ""
    dme_consulted: dt.date | None = None
    prescriber_consulted: dt.date | None = None


#: Fields of the plan itself; all others are those of a version.
PLAN_FIELDS = ("established", "starts", "ends", "options_notified", "review_every_days")
FIELDS = tuple(field.name for field in fields(PlanContent))
VERSION_FIELDS = tuple(name for name in FIELDS if name not in PLAN_FIELDS)
#: What a change does not carry over from the version before it: its day and its signature are its own.
OWN_OF_EACH_VERSION = ("changed_on", "signed", "signed_page")


def content_of(plan: PlanOfCare, version: PlanOfCareVersion) -> PlanContent:
    """What is on file."""
    values: dict[str, Any] = {name: getattr(plan, name) for name in PLAN_FIELDS}
    values |= {name: getattr(version, name) for name in VERSION_FIELDS}
    lists = {name: tuple(values[name]) for name in ("drugs", "professional_services")}
    return PlanContent(**{**values, **lists, "visits_per_week": version.ordered_visits})


def columns_of(content: PlanContent, names: tuple[str, ...]) -> dict[str, Any]:
    """Values as the models keep them."""
    values = {name: getattr(content, name) for name in names}
    for name in ("drugs", "professional_services"):
        if name in values:
            values[name] = list(values[name])
    if span := values.get("visits_per_week"):
        values["visits_per_week"] = NumericRange(span[0], span[1] + 1)
    return values


def is_stated(content: PlanContent, name: str) -> bool:
    """Whether the plan says this at all."""
    return getattr(content, name) not in (None, "", ())
