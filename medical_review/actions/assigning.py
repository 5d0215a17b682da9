"""Who has a case: taken, given, handed back, or the next that waits."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from claims.adjustments.checks import said
from claims.authority import check_role
from medical_review.actions.holding import lock_case
from medical_review.conflicts import cases_for, check_may_have, open_cases_of, profile_of
from medical_review.models import Case, CaseAssignment
from medical_review.states import REVIEWS, CaseState
from medical_review.telling import tell
from policy import clock
from policy.refusals import Refused


@transaction.atomic
def take(case: Case, to: User, *, by: User, why: str = "") -> Case:
    """Give a case to a reviewer, oneself or another; refuses a tie, and who judged the claim before an appeal."""
    check_role(REVIEWS, by)
    case = lock_case(case, "take")
    check_may_have(case, to)
    if case.assigned_to_id == to.pk:
        raise Refused(f"{to} has the case already.", "has_it_already", "to")
    return assign(case, to, by, CaseState.IN_REVIEW, why)


@transaction.atomic
def hand_back(case: Case, *, why: str, by: User) -> Case:
    """Nobody has the case any more; what was found stays."""
    check_role(REVIEWS, by)
    case = lock_case(case, "hand_back")
    return assign(case, None, by, CaseState.READY, said(why))


@transaction.atomic
def take_next(*, by: User) -> Case | None:
    """The most urgent case that the person may have becomes theirs; None when there is none.

    Refuses a person who has as many open cases as they take. Two who ask at once get two cases.
    """
    check_role(REVIEWS, by)
    most = profile_of(by).most_cases
    if open_cases_of(by) >= most:
        raise Refused(f"You have {most} open cases, as many as you take. Decide or hand back one first.", "full")
    case = cases_for(by).select_for_update(of=("self",), skip_locked=True).select_related("claim").first()
    return assign(case, by, by, CaseState.IN_REVIEW, "The next that waits") if case else None


def assign(case: Case, to: User | None, by: User, state: CaseState, why: str) -> Case:
    """Write who has a locked case, and that it changed hands."""
    case.assigned_to, case.state = to, state.value
    case.save(update_fields=["assigned_to", "state"])
    CaseAssignment.objects.create(case=case, to=to, why=why[:500], made_by=by, made_on=clock.today())
    words = f"Assigned to {to}" if to else "Handed back"
    tell("case_assigned", case, by, f"{words}: {why}" if why else f"{words}.", {"to": to.pk if to else None})
    return case
