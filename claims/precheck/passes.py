"""What is in order: the checks that nothing was found by, said by whom they concern, and each of them by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.adjudication.facts import ClaimFacts, SupplierFacts
from claims.edits.context import find_place, governing_plan
from claims.edits.registry import EDIT_IDS, edit_on
from claims.edits.wording import in_words, listed
from claims.precheck.checking import Checked
from policy.tables import PolicyTables

STATES = {"deny": "would deny", "suspend": "would suspend", "hold": "would hold", "inform": "informs on"}


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One edit and what it said: "passes", "would deny visit 1", "could not be judged on visit 2"."""

    edit: str
    title: str
    said: str
    passes: bool


def in_order(checked: Checked, tables: PolicyTables) -> list[str]:
    """A sentence on the supplier, the patient and the plan of care, where nothing was found."""
    facts = checked.facts
    fired = {finding.edit[4] for line in checked.decision.lines for finding in line.findings}
    said = []
    if facts.supplier and "2" not in fired:
        said.append(_supplier(facts.supplier, facts, tables))
    if facts.beneficiary and "3" not in fired:
        said.append("Patient: Part B, at home, no hospital or nursing facility stay on the days of the visits")
    if facts.beneficiary and "4" not in fired and (plan := _plan(facts)):
        said.append(plan)
    return said


def _supplier(supplier: SupplierFacts, facts: ClaimFacts, tables: PolicyTables) -> str:
    day = facts.lines[0].date
    place, _ = find_place(facts, day)
    codes = [each.organization for each in supplier.accredited or () if each.span.covers(day)]
    names = [row.name if (row := tables.organizations.on(code, day)) else code for code in codes]
    licensed = f", licensed in {place.state}" if place else ""
    accredited = f", accredited by {listed(names)}" if names else ""
    return f"You: enrolled as {supplier.specialty}{licensed}{accredited}"


def _plan(facts: ClaimFacts) -> str:
    day = max(line.date for line in facts.lines)
    plan = governing_plan(facts.beneficiary.plans_of_care if facts.beneficiary else None, day)
    if plan is None:
        return ""
    signed = f", signed {in_words(plan.signed, day.year)}" if plan.signed else ""
    visits = ""
    if plan.visits_per_week:
        fewest, most = plan.visits_per_week
        visits = f"; {most if fewest == most else f'{fewest} to {most}'} visits a week ordered"
    return f"Plan of care: in force, by a physician{signed}{visits}"


def all_checks(checked: Checked) -> list[CheckRun]:
    """Every edit with what it said of the claim."""
    return [_run(identifier, checked) for identifier in EDIT_IDS]


def _run(identifier: str, checked: Checked) -> CheckRun:
    edit = edit_on(identifier, checked.facts.lines[0].date)
    said = list(dict.fromkeys(_said(identifier, checked)))
    return CheckRun(identifier, edit.title if edit else identifier, ", ".join(said) or "passes", not said)


def _said(identifier: str, checked: Checked) -> Iterator[str]:
    for line in checked.decision.lines:
        unknown = checked.why_no_patient and identifier == "HIT-301"
        for finding in line.findings:
            if finding.edit == identifier and (state := STATES.get(finding.disposition)):
                yield "could not be judged" if unknown else f"{state} visit {line.number}"
        if any(skipped.edit == identifier for skipped in line.not_evaluated):
            yield f"could not be judged on visit {line.number}"
