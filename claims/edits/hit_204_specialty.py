from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext

SPECIALTY = "D6"


@edit(
    "HIT-204",
    needs=Need.SUPPLIER,
    cites=("MM11880",),
    remedy="On appeal, the enrollment with specialty D6, home infusion therapy services.",
)
def specialty(visit: LineContext) -> Fired | None:
    """The billing specialty is not D6

    D6 is the specialty of home infusion therapy services.
    """
    found = visit.supplier.specialty
    if found == SPECIALTY:
        return None
    if not found:
        return Fired("The supplier's specialty is not on file.", missing=True)
    return Fired(f"The supplier bills under specialty {found}, not {SPECIALTY}.", (("specialty", found),))
