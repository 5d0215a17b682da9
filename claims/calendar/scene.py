"""What the lanes are made of: a patient then and now, the claim's lines with their decision, names for the words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from claims.adjudication.decision import Decision, Finding, LineDecision
from claims.adjudication.facts import BeneficiaryFacts, ClaimFacts, DrugBill, LineFacts, SupplierFacts, Visit
from claims.edits.drugs import WINDOW, given_category
from policy.tables import DrugRow, PolicyTables

INITIAL_TOO_EARLY, DAY_TAKEN, DUPLICATE, NO_DRUG = "HIT-601", "HIT-602", "HIT-603", "HIT-501"


@dataclass(frozen=True, slots=True)
class Names:
    """Names that no fact carries, for readers who may read them; what is not there is not named.

    Drug bills by their key, stays by kind and day of admission, coverage by kind and first day, plans of care by key.
    """

    drug_suppliers: Mapping[str, str] = field(default_factory=dict)
    facilities: Mapping[tuple[str, dt.date], str] = field(default_factory=dict)
    insurers: Mapping[tuple[str, dt.date], str] = field(default_factory=dict)
    plan_suppliers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient as a decision knew the facts, and as they are now; `now` is None when nothing is to be compared."""

    then: BeneficiaryFacts
    now: BeneficiaryFacts | None
    names: Names


@dataclass(frozen=True, slots=True)
class ClaimScene:
    """A claim on its calendar. Without a decision the facts are those of today.

    `supplier_now` is the supplier as it is on file today; a supplier reads of no other supplier more than the day.
    """

    facts: ClaimFacts
    decision: Decision | None
    patient: Patient | None
    supplier_now: SupplierFacts | None
    tables: PolicyTables
    today: dt.date
    is_for_supplier: bool

    @property
    def lines(self) -> tuple[LineFacts, ...]:
        return self.facts.lines

    def decided(self, line: LineFacts) -> LineDecision | None:
        return (
            next((each for each in self.decision.lines if each.number == line.number), None) if self.decision else None
        )

    def finding(self, line: LineFacts, edit: str) -> Finding | None:
        decided = self.decided(line)
        return next((each for each in decided.findings if each.edit == edit), None) if decided else None

    def findings(self, edit: str) -> Iterator[tuple[LineFacts, Finding]]:
        """The lines on which an edit fired, by number."""
        for line in self.lines:
            if finding := self.finding(line, edit):
                yield line, finding

    def is_initial(self, line: LineFacts) -> bool:
        code = self.tables.visit_codes.on(line.hcpcs, line.date)
        return code is not None and code.is_initial


# ---------- what a mark means for each line ----------

Bearing = tuple[str, ...]


def on_each_line(scene: ClaimScene | None, say: Callable[[LineFacts], str]) -> Bearing:
    return tuple(map(say, scene.lines)) if scene else ()


def bearing_of_days(scene: ClaimScene | None, holds: Callable[[dt.date], bool], words: str) -> Bearing:
    """`words` for the lines whose day is held."""
    return on_each_line(scene, lambda line: words if holds(line.date) else "")


def bearing_of_visit(scene: ClaimScene | None, visit: Visit) -> Bearing:
    return on_each_line(scene, lambda line: _of_visit(scene, visit, line) if scene else "")


def _of_visit(scene: ClaimScene, visit: Visit, line: LineFacts) -> str:
    before = (line.date - visit.date).days
    for edit, words in (
        (INITIAL_TOO_EARLY, f"day {before}: too early for an initial visit"),
        (DAY_TAKEN, "has taken the day"),
    ):
        finding = scene.finding(line, edit)
        if finding and _names_visit(finding, visit):
            return words
    same = visit.date == line.date and visit.hcpcs == line.hcpcs
    return "the same visit" if same and scene.finding(line, DUPLICATE) else ""


def _names_visit(finding: Finding, visit: Visit) -> bool:
    evidence = dict(finding.evidence)
    return evidence.get("earlier visit") == visit.date and evidence.get("earlier code") == visit.hcpcs


def bearing_of_bill(scene: ClaimScene | None, bill: DrugBill, row: DrugRow | None) -> Bearing:
    return on_each_line(scene, lambda line: _of_bill(scene, bill, row, line) if scene else "")


def _of_bill(scene: ClaimScene, bill: DrugBill, row: DrugRow | None, line: LineFacts) -> str:
    """Whether a drug bill is in the window of a visit (reading 5), and how far from it."""
    before = (line.date - bill.date).days
    code = scene.tables.visit_codes.on(line.hcpcs, line.date)
    if row is None or code is None or before < 0:
        return "" if before < 0 else "does not count"
    if before > WINDOW.days:
        return f"{before} days before: too old"
    category = row.category or given_category(scene.facts, line.number)
    if category != code.category:
        return f"category {category}, not {code.category}" if category else "its category is not known"
    verb = {"paid": "counts", "pending": "undecided", "denied": "denied"}[bill.status]
    return f"day {before} of {WINDOW.days}: {verb}"
