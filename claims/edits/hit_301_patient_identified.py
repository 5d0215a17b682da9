from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext


@edit(
    "HIT-301",
    level="claim",
    cites=(),
    remedy="A new claim with the Medicare number, the name and the birth date as they stand on the Medicare card.",
)
def patient_identified(visit: LineContext) -> Fired | None:
    """The patient cannot be identified

    A person matches by Medicare number and birth date or surname. When none does nothing can be paid, and no edit that
    needs the patient is evaluated.
    """
    if visit.knows(Need.BENEFICIARY):
        return None
    return Fired("No one on file matches the Medicare number and the birth date or surname.", absolute=True)
