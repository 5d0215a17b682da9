from __future__ import annotations

import datetime as dt

from claims.edits.base import Fired, Need, NotJudged, Stage, edit
from claims.edits.context import LineContext
from claims.edits.history import WEEK, week_start
from claims.edits.spans import unknown


@edit(
    "HIT-406",
    needs=Need.BENEFICIARY | Need.CODE | Need.PLAN,
    stage=Stage.WEEK,
    cites=("Pub. 100-02 ch. 15 §320.5 B",),
    remedy="A change of the plan of care, signed in time, that orders {visits of the week} visits a week.",
    quote="Orders for care may indicate a specific range in frequency of visits…",
)
def more_visits_than_ordered(visit: LineContext) -> Fired | NotJudged | None:
    """The visits in the week are more than the plan of care orders

    Weeks run Sunday to Saturday. Counted are the paid and undecided visits of the week to any supplier, this line and
    the claim's lines before it included, later ones not (fine point j).
    """
    ordered = visit.plan.visits_per_week
    if ordered is None:
        return NotJudged("The plan of care orders no number of visits a week (HIT-404).")
    if not visit.history.is_known:
        return unknown("the patient's earlier visits")
    count = visit.history.in_week_of(visit.day) + 1
    if count <= max(ordered):
        return None
    sunday = week_start(visit.day)
    saturday = sunday + WEEK - dt.timedelta(days=1)
    return Fired(
        f"This is visit {count} of the week from {visit.say(sunday)} to {visit.say(saturday)}; "
        f"the plan of care orders at most {max(ordered)}.",
        (("visits of the week", count), ("ordered at most", max(ordered)), ("week from", sunday)),
    )
