from __future__ import annotations

import datetime as dt

from claims.edits.base import Fired, Need, NotJudged, edit
from claims.edits.context import LineContext
from claims.edits.wording import days


@edit(
    "HIT-408",
    needs=Need.BENEFICIARY | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5.2",),
    remedy="A review of the plan of care by the physician no later than {review due}.",
    quote="…the physician who orders the home infusion therapy services must review the plan of care on a regular basis"
    " in coordination with the DME supplier.",
)
def plan_review_due(visit: LineContext) -> Fired | NotJudged | None:
    """The plan of care's own review date has passed

    No regulation sets an interval; a plan that sets one is held to it, from the later of the day it was established and
    its last review on or before the visit. On the day itself the review is due, the day after it has passed.
    """
    plan = visit.plan
    if plan.review_every_days is None:
        return None
    reviews = [day for day in plan.reviewed if day <= visit.day]
    starts = [*reviews, plan.established] if plan.established else reviews
    if not starts:
        return NotJudged("The plan of care does not show when it was established.")
    due = max(starts) + dt.timedelta(days=plan.review_every_days)
    if visit.day <= due:
        return None
    return Fired(
        f"The plan of care was to be reviewed by {visit.say(due)}, {days(plan.review_every_days)} after "
        f"{visit.say(max(starts))}.",
        (("review due", due), ("last reviewed", max(starts)), ("days between reviews", plan.review_every_days)),
    )
