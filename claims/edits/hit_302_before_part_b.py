from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown


@edit(
    "HIT-302",
    needs=Need.BENEFICIARY,
    cites=("Pub. 100-02 ch. 15 §320.4",),
    remedy="On appeal, the entitlement to Part B that covers the day.",
    quote="To be eligible to receive home infusion therapy services … a beneficiary must have Medicare Part B…",
)
def before_part_b(visit: LineContext) -> Fired | None:
    """The patient did not have Part B on the date of service (before entitlement)

    Before the first span of entitlement, or with none at all; between two spans it is HIT-303.
    """
    spans = visit.beneficiary.part_b
    if spans is None:
        return unknown("the patient's entitlement to Part B")
    if not spans:
        return Fired("The patient has no entitlement to Part B on file.", (("Part B begins", None),))
    begins = min(span.start for span in spans)
    if visit.day >= begins:
        return None
    return Fired(f"Part B begins {visit.say(begins)}.", (("Part B begins", begins), ("visit", visit.day)))
