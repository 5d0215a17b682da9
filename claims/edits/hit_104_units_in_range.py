from __future__ import annotations

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext

MOST_UNITS = 96


@edit(
    "HIT-104",
    cites=("Pub. 100-02 ch. 15 §320.8.2",),
    remedy="A new claim with the length of the visit in units of 15 minutes, a whole number from 1 to 96.",
    quote="The claim should include the length of time, in 15-minute increments, for which professional services were "
    "furnished.",
)
def units_in_range(visit: LineContext) -> Fired | None:
    """The units are not a whole number of 15-minute steps from 1 to 96

    A day has 96 quarters of an hour. The units state the length of the visit; they never multiply the payment.
    """
    units = visit.line.units
    if units is not None and units == units.to_integral_value() and 1 <= units <= MOST_UNITS:
        return None
    billed = "No number of units was" if units is None else f"{units} units were"
    return Fired(
        f"{billed} billed; a visit has a whole number of 15-minute units from 1 to {MOST_UNITS}.",
        (("units", units), ("most units", MOST_UNITS)),
    )
