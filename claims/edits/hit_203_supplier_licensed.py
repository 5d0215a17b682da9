from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown


@edit(
    "HIT-203",
    needs=Need.SUPPLIER | Need.BENEFICIARY,
    cites=("Pub. 100-02 ch. 15 §320.3",),
    remedy="On appeal, the license of the State where the service was furnished, in force that day.",
    quote="…licensed by the State in which the pharmacy, physician, or provider of services or supplier furnishes items"
    " or services.",
)
def supplier_licensed(visit: LineContext) -> Fired | None:
    """The supplier was not licensed in the State where the service was furnished

    The State is that of the service location on the claim, else of the patient's address on the claim, else of the
    address on file that day (reading 12).
    """
    place, licensed = visit.place, visit.supplier.licensed
    if place is None:
        return unknown("where the service was furnished")
    if licensed is None:
        return unknown("the supplier's licenses")
    if any(found.state == place.state and found.span.covers(visit.day) for found in licensed):
        return None
    return Fired(
        f"The service was furnished in {place.state}, according to {visit.place_source}; "
        f"no license of that State was in force on {visit.say(visit.day)}.",
        (("state", place.state), ("according to", visit.place_source), ("visit", visit.day)),
    )
