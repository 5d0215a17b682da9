"""What an edit may look at: one line with the dated facts around it, found once and shared by all edits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from claims.adjudication.decision import EvidenceValue
from claims.adjudication.facts import (
    BeneficiaryFacts,
    ClaimFacts,
    LineFacts,
    Place,
    PlanOfCare,
    Span,
    SupplierFacts,
    Visit,
)
from claims.edits.base import Need
from claims.edits.drugs import DrugWindow, given_category, open_window
from claims.edits.history import VisitHistory
from claims.edits.wording import OTHER_SUPPLIER, in_words
from claims.pricing import Fee, NoFee, find_fee
from policy.tables import OrganizationRow, PlaceRow, PolicyTables, VisitCodeRow

SUPPLIER, BENEFICIARY, CODE, PLAN = (need.value for need in (Need.SUPPLIER, Need.BENEFICIARY, Need.CODE, Need.PLAN))


class LineContext:
    """One line of a claim, with everything that its edits ask for.

    `supplier`, `beneficiary`, `code` and `plan` are set only when known, and `drugs` and a true `fee` only when the
    patient and the code are: an edit states its needs, and the engine calls none whose needs are not met. `known` tells
    which are. `keeper` (another line that keeps the day) and `twin` (an equal line before this one) come in turn.
    """

    __slots__ = (
        "beneficiary",
        "claim",
        "code",
        "day",
        "drugs",
        "fee",
        "history",
        "keeper",
        "known",
        "line",
        "place",
        "place_source",
        "plan",
        "rows",
        "supplier",
        "tables",
        "twin",
    )

    supplier: SupplierFacts
    beneficiary: BeneficiaryFacts
    code: VisitCodeRow
    plan: PlanOfCare
    drugs: DrugWindow
    keeper: LineContext | None
    twin: LineFacts | None

    def __init__(self, claim: ClaimFacts, line: LineFacts, tables: PolicyTables, history: VisitHistory) -> None:
        self.claim = claim
        self.line = line
        self.tables = tables
        self.history = history
        self.day: dt.date = line.date
        self.rows: list[str] = []
        self.fee: Fee | NoFee = NoFee("amount")
        self.place, self.place_source = find_place(claim, line.date)
        known = 0
        if claim.supplier is not None:
            self.supplier = claim.supplier
            known |= SUPPLIER
        code = tables.visit_codes.on(line.hcpcs, line.date)
        if code is not None:
            self.code = code
            self.rows.append(code.row)
            known |= CODE
        if claim.beneficiary is not None:
            self.beneficiary = claim.beneficiary
            known |= BENEFICIARY
            plan = governing_plan(claim.beneficiary.plans_of_care, line.date)
            if plan is not None:
                self.plan = plan
                known |= PLAN
            if code is not None:
                self._find_fee_and_drugs(claim.beneficiary, code)
        self.known: int = known

    def _find_fee_and_drugs(self, beneficiary: BeneficiaryFacts, code: VisitCodeRow) -> None:
        self.fee = find_fee(self.tables, code.hcpcs, self.place, self.day)
        if isinstance(self.fee, Fee):
            self.rows.extend(self.fee.rows)
        given = given_category(self.claim, self.line.number)
        self.drugs = open_window(beneficiary.drug_bills, self.day, code.category, self.tables, given)
        self.rows.extend(drug.row.row for drug in self.drugs.drugs)

    def knows(self, need: Need) -> bool:
        return int.__and__(self.known, need) != 0

    def place_of_service(self) -> PlaceRow | None:
        row = self.tables.places.on(self.line.place_of_service, self.day)
        if row:
            self.rows.append(row.row)
        return row

    def approval(self, organization: str, day: dt.date) -> OrganizationRow | None:
        """The accrediting organization's approval for home infusion therapy on a day."""
        row = self.tables.organizations.on(organization, day)
        if row:
            self.rows.append(row.row)
        return row

    def say(self, day: dt.date) -> str:
        """A day in words; its year is named when it is not the visit's."""
        return in_words(day, self.day.year)

    def say_span(self, span: Span) -> str:
        return f"from {self.say(span.start)}" + (f" through {self.say(span.end)}" if span.end else " on")

    def say_visit(self, visit: Visit) -> str:
        """ "January 14 (G0068, Bayline Infusion)"; a line of this claim by its number."""
        if visit.claim == self.claim.control_number:
            whose = f"line {visit.key.rpartition('/')[2]} of this claim"
        elif visit.supplier == self.claim.supplier_key:
            whose = visit.supplier_name or "this supplier"
        else:
            whose = visit.supplier_name or "another supplier"
        return f"{self.say(visit.date)} ({visit.hcpcs}, {whose})"

    def visit_evidence(self, visit: Visit) -> tuple[tuple[str, EvidenceValue], ...]:
        found: tuple[tuple[str, EvidenceValue], ...] = (
            ("earlier visit", visit.date),
            ("earlier code", visit.hcpcs),
            ("earlier visit is", visit.status),
            ("earlier claim", visit.claim or None),
        )
        if visit.supplier != self.claim.supplier_key and visit.supplier_name:
            return (*found, (OTHER_SUPPLIER, visit.supplier_name))
        return found


def find_place(claim: ClaimFacts, day: dt.date) -> tuple[Place | None, str]:
    """Where the service was furnished, and what says so: the claim's location, its address, the file (reading 12)."""
    if claim.service_location:
        return claim.service_location, "the service location on the claim"
    if claim.patient_address:
        return claim.patient_address, "the patient's address on the claim"
    home = claim.beneficiary.home_on(day) if claim.beneficiary else None
    return home, "the patient's address on file"


def governing_plan(plans: Sequence[PlanOfCare] | None, day: dt.date) -> PlanOfCare | None:
    """Of the plans in force that day the one established last, else started last, else last on file (point o)."""
    best: PlanOfCare | None = None
    for plan in plans or ():
        if plan.is_in_force(day) and (best is None or _rank(plan) >= _rank(best)):
            best = plan
    return best


def _rank(plan: PlanOfCare) -> tuple[dt.date, dt.date]:
    return (plan.established or dt.date.min, plan.starts)
