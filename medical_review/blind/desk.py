"""The desk of a blind review: the claim and the file as the first reviewer signed on them, and none of their words."""

from __future__ import annotations

from claims.adjudication.canonical import decision_from_json, facts_from_json
from medical_review.checklist import checklist_on
from medical_review.desk import Desk, LineState, PointState
from medical_review.drafts import with_draft
from medical_review.known import OnFile, known_points
from medical_review.models import BlindReview
from policy import clock
from policy.readers import tables_as_known


def blind_desk(review: BlindReview) -> Desk:
    """What lies before the second reviewer, with what they have written so far; three queries."""
    claim, tables, person = review.case.claim, tables_as_known(), review.assigned_to
    assert person is not None, "Nobody has the blind review."
    stood = review.decision.reviewed
    assert stood is not None, "A person signs on a decision of the claim."
    facts, decision = facts_from_json(stood.facts), decision_from_json(stood.trace)
    checklist = checklist_on(max(line.date for line in facts.lines))
    known = known_points(checklist, OnFile(facts, decision, tables))
    empty = Desk(
        case=review.case,
        claim=claim,
        facts=facts,
        decision=decision,
        tables=tables,
        points=tuple(PointState(each, None, known.get(each.number)) for each in checklist),
        lines=tuple(LineState(line, None, None) for line in claim.lines.all()),
        rationale=None,
        reviewer=person.email,
        today=clock.today(),
    )
    return with_draft(empty, review.draft, person)
