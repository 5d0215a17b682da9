from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import inside_stay


@edit(
    "HIT-307",
    needs=Need.BENEFICIARY,
    cites=("Pub. 100-02 ch. 15 §320.4",),
    remedy="On appeal, the record that the patient was at home that day.",
    quote="…an institution that is used as a home (excluding hospitals, critical access hospitals, and skilled nursing "
    "facilities…)",
)
def skilled_nursing_facility_stay(visit: LineContext) -> Fired | None:
    """The patient was in a covered skilled nursing facility stay on the date of service

    The day of admission and the day of discharge are not inside the stay (reading 9).
    """
    return inside_stay(visit, visit.beneficiary.snf_stays, "a skilled nursing facility")
