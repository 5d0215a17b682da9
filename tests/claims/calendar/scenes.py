"""Claims on a calendar for the tests of the pure part: decided under the base world's tables, drawn or as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from claims.adjudication.engine import decide
from claims.adjudication.facts import BeneficiaryFacts, ClaimFacts, DrugBill, PlanChange, PlanOfCare, Span, Visit
from claims.calendar.marks import Calendar, Lane
from claims.calendar.of_claim import claim_calendar
from claims.calendar.scene import ClaimScene, Names, Patient
from claims.scenarios.world import OTHER_SUPPLIER_KEY, OTHER_SUPPLIER_NAME
from policy.tables import PolicyTables
from tests.claims.adjudication.worlds import base_claim, base_tables, line, patient_of, with_patient

TODAY = dt.date(2026, 3, 10)


@cache
def tables() -> PolicyTables:
    return base_tables()


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def bill(on: dt.date, status: Any = "paid", hcpcs: str = "J2260") -> DrugBill:
    return DrugBill(f"bill-{on}-{hcpcs}", hcpcs, "", on, status)


def visit(on: dt.date, status: Any = "paid", *, own: bool = False, claim: str = "") -> Visit:
    base = base_claim()
    supplier = (base.supplier_key, "Chesapeake Infusion") if own else (OTHER_SUPPLIER_KEY, OTHER_SUPPLIER_NAME)
    return Visit(f"{claim or on}/1", on, "G0068", status, *supplier, claim)


def plan_with_change(changed: dt.date, signed: dt.date | None) -> tuple[PlanOfCare, ...]:
    """The base world's plan, changed on a day: one value for each version, as the reader gives them."""
    (plan,) = patient_of(base_claim()).plans_of_care or ()
    plan = replace(plan, changes=(PlanChange(changed, signed),))
    first = replace(plan, content=Span(plan.starts, changed - dt.timedelta(days=1)))
    return first, replace(plan, content=Span(changed))


def the_mock() -> ClaimFacts:
    """The claim of the design's picture: too early, paid, and waiting for a drug bill."""
    return with_patient(
        base_claim(
            received=day(3, 3),
            lines=(line(1, day(2, 23)), line(2, day(2, 26), "G0068"), line(3, day(3, 2), "G0068")),
        ),
        visits=tuple(visit(day(1, number)) for number in (5, 8, 12, 14)),
        drug_bills=(bill(day(1, 3)), bill(day(1, 28))),
        plans_of_care=plan_with_change(day(1, 27), day(1, 29)),
    )


def scene_of(facts: ClaimFacts, *, now: BeneficiaryFacts | None = None, **changes: Any) -> ClaimScene:
    patient = Patient(facts.beneficiary, now, Names()) if facts.beneficiary else None
    decided = decide(facts, tables())
    scene = ClaimScene(facts, decided, patient, None, tables(), TODAY, is_for_supplier=False)
    return replace(scene, **changes)


def calendar_of(facts: ClaimFacts, **changes: Any) -> Calendar:
    return claim_calendar(scene_of(facts, **changes), "Harold Whitcombe", "What decides.")


def lane(calendar: Calendar, name: str) -> Lane:
    return next(each for each in calendar.lanes if each.name == name)


def labels(of: Lane) -> list[str]:
    """The longest words of a lane's bars."""
    return [mark.labels[0] for mark in of.marks if hasattr(mark, "labels")]
