"""What the edits on plans of care would find on a claim for a visit under a plan: the edits themselves are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from beneficiaries.plans.content import PlanContent
from claims.adjudication.decision import Finding, Outcome
from claims.adjudication.facts import BeneficiaryFacts, ClaimFacts, LineFacts, PlanOfCare
from claims.adjudication.outcome import outcome_of
from claims.adjudication.reading.patients import versions_of
from claims.adjudication.reading.sql import Row
from claims.adjudication.rulings import Rulings
from claims.edits.base import Fired
from claims.edits.context import LineContext
from claims.edits.history import VisitHistory
from claims.edits.registry import agenda_for
from policy.tables import PolicyTables

SUBJECT = "plan of care"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a claim for a visit on `day`, sent on `sent`, would meet for its plan of care alone."""

    day: dt.date
    sent: dt.date
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.findings)

    def finding(self, edit: str) -> Finding | None:
        return next((each for each in self.findings if each.edit == edit), None)


def plan_facts(
    key: int, versions: Sequence[PlanContent], reviewed: Iterable[dt.date], starts: dt.date
) -> tuple[PlanOfCare, ...]:
    """A plan with its versions, the first first, as a decision would know it. The dates of the plan are the last's."""
    plan, days = replace(versions[-1], starts=starts), sorted(reviewed)
    return tuple(versions_of([_row(key, plan, number, content, days) for number, content in enumerate(versions, 1)]))


def _row(key: int, plan: PlanContent, number: int, content: PlanContent, reviewed: list[dt.date]) -> Row:
    """The columns of `reading.patients.PLANS` behind the patient."""
    fewest, most = content.visits_per_week or (None, None)
    return (
        key,
        None,
        plan.established,
        plan.starts,
        plan.ends,
        plan.options_notified,
        plan.review_every_days,
        0,
        number,
        content.changed_on or plan.starts,
        content.physician_npi,
        content.credential,
        content.signed,
        list(content.drugs),
        content.dosage,
        content.frequency,
        content.route,
        content.therapy_type,
        content.amount,
        content.duration,
        list(content.professional_services),
        content.discipline,
        fewest,
        most,
        reviewed,
    )


def judge(plans: tuple[PlanOfCare, ...], day: dt.date, sent: dt.date, tables: PolicyTables) -> Judged:
    """Ask every edit on plans of care that can be judged without knowing the visit: all but HIT-406 and HIT-409."""
    line = LineFacts(1, day, None, "", (), None, Decimal(0), "")
    claim = _claim_for(plans, line, sent)
    context = LineContext(claim, line, tables, VisitHistory(None))
    rulings = Rulings(claim, tables)
    found = []
    for edit in agenda_for(day, context.known).alone:
        if edit.subject == SUBJECT and isinstance(verdict := edit.check(context), Fired):
            ruling = rulings.rule(edit.id, line.number, verdict)
            if isinstance(ruling, Finding) and ruling.disposition != "ignore":
                found.append(ruling)
    return Judged(day, sent, tuple(found))


def _claim_for(plans: tuple[PlanOfCare, ...], line: LineFacts, sent: dt.date) -> ClaimFacts:
    """A claim of which nothing is known but the day of its visit and the patient's plans."""
    patient = BeneficiaryFacts(
        key="",
        mbi="",
        born=dt.date.min,
        died=None,
        part_b=None,
        medicare_advantage=None,
        hospice=None,
        inpatient_stays=None,
        snf_stays=None,
        other_primary_insurance=None,
        homes=(),
        applicable_providers=None,
        plans_of_care=plans,
        drug_bills=None,
        visits=None,
        deductible_remaining=(),
    )
    return ClaimFacts(
        control_number="",
        received=sent,
        today=sent,
        billing_npi="",
        billing_tin="",
        referring_npi=None,
        diagnoses=(),
        service_location=None,
        patient_address=None,
        accepts_assignment=True,
        has_primary_payer_decision=False,
        is_test=False,
        looks_done=0,
        lines=(line,),
        supplier=None,
        beneficiary=patient,
    )
