from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.wording import listed


@edit(
    "HIT-404",
    needs=Need.BENEFICIARY | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5 A", "Pub. 100-02 ch. 15 §320.5 B"),
    remedy="A plan of care that states the {left out} too.",
    quote="The plan of care must prescribe the type, amount, and duration of the home infusion therapy services that "
    "are to be furnished.",
)
def plan_content(visit: LineContext) -> Fired | None:
    """The plan of care leaves out required content

    Therapy type, amount, duration, drug, dosage, frequency and professional services (A); discipline and visits a week
    (B). The route of administration and a review interval are not required.
    """
    plan = visit.plan
    content = (
        ("therapy type", plan.therapy_type),
        ("amount", plan.amount),
        ("duration", plan.duration),
        ("drug", plan.drugs),
        ("dosage", plan.dosage),
        ("frequency", plan.frequency),
        ("professional services", plan.professional_services),
        ("discipline", plan.discipline),
        ("visits a week", plan.visits_per_week),
    )
    left_out = [name for name, value in content if not value]
    if not left_out:
        return None
    return Fired(f"The plan of care leaves out: {listed(left_out)}.", (("left out", listed(left_out)),))
