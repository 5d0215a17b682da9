from __future__ import annotations

from claims.edits.base import Fired, Need, NotJudged, edit
from claims.edits.context import LineContext


@edit(
    "HIT-503",
    needs=Need.BENEFICIARY | Need.CODE,
    cites=("Pub. 100-02 ch. 15 §320.8.1",),
    remedy="A new claim with the visit code of category {drug category}, that of the drug.",
    quote="Home infusion drugs are assigned to three payment categories, as determined by the HCPCS J-code…",
)
def drug_of_another_category(visit: LineContext) -> Fired | NotJudged | None:
    """The home infusion drug belongs to another payment category than the visit code

    The 30-day window holds no drug of the visit's category, and one of another category is paid.
    """
    if visit.drugs.situation == "unknown":
        return NotJudged("The patient's drug bills are not on file (HIT-501).")
    if visit.drugs.situation != "other category":
        return None
    paid = [drug for drug in visit.drugs.drugs if drug.category is not None and drug.bill.status == "paid"]
    drug = max(paid, key=lambda found: (found.bill.date, found.bill.key))
    return Fired(
        f"The drug billed, {drug.bill.hcpcs} on {visit.say(drug.bill.date)}, is of category {drug.category}; "
        f"{visit.code.hcpcs} is for category {visit.code.category}.",
        (
            ("drug", drug.bill.hcpcs),
            ("dated", drug.bill.date),
            ("drug category", drug.category),
            ("visit category", visit.code.category),
        ),
    )
