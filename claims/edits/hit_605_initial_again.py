from __future__ import annotations

from claims.edits.base import Fired, Need, Stage, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown
from claims.edits.wording import days


@edit(
    "HIT-605",
    needs=Need.BENEFICIARY | Need.CODE,
    stage=Stage.HISTORY,
    cites=("Pub. 100-02 ch. 15 §320.8.3",),
    remedy="A discharge note, ready for review: discharge cannot be read from the claim.",
    quote="…the last G-code billed for this patient must show that the patient had been discharged.",
)
def initial_again(visit: LineContext) -> Fired | None:
    """An initial visit is billed again: discharge must be shown on review

    The same visits as for HIT-601, without a limit back; it informs beside HIT-601 too (reading 3, fine point i).
    """
    if not visit.code.is_initial:
        return None
    last = visit.history.last_before(visit.day)
    if last is None:
        return None if visit.history.is_known else unknown("the patient's earlier visits")
    return Fired(
        f"An earlier visit is in the history: {visit.say_visit(last)}, {days((visit.day - last.date).days)} before.",
        (*visit.visit_evidence(last), ("days later", (visit.day - last.date).days)),
    )
