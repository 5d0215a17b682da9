from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.wording import listed


@edit(
    "HIT-103",
    cites=("Pub. 100-02 ch. 15 §320.8.1",),
    remedy="A new claim with the visit code of the drug's payment category: {codes in force}.",
    quote="Specific billing codes are associated with each of the three payment categories…",
)
def visit_code_in_force(visit: LineContext) -> Fired | None:
    """The procedure code is not a home infusion therapy visit code in force on the date of service

    Without a visit code there is no category and no amount, so nothing lets the line through, and the edits that need
    the code are not evaluated.
    """
    if visit.knows(Need.CODE):
        return None
    codes = [code.hcpcs for code in visit.tables.visit_codes.in_force(visit.day)]
    return Fired(
        f"{visit.line.hcpcs} is not a home infusion therapy visit code in force on {visit.say(visit.day)}.",
        (("code", visit.line.hcpcs), ("visit", visit.day), ("codes in force", listed(codes) or "none")),
        absolute=True,
    )
