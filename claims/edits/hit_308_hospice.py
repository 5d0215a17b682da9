from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import covering, unknown
from claims.edits.wording import listed

UNRELATED = "GW"


@edit(
    "HIT-308",
    needs=Need.BENEFICIARY,
    cites=(),
    remedy="On appeal, the record that the visit was not for the terminal condition (modifier GW).",
)
def hospice(visit: LineContext) -> Fired | None:
    """The patient had elected hospice and the line does not say the condition is unrelated (modifier GW)

    Modifier GV, that the attending physician furnished the service, does not say so (reading 14).
    """
    spans = visit.beneficiary.hospice
    if UNRELATED in visit.line.modifiers:
        return None
    if spans is None:
        return unknown("whether the patient had elected hospice")
    span = covering(spans, visit.day)
    if span is None:
        return None
    return Fired(
        f"Hospice was elected {visit.say_span(span)}; the line does not carry modifier {UNRELATED}.",
        (
            ("hospice from", span.start),
            ("hospice through", span.end),
            ("modifiers", listed(visit.line.modifiers) or None),
        ),
    )
