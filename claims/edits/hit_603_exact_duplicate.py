from __future__ import annotations

from claims.edits.base import Fired, Need, Stage, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown


@edit(
    "HIT-603",
    needs=Need.BENEFICIARY,
    stage=Stage.DUPLICATE,
    cites=(),
    remedy="A reopening, if the two lines are two visits and one of them was entered wrongly.",
)
def exact_duplicate(visit: LineContext) -> Fired | None:
    """The line is an exact duplicate of one already received

    Same supplier, patient, date and code as a line of another claim that is not denied, or as a line before it in this
    claim that is not denied (reading 8). Units, charge and modifiers do not make it another visit.
    """
    twin = visit.twin
    if twin is not None:
        return Fired(
            f"Line {twin.number} of this claim bills {twin.hcpcs} for {visit.say(visit.day)} too.",
            (("visit", visit.day), ("code", twin.hcpcs), ("line", twin.number)),
        )
    same = visit.history.same_elsewhere(visit.claim.supplier_key, visit.day, visit.line.hcpcs)
    if same is not None:
        on_claim = f" on claim {same.claim}" if same.claim else ""
        return Fired(
            f"{same.hcpcs} for {visit.say(visit.day)} was received before{on_claim}, and is not denied.",
            (("visit", visit.day), ("code", same.hcpcs), ("earlier claim", same.claim or None)),
        )
    return None if visit.history.is_known else unknown("the patient's earlier visits")
