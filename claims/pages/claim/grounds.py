"""Why a line pays: the drug bill that was used and the plan in force, said from the facts of the decision."""

from __future__ import annotations

from collections.abc import Iterator

from claims.adjudication.facts import ClaimFacts, LineFacts, PlanOfCare
from claims.edits.context import governing_plan
from claims.edits.drugs import WINDOW, WindowDrug, given_category, open_window
from claims.edits.wording import days, in_words
from policy.tables import PolicyTables


def why_it_pays(claim: ClaimFacts, line: LineFacts, tables: PolicyTables) -> tuple[str, ...]:
    """Sentences on the drug bill and the plan of care that a paying line rests on."""
    if claim.beneficiary is None:
        return ()
    return (*_drug(claim, line, tables), *_plan(claim, line))


def _drug(claim: ClaimFacts, line: LineFacts, tables: PolicyTables) -> Iterator[str]:
    """The latest paid drug of the visit's category in the window."""
    code = tables.visit_codes.on(line.hcpcs, line.date)
    if code is None or claim.beneficiary is None:
        return
    given = given_category(claim, line.number)
    window = open_window(claim.beneficiary.drug_bills, line.date, code.category, tables, given)
    paid = [drug for drug in window.of_category if drug.bill.status == "paid"]
    if paid:
        latest = max(paid, key=lambda drug: drug.bill.date)
        yield _bill_in_words(latest, line)
        yield _still_counts(latest, line)


def _bill_in_words(drug: WindowDrug, line: LineFacts) -> str:
    bill = drug.bill
    name = f"{bill.hcpcs} {bill.modifier}".strip()
    before = (line.date - bill.date).days
    when = "on the day of the visit" if before == 0 else f"{days(before)} before the visit"
    billed = in_words(bill.date, line.date.year)
    return f"{name} was billed and paid for {billed}, {when}; the window is {WINDOW.days} days."


def _still_counts(drug: WindowDrug, line: LineFacts) -> str:
    """How much longer the drug that was used counts."""
    through = drug.bill.date + WINDOW
    left = (through - line.date).days
    more = f", {days(left)} more" if left else ", the day of the visit"
    return f"It counts for visits through {in_words(through, line.date.year)}{more}."


def _plan(claim: ClaimFacts, line: LineFacts) -> Iterator[str]:
    plan = governing_plan(claim.beneficiary.plans_of_care if claim.beneficiary else None, line.date)
    if plan is not None:
        yield f"The plan of care{_established(plan, line)} covers the day{_signed(plan, claim, line)}."


def _established(plan: PlanOfCare, line: LineFacts) -> str:
    return f" of {in_words(plan.established, line.date.year)}" if plan.established else ""


def _signed(plan: PlanOfCare, claim: ClaimFacts, line: LineFacts) -> str:
    """Nothing is said where it is not signed, for then an edit says it."""
    if plan.signed is None or plan.signed > claim.received:
        return ""
    return f" and was signed {in_words(plan.signed, line.date.year)}, before the claim came"
