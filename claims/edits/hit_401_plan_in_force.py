from __future__ import annotations

from collections.abc import Sequence

from claims.adjudication.facts import PlanOfCare
from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown


@edit(
    "HIT-401",
    needs=Need.BENEFICIARY,
    cites=("Pub. 100-02 ch. 15 §320.5",),
    remedy="A plan of care, established by a physician, that was in force on the day of the visit.",
    quote="The beneficiary must be under a physician-established plan of care…",
)
def plan_in_force(visit: LineContext) -> Fired | None:
    """No plan of care was in force on the date of service

    A plan is in force from the day it starts through the day it ends. Without one, HIT-402 to HIT-409 are not
    evaluated.
    """
    if visit.knows(Need.PLAN):
        return None
    plans = visit.beneficiary.plans_of_care
    if plans is None:
        return unknown("the patient's plans of care")
    return Fired(
        f"No plan of care was in force on {visit.say(visit.day)}: {_why_not(visit, plans)}.",
        (("visit", visit.day), ("plans on file", len(plans))),
    )


def _why_not(visit: LineContext, plans: Sequence[PlanOfCare]) -> str:
    ended = [plan.ends for plan in plans if plan.ends is not None and plan.ends < visit.day]
    if ended:
        return f"the last one ended {visit.say(max(ended))}"
    if plans:
        return f"the first one starts {visit.say(min(plan.starts for plan in plans))}"
    return "none is on file"
