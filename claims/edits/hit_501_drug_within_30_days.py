from __future__ import annotations

import datetime as dt

from claims.adjudication.decision import EvidenceValue
from claims.adjudication.facts import DrugBill
from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.drugs import WINDOW
from claims.edits.spans import unknown
from claims.edits.wording import days, listed


@edit(
    "HIT-501",
    needs=Need.BENEFICIARY | Need.CODE,
    cites=("Pub. 100-02 ch. 15 §320.8.1",),
    remedy="A category {category} drug bill dated {window opens} to {visit}, paid by DME.",
    quote="…home infusion therapy suppliers must ensure that the appropriate drug is billed by the DME supplier no more"
    " than 30 days prior to the home infusion therapy service visit.",
)
def drug_within_30_days(visit: LineContext) -> Fired | None:
    """No home infusion drug was billed in the 30 days before the visit

    With V the day of the visit and D that of the drug, 0 ≤ V − D ≤ 30, and the drug on the table of home infusion drugs
    on D. While no drug of the visit's category is paid or denied there the line waits and is looked at again
    (reading 6).
    """
    window = visit.drugs
    if window.situation == "unknown":
        return unknown("the patient's drug bills")
    if window.situation not in ("undecided", "none"):
        return None
    evidence: tuple[tuple[str, EvidenceValue], ...] = (
        ("visit", visit.day),
        ("window opens", window.opens),
        ("category", window.category),
    )
    if window.ignored:
        evidence = (*evidence, ("ignored codes", listed(sorted({_name(bill) for bill in window.ignored}))))
    pending = [drug.bill for drug in window.of_category or window.drugs if drug.bill.status == "pending"]
    if pending:
        return _undecided(visit, max(pending, key=_order), evidence)
    return _none_in_window(visit, evidence)


def _order(bill: DrugBill) -> tuple[dt.date, str]:
    return bill.date, bill.key


def _name(bill: DrugBill) -> str:
    return f"{bill.hcpcs} {bill.modifier}".strip()


def _undecided(visit: LineContext, bill: DrugBill, evidence: tuple[tuple[str, EvidenceValue], ...]) -> Fired:
    before = (visit.day - bill.date).days
    return Fired(
        f"The bill for {_name(bill)} of {visit.say(bill.date)}, {days(before)} before the visit, is undecided at DME.",
        (*evidence, ("drug bill", _name(bill)), ("dated", bill.date), ("days before the visit", before)),
    )


def _none_in_window(visit: LineContext, evidence: tuple[tuple[str, EvidenceValue], ...]) -> Fired:
    """No drug that could help is in the window: name the last before it, and the codes there that are no drug."""
    ignored = dict(evidence).get("ignored codes")
    aside = f" {ignored} is on no list of home infusion drugs for its day." if ignored else ""
    last = _last_before_window(visit)
    if last is None:
        return Fired(f"No home infusion drug bill is in the history.{aside}", evidence)
    before = (visit.day - last.date).days
    return Fired(
        f"The last drug bill was {_name(last)} on {visit.say(last.date)}, {days(before)} before the visit; "
        f"the window is {WINDOW.days}.{aside}",
        (*evidence, ("drug bill", _name(last)), ("dated", last.date), ("days before the visit", before)),
    )


def _last_before_window(visit: LineContext) -> DrugBill | None:
    bills = [
        bill
        for bill in visit.beneficiary.drug_bills or ()
        if bill.date <= visit.day and visit.tables.drug_on(bill.hcpcs, bill.modifier, bill.date)
    ]
    return max(bills, key=_order, default=None)
