from __future__ import annotations

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext


@edit(
    "HIT-105",
    cites=("Pub. 100-02 ch. 15 §320.4",),
    remedy="A record that shows the visit took place in the patient's home, with the place of service that says so.",
    quote="Home infusion services must be furnished in the patient’s home…",
)
def place_is_the_home(visit: LineContext) -> Fired | None:
    """The place of service is not the patient's home

    The table of places of service says which count as a home (reading 13); a place that is not in it does not.
    """
    place = visit.place_of_service()
    if place is not None and place.is_home:
        return None
    code = visit.line.place_of_service
    named = f"{code} ({place.name})" if place else code or "(none)"
    return Fired(f"Place of service {named} is not a home.", (("place of service", code),))
