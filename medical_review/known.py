"""What the system itself already knows of the points of the checklist, from the decision on the claim and its facts.

A point is answered here only where what is on file settles it; the reviewer sees it marked as such and may say
otherwise. Where the file only hints at an answer, `said` is shown and the point stays open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.adjudication.decision import Decision, Finding
from claims.adjudication.facts import ClaimFacts, LineFacts, PlanOfCare, Span
from claims.edits.context import governing_plan
from claims.edits.wording import in_words, listed
from claims.pages.claim.grounds import why_it_pays
from medical_review.models import Answer, ChecklistPoint
from policy.tables import PolicyTables


@dataclass(frozen=True, slots=True)
class Known:
    """The answer that what is on file gives ("" for none), and the sentence that says why."""

    answer: str
    said: str


@dataclass(frozen=True, slots=True)
class OnFile:
    """What the answers are taken from."""

    facts: ClaimFacts
    decision: Decision
    tables: PolicyTables

    @property
    def days(self) -> str:
        return listed([in_words(line.date, self.year) for line in self.facts.lines])

    @property
    def year(self) -> int:
        return self.facts.lines[0].date.year

    @property
    def plan(self) -> PlanOfCare | None:
        """The plan that governs the claim's last visit that has one."""
        plans = self.facts.beneficiary.plans_of_care if self.facts.beneficiary else None
        days = sorted((line.date for line in self.facts.lines), reverse=True)
        return next((found for day in days if (found := governing_plan(plans, day))), None)

    def day(self, day: dt.date) -> str:
        return in_words(day, self.year)


#: What HIT-404 calls the content that each point asks for.
CONTENT = {
    4: ("therapy type", "amount", "duration"),
    5: ("drug", "dosage", "frequency"),
    6: ("professional services",),
    7: ("discipline", "visits a week"),
}

#: Edits that fire because the record says nothing, not because it says the contrary.
SILENT = ("HIT-310", "HIT-401", "HIT-404", "HIT-407", "HIT-501")


def known_points(checklist: Sequence[ChecklistPoint], file: OnFile) -> dict[int, Known]:
    """The points about which something is known, by number."""
    fired: dict[str, Finding] = {}
    for line in file.decision.lines:
        for finding in line.findings:
            fired.setdefault(finding.edit, finding)
    found = ((point.number, known_of(point, fired, file)) for point in checklist)
    return {number: known for number, known in found if known}


def known_of(point: ChecklistPoint, fired: Mapping[str, Finding], file: OnFile) -> Known | None:
    """What fired says that it is not met; what is stated says that it is; else nothing is known."""
    for finding in (fired[edit] for edit in point.edits if edit in fired):
        if finding.edit == "HIT-404" and not leaves_out(finding, point.number):
            continue
        if finding.missing:
            return Known("", finding.sentence)
        return Known(Answer.NOT_DOCUMENTED if finding.edit in SILENT else Answer.NOT_MET, finding.sentence)
    say = MET.get(point.number)
    said = say(file) if say else ""
    return Known(Answer.MET, said) if said else None


def leaves_out(finding: Finding, point: int) -> bool:
    left_out = str(dict(finding.evidence).get("left out", ""))
    return any(name in left_out for name in CONTENT.get(point, ()))


def _part_b(file: OnFile) -> str:
    patient = file.facts.beneficiary
    spans = patient.part_b if patient else None
    is_covered = spans and all(_covered(spans, line) for line in file.facts.lines)
    return f"Part B on {file.days}, by the entitlement on file." if is_covered else ""


def _covered(spans: Sequence[Span], line: LineFacts) -> bool:
    return any(span.covers(line.date) for span in spans)


def _provider(file: OnFile) -> str:
    patient = file.facts.beneficiary
    days = [line.date for line in file.facts.lines]
    providers = (patient.applicable_providers if patient else None) or ()
    caring = next((each for each in providers if all(each.span.covers(day) for day in days)), None)
    return f"Under the care of an {caring.kind} (NPI {caring.npi}) on {file.days}." if caring else ""


def _of_plan(say: Callable[[PlanOfCare, OnFile], str]) -> Callable[[OnFile], str]:
    return lambda file: say(file.plan, file) if file.plan else ""


def _established(plan: PlanOfCare, file: OnFile) -> str:
    if plan.credential not in ("MD", "DO") or plan.established is None:
        return ""
    return f"Established on {file.day(plan.established)} by an {plan.credential} (NPI {plan.established_by_npi})."


def _therapy(plan: PlanOfCare, file: OnFile) -> str:
    return _stated(plan.therapy_type, plan.amount, plan.duration)


def _drug(plan: PlanOfCare, file: OnFile) -> str:
    drugs = listed([f"{drug.hcpcs} {drug.modifier}".strip() for drug in plan.drugs]) if plan.drugs else None
    return _stated(drugs, plan.dosage, plan.frequency)


def _services(plan: PlanOfCare, file: OnFile) -> str:
    return _stated(listed(list(plan.professional_services)) if plan.professional_services else None)


def _orders(plan: PlanOfCare, file: OnFile) -> str:
    return _stated(_ordered(plan), plan.discipline)


def _stated(*parts: str | None) -> str:
    """What the plan states, in a sentence; nothing when it leaves a part out."""
    return f"The plan states: {', '.join(part for part in parts if part)}." if all(parts) else ""


def _ordered(plan: PlanOfCare) -> str:
    if plan.visits_per_week is None:
        return ""
    fewest, most = plan.visits_per_week
    return f"{most} visits a week" if fewest == most else f"{fewest} to {most} visits a week"


def _signed(plan: PlanOfCare, file: OnFile) -> str:
    received = file.facts.received
    if plan.signed is None or plan.signed > received:
        return ""
    return f"Signed {file.day(plan.signed)}; the claim came on {file.day(received)}."


def _changes(plan: PlanOfCare, file: OnFile) -> str:
    if not plan.changes:
        return "No change of the plan is on file."
    signed = [each for each in plan.changes if each.signed]
    if len(signed) < len(plan.changes):
        return ""
    return f"Changed {listed([file.day(each.date) for each in signed])}, each change signed."


def _reviews(plan: PlanOfCare, file: OnFile) -> str:
    last = max(file.facts.lines, key=lambda line: line.date).date
    held = [day for day in plan.reviewed if day <= last]
    return f"Reviewed by the physician on {file.day(max(held))}." if held else ""


def _options(plan: PlanOfCare, file: OnFile) -> str:
    if plan.options_notified is None or plan.options_notified > plan.starts:
        return ""
    return f"Infusion options discussed on {file.day(plan.options_notified)}; therapy began {file.day(plan.starts)}."


def _visits_in_plan(plan: PlanOfCare, file: OnFile) -> str:
    ordered = _ordered(plan)
    return f"{ordered} ordered; no week has more." if ordered else ""


def _drug_window(file: OnFile) -> str:
    """The drug of each line's category and its window; the route that the plan states."""
    said = [sentences[0] for line in file.facts.lines if (sentences := why_it_pays(file.facts, line, file.tables))]
    billed = [sentence for sentence in said if "was billed and paid" in sentence]
    if len(billed) < len(file.facts.lines):
        return ""
    route = f" Route on the plan: {file.plan.route}." if file.plan and file.plan.route else ""
    return f"{billed[-1]}{route} The drug is paid as one that needs a DME pump."


#: How the file says that a point is met; "" where it does not. Points without an entry only a record can settle.
MET: Mapping[int, Callable[[OnFile], str]] = {
    1: _part_b,
    2: _provider,
    3: _of_plan(_established),
    4: _of_plan(_therapy),
    5: _of_plan(_drug),
    6: _of_plan(_services),
    7: _of_plan(_orders),
    9: _of_plan(_signed),
    10: _of_plan(_changes),
    11: _of_plan(_reviews),
    12: _of_plan(_options),
    14: _of_plan(_visits_in_plan),
    17: _drug_window,
}


def beside(file: OnFile) -> Iterator[tuple[str, str]]:
    """What else a reviewer asks first, as pairs of name and words: the supplier's standing, the plan's span."""
    supplier, last = file.facts.supplier, max(line.date for line in file.facts.lines)
    if supplier:
        held = next((each for each in supplier.accredited or () if each.span.covers(last)), None)
        yield "Accredited", f"{held.organization}, {_span(held.span, file)}" if held else "not on the last visit"
        review = next((span for span in supplier.prepayment_review or () if span.covers(file.facts.received)), None)
        if review:
            yield "Prepayment review", _span(review, file)
    if plan := file.plan:
        yield "Plan in force", _span(Span(plan.starts, plan.ends), file)


def _span(span: Span, file: OnFile) -> str:
    return f"{file.day(span.start)} to {file.day(span.end)}" if span.end else f"since {file.day(span.start)}"
