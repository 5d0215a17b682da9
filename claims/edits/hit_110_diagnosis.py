from __future__ import annotations

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext


@edit(
    "HIT-110",
    level="claim",
    cites=(),
    remedy="A new claim with at least one diagnosis.",
)
def diagnosis(visit: LineContext) -> Fired | None:
    """No diagnosis is given

    One diagnosis on the claim is enough for all its lines.
    """
    if visit.claim.diagnoses:
        return None
    return Fired("The claim gives no diagnosis.", (("diagnoses", 0),))
