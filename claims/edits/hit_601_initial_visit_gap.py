from __future__ import annotations

import datetime as dt

from claims.edits.base import Fired, Need, Stage, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown
from claims.edits.wording import days

#: "a gap of more than 60 days": day 61 is the first on which an initial visit can be billed again.
DAYS_NEEDED = 61


@edit(
    "HIT-601",
    needs=Need.BENEFICIARY | Need.CODE,
    stage=Stage.GAP,
    cites=("Pub. 100-02 ch. 15 §320.8.3",),
    remedy="Today: a new claim with the subsequent visit code. The initial code: from {possible from} on, with the "
    "discharge shown.",
    quote="…there cannot be a G-code billed for this patient within the past 60 days…",
)
def initial_visit_gap(visit: LineContext) -> Fired | None:
    """An initial visit was billed within 60 days of an earlier home infusion therapy visit

    Counted is the latest visit dated before, of any supplier and category, that is paid or undecided; a line of the
    same claim that pays or waits counts for the later ones. Denied visits do not count (reading 7).
    """
    if not visit.code.is_initial:
        return None
    last = visit.history.last_before(visit.day)
    if last is None:
        return None if visit.history.is_known else unknown("the patient's earlier visits")
    later = (visit.day - last.date).days
    if later >= DAYS_NEEDED:
        return None
    eligible = last.date + dt.timedelta(days=DAYS_NEEDED)
    return Fired(
        f"The last visit was {visit.say_visit(last)}; {visit.say(visit.day)} is {days(later)} later; "
        f"an initial visit needs {DAYS_NEEDED}.",
        (*visit.visit_evidence(last), ("visit", visit.day), ("days later", later), ("possible from", eligible)),
        next_eligible=eligible,
    )
