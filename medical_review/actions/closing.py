"""Cases that end without a decision, cases taken up again, and those that became pointless by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts.actions import Actor
from accounts.models import User
from claims.adjustments.checks import said
from claims.adjustments.readers import standing_replacement
from claims.authority import check_role
from claims.determinations.checks import check_is_decided
from claims.models import Claim, ClaimStatus, ReviewReferralEnd
from medical_review.actions.holding import let_go, lock_case, replacement_of
from medical_review.actions.opening import AT_ONCE, Chosen, open_cases
from medical_review.appeals.ending import Outcome, end_without_decision
from medical_review.clocks import decide_by, late_records_through
from medical_review.models import Case
from medical_review.states import REVIEWS, THE_JOB, CaseState
from medical_review.telling import tell_both
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused

#: The fields of a case that say whether and how it ended.
ENDS = ["state", "ended_on", "ended_why"]


@transaction.atomic
def close(case: Case, *, why: str, by: Actor) -> Case:
    """End a case without a decision: the claim goes on as its own decision says. An appeal is not just closed."""
    if isinstance(by, User):
        check_role(REVIEWS, by)
    case = lock_case(case, "close")
    if hasattr(case, "redetermination"):
        raise Refused("A redetermination is decided, dismissed or withdrawn, never just closed.", "appeal")
    return end(case, CaseState.CLOSED, said(why), by, "case_closed")


def end(case: Case, state: CaseState, why: str, by: Actor, verb: str, *, keep_hold: bool = False) -> Case:
    """The end of a locked case; `keep_hold` leaves the referral standing for the claim that took this one's place."""
    if not keep_hold:
        let_go(case, by, why)
    case.state, case.ended_on, case.ended_why = state.value, clock.today(), why
    case.save(update_fields=ENDS)
    tell_both(verb, case, by, f"{state.label}: {why}")
    return case


@transaction.atomic
def reopen(case: Case, *, why: str, by: Actor) -> Case:
    """Take up again a case that was denied for want of records which have come since (up to 120 days later).

    The decision stands until another one counts. Refuses a case decided on its records: that is an appeal.
    """
    if isinstance(by, User):
        check_role(REVIEWS, by)
    case = lock_case(case, "reopen")
    today, tables = clock.today(), tables_as_known()
    check_denied_without_records(case)
    check_is_decided(case.claim)
    assert case.ended_on is not None
    if today > (last := late_records_through(case.ended_on, tables)):
        raise Refused(f"Late records could reopen this denial through {last:%B} {last.day}, {last.year}.", "too_late")
    case.state, case.assigned_to, case.ended_on, case.ended_why = CaseState.READY.value, None, None, ""
    case.records_in_on, case.decide_by = today, decide_by(case.kind, today, tables)
    case.decision_id, case.referral = case.claim.current_decision_id, None
    case.save(update_fields=[*ENDS, "assigned_to", "records_in_on", "decide_by", "decision", "referral"])
    tell_both("case_reopened", case, by, f"Taken up again: {said(why)}")
    return case


def check_denied_without_records(case: Case) -> None:
    last = case.decisions.order_by("-number").first()
    if last is None or last.signed_by_id is not None:
        raise Refused(
            "The case was decided on its records. What is wrong with that decision is a redetermination.", "decided"
        )
    if Case.objects.open().filter(claim=case.claim_id).exists():
        raise Refused("Another case of this claim is open. Decide that one.", "already_open")


# ---------- what became pointless ----------


def close_pointless() -> int:
    """Close the open cases that have nothing to review any more, and take up the claims that replaced theirs."""
    closed = 0
    for case in pointless()[:AT_ONCE]:
        with transaction.atomic():
            closed += settle(case)
    return closed


def pointless() -> QuerySet[Case]:
    """Open cases whose claim is gone, was denied anew, or is not asked about any more; a few columns of a few rows."""
    gone = Q(claim__status__in=(ClaimStatus.VOIDED, ClaimStatus.ADJUSTED))
    before = Q(kind=Case.Kind.PREPAYMENT) & ~Q(state=CaseState.SECOND)
    denied = before & Q(claim__status=ClaimStatus.DENIED) & ~Q(claim__current_decision=F("decision"))
    called_back = before & Q(referral__end__isnull=False)
    nothing_stops = (
        Q(state=CaseState.READY)
        & Q(selection__in=(Case.Selection.EDIT, Case.Selection.PREPAYMENT_REVIEW))
        & Q(claim__status__in=(ClaimStatus.PAYABLE, ClaimStatus.ON_HOLD))
    )
    return Case.objects.open().filter(gone | denied | called_back | nothing_stops).select_related("claim")


def settle(found: Case) -> int:
    """Close one such case; its claim may have moved on since it was found."""
    case = lock_case(Case.objects.select_related("claim", "referral").get(pk=found.pk), "close")
    if not pointless().filter(pk=case.pk).exists():
        return 0
    replacement = replacement_of(case.claim) if case.claim.status == ClaimStatus.ADJUSTED else None
    goes_on = replacement is not None and replacement.status != ClaimStatus.DENIED and not case.is_redetermination
    why = next(reasons(case))
    end(case, CaseState.CLOSED, why, THE_JOB, "case_closed", keep_hold=goes_on)
    if case.is_redetermination:
        end_without_decision(case, Outcome.DISMISSED, why, THE_JOB)
    if goes_on and replacement is not None:
        take_up(replacement, case)
    return 1


def take_up(replacement: Claim, case: Case) -> None:
    """A replacement does not escape the review: the referral goes on holding it, and it has a case of its own."""
    if not Case.objects.open().filter(claim=replacement).exists():
        why = f"It replaces claim {case.claim}, which was in review: {case.why}"[:600]
        open_cases(
            [Chosen(replacement, case.kind, case.selection, why, case.edits, case.referral, before=case)], by=THE_JOB
        )


def reasons(case: Case) -> Iterator[str]:
    """Why there is nothing to review any more; the first counts."""
    match ClaimStatus(case.claim.status):
        case ClaimStatus.VOIDED:
            yield "The claim was voided."
        case ClaimStatus.ADJUSTED:
            yield f"Claim {standing_replacement(case.claim)} stands in its place."
        case ClaimStatus.DENIED if case.claim.current_decision_id != case.decision_id:
            yield "The claim was decided anew and is denied without it."
    end_of_referral = ReviewReferralEnd.objects.filter(referral=case.referral_id).select_related("made_by").first()
    if end_of_referral:
        yield f"{end_of_referral.made_by or 'The job'} called the claim back: {end_of_referral.reason}"[:500]
    yield "What suspended the claim does not stand any more."
