from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext


@edit(
    "HIT-405",
    needs=Need.BENEFICIARY | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5 C",),
    remedy="The change of {changed}, signed and dated by the ordering physician no later than {received}.",
    quote="The ordering physician must sign and date the plan of care upon any changes to the plan of care.",
)
def plan_change_signed(visit: LineContext) -> Fired | None:
    """The plan of care was changed and the change was not signed and dated before the claim was submitted

    Every change dated on or before the visit needs its own signature (fine point k).
    """
    received = visit.claim.received
    for change in visit.plan.changes:
        if change.date <= visit.day and (change.signed is None or change.signed > received):
            signed = "is not signed"
            if change.signed:
                signed = f"was signed {visit.say(change.signed)}, after the claim came on {visit.say(received)}"
            return Fired(
                f"The change of {visit.say(change.date)} to the plan of care {signed}.",
                (("changed", change.date), ("signed", change.signed), ("received", received)),
            )
    return None
