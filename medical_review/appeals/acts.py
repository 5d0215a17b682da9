"""Acts on a request that do not decide its lines: a good cause is found, it is dismissed, it is withdrawn."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import Actor
from accounts.models import Role, User
from claims.adjustments.checks import said
from claims.authority import check_role
from claims.edits.wording import days, in_words
from medical_review.actions.closing import end
from medical_review.actions.holding import check_own, lock_case
from medical_review.appeals.debts import stand_still
from medical_review.appeals.ending import Outcome, end_without_decision
from medical_review.conflicts import check_may_have
from medical_review.models import Case, GoodCause, RedeterminationRequest
from medical_review.states import BY_ACT, REVIEWS, THE_JOB, CaseState
from medical_review.telling import tell_both
from policy import clock
from policy.refusals import Refused
from suppliers.rights import Right, require


@transaction.atomic
def find_good_cause(case: Case, *, why: str, by: User) -> GoodCause:
    """A late request counts as if it came in time (42 CFR 405.942(b)); who has the case says what the cause is."""
    check_role(REVIEWS, by)
    case = lock_case(case, "find_good_cause")
    check_own(case, by)
    check_may_have(case, by)
    request = request_of(case)
    if not request.needs_good_cause:
        raise Refused("The request came in time, or a good cause was found already.", "not_late")
    found = GoodCause.objects.create(request=request, reason=said(why), made_by=by, made_on=clock.today())
    stand_still(request)
    tell_both("good_cause_found", case, by, f"{days(request.days_late)} late for a good cause: {found.reason}")
    return found


@transaction.atomic
def dismiss(case: Case, *, why: str, by: User) -> Case:
    """End a request without deciding its lines (42 CFR 405.952(b)); the letter names what can be done about it."""
    check_role(REVIEWS, by)
    case = lock_case(case, "dismiss")
    request_of(case)
    check_may_have(case, by)
    return end_unheard(case, Outcome.DISMISSED, said(why), by)


def dismiss_late(request: RedeterminationRequest) -> Case:
    """A request that came late and gives no cause; on its case that was just opened, the claim locked."""
    late, last = days(request.days_late), in_words(request.last_day)
    why = f"It came {late} after the last day, {last}, and gives no good cause for it (42 CFR 405.942(b))."
    return end_unheard(request.case, Outcome.DISMISSED, why, THE_JOB)


@transaction.atomic
def withdraw(case: Case, *, why: str, by: User) -> Case:
    """The supplier takes its request back (42 CFR 405.952(a)), itself or by a letter that staff takes down."""
    check_role(BY_ACT["withdraw"].roles, by)
    case = lock_case(case, "withdraw")
    if by.role == Role.SUPPLIER:
        require(by, Right.CLAIMS_SEND, case.supplier_id or 0)
    request_of(case)
    return end_unheard(case, Outcome.WITHDRAWN, said(why), by)


def end_unheard(case: Case, outcome: Outcome, why: str, by: Actor) -> Case:
    case = end(case, CaseState.CLOSED, f"{outcome.label}: {why}"[:500], by, "case_closed")
    end_without_decision(case, outcome, why, by)
    return case


def request_of(case: Case) -> RedeterminationRequest:
    """The request of a case; refuses a case that is none of a redetermination."""
    found = RedeterminationRequest.objects.filter(case=case).select_related("claim", "supplier").first()
    if found is None:
        raise Refused(f"{case.number} is no redetermination. Close it, or decide it.", "no_appeal")
    return found


def check_counts(case: Case) -> None:
    """Refuses to decide a late request for which no good cause was found."""
    request = RedeterminationRequest.objects.filter(case=case).select_related("cause_found").first()
    if request and request.needs_good_cause:
        raise Refused(
            f"The request came {days(request.days_late)} late. Find a good cause for it, or dismiss it.", "late"
        )
