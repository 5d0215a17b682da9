"""Running cases: on each day drug bills arrive, waiting claims are looked at, new claims are decided; then compare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from claims.adjudication.decision import Decision
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, DrugBill
from claims.adjudication.roll_forward import roll_forward
from claims.recycling import waits_for_drug
from claims.scenarios.compare import Difference, compare
from claims.scenarios.format import Case, read_cases
from claims.scenarios.kinds import FormatError
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from claims.scenarios.world import claims_of, drug_bill, tables_of
from policy.tables import PolicyTables

ONE_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class ClaimInCase:
    """A claim of a case: its facts, and once it is decided the facts it was decided on and the decision that stands."""

    facts: ClaimFacts
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case; it holds when nothing differs."""

    case: Case
    claims: tuple[ClaimInCase, ...]
    differences: tuple[Difference, ...]


def check_paths(paths: Iterable[Path]) -> list[CaseResult]:
    """Run every case of these files and folders; raises FormatError for a path or file that is not well formed."""
    return [run_case(case) for path in paths for file in case_files(path) for case in read_cases(file)]


def case_files(path: Path) -> list[Path]:
    """The YAML files of a folder and of the folders in it, by name, or the file itself."""
    if path.is_dir():
        files = sorted(found for found in path.rglob("*") if found.suffix in (".yaml", ".yml"))
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise FormatError("", "no YAML file is there", file=str(path))
    return files


def run_case(case: Case, tables: PolicyTables | None = None) -> CaseResult:
    """Play a case through to its last day and compare, under these tables or the project's own files."""
    run = _Run(case, tables_of(case, tables or policy_tables_from_csv()))
    for day in run.days():
        run.play(day)
    decisions = [claim.decision for claim in run.claims]
    return CaseResult(case, tuple(run.claims), tuple(compare(case, decisions)))


class _Run:
    """A case while it is played, day by day."""

    def __init__(self, case: Case, tables: PolicyTables) -> None:
        self._case = case
        self._tables = tables
        self._later = sorted(case.given["dme_drug_claims_later"], key=lambda bill: bill["arrives"])
        self.claims = [ClaimInCase(facts) for facts in claims_of(case)]
        self._in_turn = sorted(self.claims, key=lambda claim: claim.facts.received)

    def days(self) -> Iterator[dt.date]:
        day = self._in_turn[0].facts.received
        while day <= self._case.today:
            yield day
            day += ONE_DAY

    def play(self, day: dt.date) -> None:
        has_arrived = self._take_arrivals(day)
        for claim in self._in_turn:
            if claim.decision is not None and self._is_look_due(claim, claim.decision, day, has_arrived):
                self._decide(claim, day)
        for claim in self._in_turn:
            if claim.facts.received == day:
                self._decide(claim, day)

    def _take_arrivals(self, day: dt.date) -> bool:
        """Drug bills reach the history of every claim; a later record of the same key replaces the earlier."""
        arrived = [drug_bill(bill) for bill in self._later if bill["arrives"] <= day]
        self._later = [bill for bill in self._later if bill["arrives"] > day]
        for claim in self.claims if arrived else ():
            claim.facts = _with_drugs(claim.facts, arrived)
        return bool(arrived)

    def _is_look_due(self, claim: ClaimInCase, decision: Decision, day: dt.date, has_arrived: bool) -> bool:
        """A look on its day counts; one that an arriving drug causes is none of the three (fine point d)."""
        if decision.next_look is not None and decision.next_look <= day:
            claim.facts = replace(claim.facts, looks_done=claim.facts.looks_done + 1)
            return True
        return has_arrived and waits_for_drug(decision)

    def _decide(self, claim: ClaimInCase, day: dt.date) -> None:
        """Decide the claim whole, on what is known that day of the patient and of the patient's other claims."""
        known = replace(claim.facts, today=day)
        for other in self._in_turn:
            if other is not claim and other.decision is not None:
                known = roll_forward(known, other.facts, other.decision)
        claim.decision = decide(known, self._tables)


def _with_drugs(facts: ClaimFacts, arrived: list[DrugBill]) -> ClaimFacts:
    patient = facts.beneficiary
    if patient is None:
        return facts
    bills = {bill.key: bill for bill in (*(patient.drug_bills or ()), *arrived)}
    return replace(facts, beneficiary=replace(patient, drug_bills=tuple(bills.values())))
