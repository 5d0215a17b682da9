from __future__ import annotations

from claims.edits.base import Fired, Need, NotJudged, edit
from claims.edits.context import LineContext
from claims.edits.wording import listed


@edit(
    "HIT-502",
    needs=Need.BENEFICIARY | Need.CODE,
    cites=("Pub. 100-02 ch. 15 §320.8.1",),
    remedy="The drug paid under the DME benefit: an appeal of {drugs} there, then one of this line.",
    quote="Payment for home infusion therapy services is contingent upon a corresponding home infusion drug being "
    "covered and paid for under the DME benefit.",
)
def drug_denied(visit: LineContext) -> Fired | NotJudged | None:
    """The home infusion drug was not covered under the DME benefit

    All drugs of the visit's category in the 30-day window were denied; one that is paid passes, one that is not decided
    yet makes the line wait (HIT-501).
    """
    if visit.drugs.situation == "unknown":
        return NotJudged("The patient's drug bills are not on file (HIT-501).")
    if visit.drugs.situation != "denied":
        return None
    denied = [drug.bill for drug in visit.drugs.of_category]
    codes = listed(sorted({bill.hcpcs for bill in denied}))
    latest = max(bill.date for bill in denied)
    return Fired(
        f"DME denied {codes}, last of {visit.say(latest)}; no other drug of category {visit.code.category} was billed.",
        (("drugs", codes), ("last dated", latest), ("category", visit.code.category)),
    )
