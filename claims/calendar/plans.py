"""Plans of care on a calendar: each version as a bar, each signature as a tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from claims.adjudication.facts import PlanOfCare
from claims.calendar.known import Known, known
from claims.calendar.marks import Bar, Lane, Said
from claims.calendar.scene import ClaimScene, Patient, bearing_of_days
from claims.calendar.window import Window
from claims.calendar.words import day_in

NOT_SIGNED = "not signed"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan: its content holds from `first` through `last`. The first is the plan as established."""

    plan: PlanOfCare
    number: int
    first: dt.date
    last: dt.date | None
    signed: dt.date | None

    @property
    def key(self) -> tuple[str, int]:
        return self.plan.key, self.number


def plans_lane(patient: Patient, window: Window, scene: ClaimScene | None = None) -> Lane:
    """A row for each plan, the one that began last at the end; a version that ended before the window is left out."""
    now = versions_of(patient.now.plans_of_care or ()) if patient.now else None
    found = known(versions_of(patient.then.plans_of_care or ()), now, lambda version: version.key)
    shown = [each for each in found if window.touches(each.fact.first, each.fact.last)]
    plans = {each.fact.plan.key: each.fact.plan for each in shown}
    in_order = sorted(plans.values(), key=lambda plan: plan.starts)
    rows = tuple(
        tuple(_bar(each, patient, window, scene, len(plans) > 1) for each in shown if each.fact.plan.key == plan.key)
        for plan in in_order
    )
    nothing = "Not known" if patient.then.plans_of_care is None else "No plan of care in these weeks"
    return Lane("Plan of care", "bars", rows, words="" if rows else nothing, is_new_subject=True)


def versions_of(plans: Iterable[PlanOfCare]) -> list[Version]:
    """The versions of all plans. Facts have one value for each version of a plan that was changed, in their order."""
    by_key: dict[str, list[PlanOfCare]] = {}
    for plan in plans:
        by_key.setdefault(plan.key, []).append(plan)
    return [version for found in by_key.values() for version in _versions(found)]


def _versions(found: list[PlanOfCare]) -> Iterable[Version]:
    """Version 1 has the plan's own signature, each later one that of its change."""
    changes = found[0].changes
    for at, plan in enumerate(found):
        content = plan.content
        last = _earlier(content.end if content else None, plan.ends)
        first = max(content.start, plan.starts) if content else plan.starts
        signed = plan.signed if at == 0 else changes[at - 1].signed
        if last is None or first <= last:
            yield Version(plan, at + 1, first, last, signed)


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min(filter(None, (one, other)), default=None)


def _bar(
    each: Known[Version], patient: Patient, window: Window, scene: ClaimScene | None, is_one_of_several: bool
) -> Bar:
    version = each.fact
    supplier = patient.names.plan_suppliers.get(version.plan.key, "")
    name = f"Plan of {day_in(version.plan.starts, window)}, version" if is_one_of_several else "Version"
    signed = f"{name} {version.number}, {_signed(version, window)}"
    since = each.since(lambda one: _signed(one, window))
    return Bar(
        version.first,
        version.last,
        "plan" if version.number % 2 else "change",
        Said(
            signed,
            supplier,
            since=since,
            bearing=bearing_of_days(scene, lambda day: _holds(version, day), "in force"),
        ),
        labels=(f"{signed}; {since}" if since else signed, signed, f"{version.number}, {_signed(version, window)}"),
        is_later=each.is_later,
        signed=tuple(filter(None, [version.signed])),
    )


def _signed(version: Version, window: Window) -> str:
    return f"signed {day_in(version.signed, window)}" if version.signed else NOT_SIGNED


def _holds(version: Version, day: dt.date) -> bool:
    return version.first <= day and (version.last is None or day <= version.last)
