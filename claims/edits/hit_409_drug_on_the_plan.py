from __future__ import annotations

from claims.edits.base import Fired, Need, NotJudged, edit
from claims.edits.context import LineContext
from claims.edits.drugs import CODES_FOR_ANY_DRUG
from claims.edits.wording import listed


def _key(hcpcs: str, modifier: str) -> tuple[str, bool]:
    """Only the modifier JB matters for a drug (fine point b)."""
    return hcpcs, modifier == "JB"


@edit(
    "HIT-409",
    needs=Need.BENEFICIARY | Need.CODE | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5.2",),
    remedy="A plan of care that names {billed}.",
    quote="For payment purposes, all services billed to Medicare by the qualified home infusion therapy supplier must "
    "be reflected in the plan of care…",
)
def drug_on_the_plan(visit: LineContext) -> Fired | NotJudged | None:
    """The drug billed is not the drug on the plan of care

    Fires when drugs of the visit's category are in the 30-day window, whatever became of them, and none is on the plan
    by code and modifier. Drugs without a code of their own (J7799, J7999) are not compared (fine point l).
    """
    planned = visit.plan.drugs
    if not planned:
        return NotJudged("The plan of care names no drug (HIT-404).")
    if visit.drugs.situation == "unknown":
        return NotJudged("The patient's drug bills are not on file (HIT-501).")
    billed = [drug.bill for drug in visit.drugs.of_category if drug.bill.hcpcs not in CODES_FOR_ANY_DRUG]
    on_plan = {_key(drug.hcpcs, drug.modifier) for drug in planned}
    if not billed or any(_key(bill.hcpcs, bill.modifier) in on_plan for bill in billed):
        return None
    codes = listed(sorted({bill.hcpcs for bill in billed}))
    named = listed([drug.hcpcs for drug in planned])
    return Fired(
        f"Billed was {codes}; the plan of care names {named}.", (("billed", codes), ("on the plan of care", named))
    )
