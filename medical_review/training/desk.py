"""The desk of a training case: the same facts, tables, engine and checklist as a real one, and no row of a claim."""

from __future__ import annotations

from dataclasses import replace

from accounts.models import User
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, LineFacts
from claims.models import Claim, ClaimLine
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from claims.scenarios.world import claims_of, tables_of
from medical_review.checklist import checklist_on
from medical_review.desk import Desk, LineState, PointState
from medical_review.drafts import Draft, with_draft
from medical_review.known import OnFile, known_points
from medical_review.models import Case
from medical_review.training.cases import TrainingCase


def training_desk(case: TrainingCase, person: User, draft: Draft) -> Desk:
    """What lies before the person, with what they answered; one query, for the checklist.

    The world is that of the scenarios in January 2026 with the shipped tables, so that the answer of a case does not
    change with what is published.
    """
    facts = _with_no_row(replace(claims_of(case.scenario)[0], today=case.scenario.today))
    tables = tables_of(case.scenario, policy_tables_from_csv(zips=_zips_of(facts)))
    decision = decide(facts, tables)
    checklist = checklist_on(max(line.date for line in facts.lines))
    known = known_points(checklist, OnFile(facts, decision, tables))
    claim = Claim(received_on=facts.received)
    empty = Desk(
        case=Case(claim=claim, opened_on=case.scenario.today, pk=0),
        claim=claim,
        facts=facts,
        decision=decision,
        tables=tables,
        points=tuple(PointState(each, None, known.get(each.number)) for each in checklist),
        lines=tuple(LineState(_line(claim, each), None, None) for each in facts.lines),
        rationale=None,
        reviewer=person.email,
        today=case.scenario.today,
    )
    return with_draft(empty, draft, person)


def _zips_of(facts: ClaimFacts) -> frozenset[str]:
    """The ZIP codes that a price may be asked for: where the service was furnished and the homes of the patient."""
    homes = [home for _, home in facts.beneficiary.homes] if facts.beneficiary else []
    places = (facts.service_location, facts.patient_address, *homes)
    return frozenset(place.zip for place in places if place)


def _with_no_row(facts: ClaimFacts) -> ClaimFacts:
    """The facts with plans of care under the id of no row: pages look up what a plan's id leads to."""
    patient = facts.beneficiary
    assert patient is not None, "A training case has a patient."
    plans = tuple(replace(plan, key="0") for plan in patient.plans_of_care or ())
    return replace(facts, beneficiary=replace(patient, plans_of_care=plans))


def _line(claim: Claim, line: LineFacts) -> ClaimLine:
    """The line as the templates show it; it is never saved."""
    return ClaimLine(
        claim=claim,
        number=line.number,
        date_of_service=line.date,
        hcpcs=line.hcpcs,
        units=line.units,
        charge=line.charge,
    )
