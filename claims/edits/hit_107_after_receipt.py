from __future__ import annotations

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext


@edit(
    "HIT-107",
    cites=(),
    remedy="A new claim with the true date, once the visit has taken place.",
)
def after_receipt(visit: LineContext) -> Fired | None:
    """The date of service is after the day the claim was received

    A visit on the day of receipt is in time.
    """
    received = visit.claim.received
    if visit.day <= received:
        return None
    return Fired(
        f"The visit is dated {visit.say(visit.day)}; the claim came before it, on {visit.say(received)}.",
        (("visit", visit.day), ("received", received)),
    )
