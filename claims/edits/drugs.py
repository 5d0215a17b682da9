"""The home infusion drugs billed to DME in the 30 days before a visit, and what they say about it (reading 5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from claims.adjudication.facts import ClaimFacts, DrugBill
from policy.tables import DrugRow, PolicyTables

#: "billed by the DME supplier no more than 30 days prior to the home infusion therapy service visit" (§320.8.1)
WINDOW = dt.timedelta(days=30)

#: The codes for drugs without a code of their own (42 USC 1395m(u)(7)(C)(iv)).
CODES_FOR_ANY_DRUG = ("J7799", "J7999")

Situation = Literal["unknown", "paid", "no category", "undecided", "denied", "other category", "none"]


@dataclass(frozen=True, slots=True)
class WindowDrug:
    """A drug bill that the window holds, with the payment category that the table or a reviewer gives it."""

    bill: DrugBill
    row: DrugRow
    category: int | None


@dataclass(frozen=True, slots=True)
class DrugWindow:
    """What was billed in the window of one visit.

    `situation` is what decides; `needs_reviewer` tells that without a reviewer's word a drug would have no category
    (HIT-504). `ignored` are bills in the window that no row of the drug table meets.
    """

    opens: dt.date
    closes: dt.date
    category: int
    drugs: tuple[WindowDrug, ...]
    ignored: tuple[DrugBill, ...]
    situation: Situation
    needs_reviewer: bool

    @property
    def of_category(self) -> tuple[WindowDrug, ...]:
        return tuple(drug for drug in self.drugs if drug.category == self.category)


def open_window(
    bills: tuple[DrugBill, ...] | None, visit: dt.date, category: int, tables: PolicyTables, given: int | None
) -> DrugWindow:
    """Look at the window of a visit: 0 ≤ V − D ≤ 30, each drug on the table on its own day D.

    `given` is the category that a reviewer gave the drug without a code of its own.
    """
    opens = visit - WINDOW
    drugs: list[WindowDrug] = []
    ignored: list[DrugBill] = []
    for bill in bills or ():
        if opens <= bill.date <= visit:
            row = tables.drug_on(bill.hcpcs, bill.modifier, bill.date)
            if row is None:
                ignored.append(bill)
            else:
                drugs.append(WindowDrug(bill, row, row.category))
    listed = tuple(drugs)
    situation = _situation(listed, category) if bills is not None else "unknown"
    needs_reviewer = situation == "no category"
    if given is not None:
        listed = tuple(WindowDrug(drug.bill, drug.row, drug.category or given) for drug in drugs)
        situation = _situation(listed, category) if bills is not None else "unknown"
    return DrugWindow(opens, visit, category, listed, tuple(ignored), situation, needs_reviewer)


def _situation(drugs: tuple[WindowDrug, ...], category: int) -> Situation:
    """What the drugs of the window say, in the order of reading 5 and fine point c."""
    in_category = {drug.bill.status for drug in drugs if drug.category == category}
    if "paid" in in_category:
        return "paid"
    if any(drug.category is None and drug.bill.status != "denied" for drug in drugs):
        return "no category"
    if "pending" in in_category:
        return "undecided"
    if in_category:
        return "denied"
    others = {drug.bill.status for drug in drugs if drug.category is not None}
    return "other category" if "paid" in others else "none"


def given_category(claim: ClaimFacts, line: int) -> int | None:
    """The category that a reviewer's latest determination gives the line's drug without a code of its own."""
    given = None
    for determination in claim.determinations:
        if determination.line in (None, line):
            given = determination.category or given
    return given
