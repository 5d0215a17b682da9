from __future__ import annotations

from claims.adjudication.decision import EvidenceValue
from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext


@edit(
    "HIT-403",
    needs=Need.BENEFICIARY | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5 C",),
    remedy="The plan of care, signed and dated by the ordering physician no later than {received}.",
    quote="The plan of care must be signed and dated by the ordering physician prior to submitting a claim…",
)
def plan_signed(visit: LineContext) -> Fired | None:
    """The plan of care was not signed and dated before the claim was submitted

    A signature dated on or before the day the claim was received is in time, though it be after the visit (reading 15).
    """
    signed, received = visit.plan.signed, visit.claim.received
    if signed is not None and signed <= received:
        return None
    evidence: tuple[tuple[str, EvidenceValue], ...] = (("signed", signed), ("received", received))
    if signed is None:
        return Fired("The plan of care is not signed.", evidence)
    came = visit.say(received)
    return Fired(f"The plan of care was signed {visit.say(signed)}, after the claim came on {came}.", evidence)
