"""What an open case does to its claim: before payment it is held back, and its clean-claim clock stands."""

from __future__ import annotations

from accounts.actions import Actor
from accounts.models import User
from claims.adjustments.actions import lock
from claims.adjustments.checks import said
from claims.determinations.holds import lock_payments_of
from claims.models import Claim, ClockStop, ReviewReferral, ReviewReferralEnd
from claims.payment.actions import resume_clock, stop_clock
from medical_review.models import Case
from medical_review.states import check_act
from policy import clock
from policy.refusals import Refused

#: Why the payment clock of a claim stands. A 277 says of one that begins with “Records” that records are asked for.
IN_REVIEW, RECORDS_OUT = "In medical review", "Records asked for"


def lock_case(case: Case, act: str) -> Case:
    """The case as it is now, locked after its claim and in the order of the payment run; refuses an act not now."""
    lock_payments_of(case.claim)
    claim = lock(case.claim)
    locked = Case.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=case.pk)
    locked.claim = claim
    check_act(act, locked.state)
    return locked


def check_own(case: Case, by: Actor) -> None:
    """Refuses who does not have the case: two people never decide one."""
    if isinstance(by, User) and case.assigned_to_id != by.pk:
        has = f"{case.assigned_to} has it" if case.assigned_to else "Nobody has it"
        raise Refused(f"{has}. Take the case first.", "not_yours")


def say_why_it_stands(claim: Claim, reason: str) -> None:
    """From today the claim's payment clock stands for another reason; nothing happens where it runs."""
    today = clock.today()
    if ClockStop.objects.filter(claim=claim, resumed_on=None).update(resumed_on=today):
        stop_clock(claim, on=today, reason=reason)


def let_go(case: Case, by: Actor, why: str) -> None:
    """The case holds its claim back no longer: the referral ends, the clock runs again."""
    resume_clock(case.claim, on=clock.today())
    if case.referral_id and ReviewReferral.objects.standing().filter(pk=case.referral_id).exists():
        person = by if isinstance(by, User) else None
        ReviewReferralEnd.objects.create(
            referral_id=case.referral_id, reason=said(why), made_by=person, made_on=clock.today()
        )


def replacement_of(claim: Claim) -> Claim | None:
    """The claim that stands in this one's place."""
    return Claim.objects.replacing([claim.pk]).first()
