from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import covering, unknown


@edit(
    "HIT-305",
    needs=Need.BENEFICIARY,
    cites=(),
    remedy="Bill the Medicare Advantage plan; this contractor cannot pay for the day.",
)
def medicare_advantage(visit: LineContext) -> Fired | None:
    """The patient was in a Medicare Advantage plan on the date of service

    The plan answers for its first day of enrollment through its last.
    """
    spans = visit.beneficiary.medicare_advantage
    if spans is None:
        return unknown("whether the patient was in a Medicare Advantage plan")
    span = covering(spans, visit.day)
    if span is None:
        return None
    return Fired(
        f"The patient was in a Medicare Advantage plan {visit.say_span(span)}.",
        (("plan from", span.start), ("plan through", span.end)),
    )
