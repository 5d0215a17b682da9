from __future__ import annotations

from claims.adjudication.decision import EvidenceValue
from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext


@edit(
    "HIT-407",
    needs=Need.BENEFICIARY | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5.1",),
    remedy="The physician's note that the options were discussed no later than {therapy starts}.",
    quote="Physicians are expected to routinely discuss these infusion therapy options with their patients and annotate"
    " these discussions in their patients’ medical records prior to establishing a home infusion therapy plan of "
    "care.",
)
def options_discussed(visit: LineContext) -> Fired | None:
    """The record does not show that infusion options were discussed before therapy began

    Against the day the plan starts; the same day is in time (fine point k).
    """
    notified, starts = visit.plan.options_notified, visit.plan.starts
    if notified is not None and notified <= starts:
        return None
    evidence: tuple[tuple[str, EvidenceValue], ...] = (("discussed", notified), ("therapy starts", starts))
    if notified is None:
        return Fired("The record names no day on which infusion options were discussed.", evidence)
    return Fired(
        f"Infusion options were discussed {visit.say(notified)}, after therapy began {visit.say(starts)}.", evidence
    )
