"""How a redetermination ends: its outcome follows from the lines, and with it goes that of the overpayments."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.actions import Actor
from accounts.models import User
from medical_review.appeals.debts import settle_debts
from medical_review.letters.nudge import nudge_letters
from medical_review.letters.writing import write_dismissal
from medical_review.models import (
    Case,
    LineVerdict,
    RedeterminationEnd,
    RedeterminationRequest,
    ReviewDecision,
    ReviewedLine,
)
from policy import clock

Outcome = RedeterminationEnd.Outcome


def outcome_of(lines: Iterable[ReviewedLine]) -> RedeterminationEnd.Outcome:
    """What a decision is for who appealed these lines: all paid as billed, some or in part, or nothing more."""
    lines = list(lines)
    if all(line.verdict == LineVerdict.PAY for line in lines):
        return Outcome.FAVORABLE
    if any(line.verdict == LineVerdict.PAY or line.paid_after > line.paid_before for line in lines):
        return Outcome.PARTIAL
    return Outcome.UNFAVORABLE


def end_by_decision(case: Case, decision: ReviewDecision, by: Actor) -> None:
    """The redetermination of a locked case was decided: its outcome, and that of what rests on the claim."""
    request = RedeterminationRequest.objects.filter(case=case).first()
    if request is None:
        return
    appealed = decision.lines.filter(line__in=request.lines.values("line"))
    outcome = outcome_of(appealed)
    _end(request, outcome, f"Decision {decision.number}", by, decision)


def end_without_decision(case: Case, outcome: RedeterminationEnd.Outcome, reason: str, by: Actor) -> None:
    """The request of a locked case was dismissed or withdrawn; the letter says so."""
    request = RedeterminationRequest.objects.filter(case=case).select_related("supplier", "claim", "case").first()
    if request is None:
        return
    write_dismissal(_end(request, outcome, reason, by), by=by)
    nudge_letters()


def _end(
    request: RedeterminationRequest, outcome: str, reason: str, by: Actor, decision: ReviewDecision | None = None
) -> RedeterminationEnd:
    settle_debts(request, is_for_the_supplier=outcome in (Outcome.FAVORABLE, Outcome.PARTIAL))
    return RedeterminationEnd.objects.create(
        request=request,
        outcome=outcome,
        reason=reason[:500],
        decision=decision,
        made_by=by if isinstance(by, User) else None,
        made_on=clock.today(),
    )
