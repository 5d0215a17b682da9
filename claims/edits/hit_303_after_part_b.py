from __future__ import annotations

from claims.edits.base import Fired, Need, NotJudged, edit
from claims.edits.context import LineContext
from claims.edits.spans import any_covers


@edit(
    "HIT-303",
    needs=Need.BENEFICIARY,
    cites=("Pub. 100-02 ch. 15 §320.4",),
    remedy="On appeal, the entitlement to Part B that covers the day.",
    quote="To be eligible to receive home infusion therapy services … a beneficiary must have Medicare Part B…",
)
def after_part_b(visit: LineContext) -> Fired | NotJudged | None:
    """The patient did not have Part B on the date of service (after entitlement ended)

    After the last span of entitlement, or between two (fine point m).
    """
    spans = visit.beneficiary.part_b
    if spans is None:
        return NotJudged("The patient's entitlement to Part B is not known (HIT-302).")
    ended = [span.end for span in spans if span.end is not None and span.end < visit.day]
    if not ended or any_covers(spans, visit.day):
        return None
    return Fired(f"Part B ended {visit.say(max(ended))}.", (("Part B ended", max(ended)), ("visit", visit.day)))
