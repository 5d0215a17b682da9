from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import covering, unknown


@edit(
    "HIT-206",
    level="claim",
    needs=Need.SUPPLIER,
    cites=("Pub. 100-08 ch. 3",),
    remedy="The records of the visit, and a reviewer's decision on them.",
)
def prepayment_review(visit: LineContext) -> Fired | None:
    """The supplier is under prepayment review

    By the day of receipt: a claim that comes within the span is selected, whenever its visits were.
    """
    spans = visit.supplier.prepayment_review
    if spans is None:
        return unknown("whether the supplier is under prepayment review")
    span = covering(spans, visit.claim.received)
    if span is None:
        return None
    return Fired(
        f"Claims received {visit.say_span(span)} are reviewed before payment; "
        f"this one came on {visit.say(visit.claim.received)}.",
        (("review from", span.start), ("review through", span.end), ("received", visit.claim.received)),
    )
