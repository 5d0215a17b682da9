from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext


@edit(
    "HIT-304",
    needs=Need.BENEFICIARY,
    cites=(),
    remedy="On appeal, the proof that the day of death on file is wrong.",
)
def after_death(visit: LineContext) -> Fired | None:
    """The service is after the patient's death

    A visit on the day of death is payable.
    """
    died = visit.beneficiary.died
    if died is None or visit.day <= died:
        return None
    return Fired(
        f"The visit of {visit.say(visit.day)} is after the day of death on file, {visit.say(died)}.",
        (("visit", visit.day), ("day of death", died)),
    )
