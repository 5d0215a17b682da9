from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import covering, unknown


@edit(
    "HIT-309",
    needs=Need.BENEFICIARY,
    cites=(),
    remedy="Bill the other insurer first; on appeal, the proof that its coverage did not hold on the day.",
)
def other_insurer(visit: LineContext) -> Fired | None:
    """Another insurer pays first

    A claim that carries the primary payer's decision is suspended instead: secondary payment is not computed here.
    """
    if visit.claim.has_primary_payer_decision:
        return Fired(
            "The claim carries the primary payer's decision; what Medicare owes second is not computed here.",
            suspends=True,
        )
    spans = visit.beneficiary.other_primary_insurance
    if spans is None:
        return unknown("whether another insurer pays first")
    span = covering(spans, visit.day)
    if span is None:
        return None
    return Fired(
        f"Another insurer pays first {visit.say_span(span)}.",
        (("other insurer from", span.start), ("other insurer through", span.end)),
    )
