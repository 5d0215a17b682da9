from __future__ import annotations

from claims.edits.base import Fired, NotJudged, edit
from claims.edits.context import LineContext

UNITS_IN_FIVE_HOURS = 20
MINUTES_IN_A_UNIT = 15


@edit(
    "HIT-106",
    cites=("Pub. 100-02 ch. 15 §320.8.2",),
    remedy="Nothing needs to change: the length of a visit does not change its payment.",
)
def longer_than_five_hours(visit: LineContext) -> Fired | NotJudged | None:
    """The visit is longer than five hours

    The payment amounts equal five hours of infusion in a physician's office; a longer visit is paid the same and noted.
    """
    units = visit.line.units
    if units is None:
        return NotJudged("The line has no number of units (HIT-104).")
    if units <= UNITS_IN_FIVE_HOURS:
        return None
    hours = (units * MINUTES_IN_A_UNIT / 60).normalize()
    return Fired(
        f"{units} units are {hours:f} hours; the payment is that of five hours (20 units).",
        (("units", units), ("hours", hours)),
    )
