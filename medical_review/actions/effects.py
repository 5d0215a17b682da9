"""A decision of medical review that counts: it becomes facts, and the claim is decided anew by the one function."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.actions import Actor
from accounts.models import User
from claims.adjudication import facts
from claims.adjudication.engine import decide
from claims.adjudication.queue import requeue
from claims.adjustments.actions import ask
from claims.determinations.actions import facts_that_stand
from claims.models import Adjustment, Claim, ClaimStatus, Determination, DeterminationRevocation
from claims.nudge import nudge_after_commit
from medical_review.actions.closing import end
from medical_review.actions.opening import REVIEWED_EDITS
from medical_review.judging import determinations_of, without_review
from medical_review.models import Case, ReviewDecision
from medical_review.models.finding import LineWords
from medical_review.states import CaseState
from policy import clock
from policy.readers import tables_as_known

#: Why the claim was decided anew, as everyone reads it.
DECIDED_BY_REVIEW = str(Adjustment.Kind.REVIEW.label)


def let_it_count(case: Case, decision: ReviewDecision, by: Actor) -> None:
    """Make a signed decision count on its locked claim and end the case.

    What an earlier review determined is taken back, what this one determines is kept, and where either was there the
    claim is decided anew: through the queue, or when it is paid by an adjustment, which finds the overpayment.
    """
    maker = decision.signed_by or case.records_asked_by
    assert maker is not None
    reason = f"{case.number}: {short(decision.rationale)}"
    has_changed = take_back_earlier(case.claim, maker, reason)
    has_changed |= determine(
        case.claim, {each.line.number: each for each in decision.lines.select_related("line")}, maker
    )
    if has_changed:
        decide_anew(case.claim, reason, by, decision.good_cause)
    why = "Every line affirmed" if not has_changed else f"Decision {decision.number}"
    end(case, CaseState.DECIDED, f"{why}; the claim pays {decision.paid_after:,.2f}.", by, "review_decided")


def short(text: str) -> str:
    """The beginning of a long text, for a column of 500 characters."""
    words = " ".join(text.split())
    return words if len(words) <= 450 else f"{words[:449]}…"


def take_back_earlier(claim: Claim, by: User, reason: str) -> bool:
    """End what an earlier decision of medical review determined on the claim; whether there was anything."""
    standing = Determination.objects.filter(claim=claim, kind__in=Determination.OF_REVIEW, revocation=None)
    today = clock.today()
    ended = DeterminationRevocation.objects.bulk_create(
        DeterminationRevocation(determination=each, reason=reason[:500], made_by=by, made_on=today) for each in standing
    )
    return bool(ended)


def determine(claim: Claim, words: Mapping[int, LineWords], by: User) -> bool:
    """Keep what is said of each line, by its number, as determinations; whether there was anything to keep."""
    tables, today = tables_as_known(), clock.today()
    plain = without_review(facts_that_stand(claim))
    before = decide(plain, tables)
    told = [
        each
        for line in plain.lines
        for each in determinations_of(plain, before, line, words[line.number], tables, by.email, today, REVIEWED_EDITS)
    ]
    Determination.objects.bulk_create(as_row(claim, each, by) for each in told)
    return bool(told)


def as_row(claim: Claim, told: facts.Determination, by: User) -> Determination:
    return Determination(
        claim=claim,
        kind=told.kind,
        edit=told.edit,
        line_number=told.line,
        value=told.value,
        reason=told.reason[:500],
        made_by=by,
        made_on=told.at,
    )


def decide_anew(claim: Claim, reason: str, by: Actor, good_cause: str) -> None:
    """A paid claim by an adjustment within the authority of who makes it; any other through the queue."""
    if claim.status == ClaimStatus.PAID:
        ask(claim, Adjustment.Kind.REVIEW, reason, by, good_cause)
        return
    requeue([claim.pk], DECIDED_BY_REVIEW)
    nudge_after_commit()
