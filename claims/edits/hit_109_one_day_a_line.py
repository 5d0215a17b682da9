from __future__ import annotations

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext


@edit(
    "HIT-109",
    cites=("Pub. 100-02 ch. 15 §320.8.2",),
    remedy="A new claim with a line of its own for each infusion drug administration calendar day.",
    quote="The qualified home infusion therapy supplier must submit, in line-item detail on the claim, an appropriate "
    "G-code for each infusion drug administration calendar day.",
)
def one_day_a_line(visit: LineContext) -> Fired | None:
    """The line covers more than one day

    A line that names the same day twice covers one day.
    """
    through = visit.line.through
    if through is None or through == visit.day:
        return None
    return Fired(
        f"The line runs from {visit.say(visit.day)} to {visit.say(through)}; each infusion day is a line of its own.",
        (("from", visit.day), ("to", through)),
    )
