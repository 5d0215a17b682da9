from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import covering, unknown


@edit(
    "HIT-205",
    needs=Need.SUPPLIER,
    cites=("42 CFR 424.535",),
    remedy="On appeal, the decision that reversed the revocation for the day.",
)
def privileges_revoked(visit: LineContext) -> Fired | None:
    """The supplier's billing privileges were revoked on the date of service

    From the first day of the revocation through its last.
    """
    revoked = visit.supplier.revoked
    if revoked is None:
        return unknown("whether the supplier's billing privileges were revoked")
    span = covering(revoked, visit.day)
    if span is None:
        return None
    return Fired(
        f"The supplier's billing privileges were revoked {visit.say_span(span)}.",
        (("revoked from", span.start), ("revoked through", span.end)),
    )
