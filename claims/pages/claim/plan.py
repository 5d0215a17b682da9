"""The plan of care that the visits of a claim rest on, as the decision knew it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from beneficiaries.models import PlanOfCareVersion
from claims.adjudication.facts import ClaimFacts, PlanOfCare
from claims.edits.context import governing_plan
from claims.edits.wording import in_words, listed


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What a plan orders, as pairs of name and words; a missing point says so."""

    key: str
    rows: tuple[tuple[str, str], ...]


def plan_shown(facts: ClaimFacts) -> PlanShown | None:
    """The plan that governs the claim's last visit that has one; one query, for the physician's name."""
    days = sorted((line.date for line in facts.lines), reverse=True)
    plans = facts.beneficiary.plans_of_care if facts.beneficiary else None
    plan = next((found for day in days if (found := governing_plan(plans, day))), None)
    return PlanShown(plan.key, tuple(_rows(plan, days[0].year))) if plan else None


def _rows(plan: PlanOfCare, year: int) -> Iterator[tuple[str, str]]:
    drugs = listed([f"{drug.hcpcs} {drug.modifier}".strip() for drug in plan.drugs]) if plan.drugs else ""
    yield "Physician", _physician(plan)
    yield "Drug", _together(drugs, plan.dosage, plan.frequency, plan.route)
    yield "Therapy", _together(plan.therapy_type, plan.amount)
    yield "Visits", _together(_visits(plan), plan.discipline, f"for {plan.duration}" if plan.duration else "")
    yield "Services", _together(*plan.professional_services)
    yield "In force", f"{in_words(plan.starts, year)} on" if plan.ends is None else _span(plan.starts, plan.ends, year)
    yield "Signed", in_words(plan.signed, year) if plan.signed else NOT_ON_FILE
    for change in plan.changes:
        signed = f"signed {in_words(change.signed, year)}" if change.signed else "not signed"
        yield "Change", f"{in_words(change.date, year)}, {signed}"


NOT_ON_FILE = "not on file"


def _physician(plan: PlanOfCare) -> str:
    names = PlanOfCareVersion.objects.filter(plan=int(plan.key), physician_npi=plan.established_by_npi or "")
    name = names.order_by("number").values_list("physician_name", flat=True).first()
    return _together(name or (f"NPI {plan.established_by_npi}" if plan.established_by_npi else ""), plan.credential)


def _visits(plan: PlanOfCare) -> str:
    if plan.visits_per_week is None:
        return ""
    fewest, most = plan.visits_per_week
    return f"{most} a week" if fewest == most else f"{fewest} to {most} a week"


def _together(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part) or NOT_ON_FILE


def _span(start: dt.date, end: dt.date, year: int) -> str:
    return f"{in_words(start, year)} to {in_words(end, year)}"
