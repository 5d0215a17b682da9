from __future__ import annotations

from claims.edits.base import Fired, Need, Stage, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown


@edit(
    "HIT-604",
    needs=Need.BENEFICIARY | Need.CODE,
    stage=Stage.HISTORY,
    cites=("Pub. 100-02 ch. 15 §320.8.3",),
    remedy="Nothing needs to change, if an earlier visit was paid elsewhere; else the initial visit code.",
)
def subsequent_without_earlier(visit: LineContext) -> Fired | None:
    """A subsequent visit is billed and no earlier visit is in the history

    The same visits as for HIT-601, without a limit back (fine point i).
    """
    if visit.code.is_initial or visit.history.last_before(visit.day):
        return None
    if not visit.history.is_known:
        return unknown("the patient's earlier visits")
    return Fired(f"No visit before {visit.say(visit.day)} is in the history.", (("visit", visit.day),))
