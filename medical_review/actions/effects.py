"""A decision of medical review that counts: it becomes facts, and the claim is decided anew by the one function."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
from medical_review.appeals.ending import end_by_decision
from medical_review.desk import reach_in
from medical_review.judging import Reach, determinations_of, without_review
from medical_review.models import Case, ReviewDecision
from medical_review.models.finding import LineWords
from medical_review.states import CaseState
from policy import clock
from policy.readers import tables_as_known

#: Why the claim was decided anew, as everyone reads it.
DECIDED_BY_REVIEW = str(Adjustment.Kind.REVIEW.label)

#: States of a claim whose decision waits for nobody: an appeal of it is carried out by an adjustment.
FINAL = (ClaimStatus.PAID, ClaimStatus.DENIED, ClaimStatus.PAYABLE)


def let_it_count(case: Case, decision: ReviewDecision, by: Actor) -> None:
    """Make a signed decision count on its locked claim and end the case.

    What an earlier review determined is taken back but on lines that are upheld, what this one determines is kept, and
    where either was there the claim is decided anew: through the queue, or when it is paid, or was appealed, by an
    adjustment, which finds the overpayment.
    """
    maker = decision.signed_by or case.records_asked_by
    assert maker is not None
    reason = f"{case.number}: {short(decision.rationale)}"
    words = {each.line.number: each for each in decision.lines.select_related("line")}
    reach = reach_in(case)
    plain = without_review(facts_that_stand(case.claim))
    has_changed = take_back_earlier(case.claim, maker, reason, reach.upheld(plain, words))
    has_changed |= determine(case.claim, plain, words, maker, reach)
    if has_changed and case.is_redetermination:
        carry_out_appeal(case.claim, reason, by, decision)
    elif has_changed:
        decide_anew(case.claim, reason, by, decision.good_cause)
    why = "Every line stays" if not has_changed else f"Decision {decision.number}"
    end(case, CaseState.DECIDED, f"{why}; the claim pays {decision.paid_after:,.2f}.", by, "review_decided")
    if case.is_redetermination:
        end_by_decision(case, decision, by)


def short(text: str) -> str:
    """The beginning of a long text, for a column of 500 characters."""
    words = " ".join(text.split())
    return words if len(words) <= 450 else f"{words[:449]}…"


def take_back_earlier(claim: Claim, by: User, reason: str, but_on: Collection[int] = ()) -> bool:
    """End what an earlier decision of medical review determined on the claim, but on some lines; whether it did."""
    standing = Determination.objects.filter(claim=claim, kind__in=Determination.OF_REVIEW, revocation=None)
    standing = standing.exclude(line_number__in=but_on)
    today = clock.today()
    ended = DeterminationRevocation.objects.bulk_create(
        DeterminationRevocation(determination=each, reason=reason[:500], made_by=by, made_on=today) for each in standing
    )
    return bool(ended)


def determine(claim: Claim, plain: facts.ClaimFacts, words: Mapping[int, LineWords], by: User, reach: Reach) -> bool:
    """Keep what is said of each line, by its number, as determinations; whether there was anything to keep."""
    tables, today = tables_as_known(), clock.today()
    before = decide(plain, tables)
    told = [
        each
        for line in plain.lines
        for each in determinations_of(before, line, words[line.number], tables, by.email, today, reach)
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


def carry_out_appeal(claim: Claim, reason: str, by: Actor, decision: ReviewDecision) -> None:
    """The decision on an appeal by an adjustment, as well where nothing was paid; what waits again, by the queue."""
    if claim.status not in FINAL:
        decide_anew(claim, reason, by, "")
        return
    exactly = None if claim.status == ClaimStatus.PAID else max(decision.paid_before, decision.paid_after)
    ask(claim, Adjustment.Kind.APPEAL, reason, by, "", at_stake=exactly)
