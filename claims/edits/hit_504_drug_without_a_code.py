from __future__ import annotations

from claims.edits.base import Fired, Need, NotJudged, edit
from claims.edits.context import LineContext


@edit(
    "HIT-504",
    needs=Need.BENEFICIARY | Need.CODE,
    cites=("42 USC 1395m(u)(7)(C)(iv)",),
    remedy="A reviewer's word on the payment category of the drug billed as {drug}.",
)
def drug_without_a_code(visit: LineContext) -> Fired | NotJudged | None:
    """The drug has no code of its own (J7799 or J7999): its payment category needs a reviewer

    Stands in place of HIT-501, HIT-502 and HIT-503 when no drug of the visit's category is paid in the window and such
    a drug is there, paid or undecided. A reviewer's determination of the category sets it aside, and the drug then
    counts as one of that category (fine point c).
    """
    if visit.drugs.situation == "unknown":
        return NotJudged("The patient's drug bills are not on file (HIT-501).")
    if not visit.drugs.needs_reviewer:
        return None
    bills = [drug.bill for drug in visit.drugs.drugs if drug.row.category is None and drug.bill.status != "denied"]
    bill = max(bills, key=lambda found: (found.date, found.key))
    return Fired(
        f"The drug of {visit.say(bill.date)} was billed as {bill.hcpcs}, which has no payment category of its own.",
        (("drug", bill.hcpcs), ("dated", bill.date), ("DME says", bill.status)),
    )
