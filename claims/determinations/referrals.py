"""Sending a claim to medical review: a row that the review room reads; until it is answered nothing is paid or told.

A claim is suspended by its decision alone, so that deciding it anew gives the same; what a person adds is a hold. A
referral is such a hold without a day: it ends when medical review is done with it, or when it is called back. All acts
raise `Refused`, with a sentence and the field it is about.
"""

from __future__ import annotations

from django.db import transaction

from accounts.actions import Actor, record_event
from accounts.models import User
from claims.adjustments.actions import lock
from claims.adjustments.checks import said
from claims.authority import check_role
from claims.determinations import checks
from claims.determinations.holds import is_told, lock_payments_of
from claims.models import Claim, ClaimStatus, ReviewReferral, ReviewReferralEnd
from policy import clock
from policy.refusals import Refused

#: A claim in one of these is reviewed before it is paid.
BEFORE_PAYMENT = (ClaimStatus.SUSPENDED, ClaimStatus.ON_HOLD, ClaimStatus.PAYABLE)

#: Why a claim in one of the other states is not sent, and what to do instead.
NOT_REVIEWED = {
    **checks.NOT_NOW,
    ClaimStatus.DENIED: "No line of the claim pays, so there is nothing to review before payment. If the denial is "
    "wrong, override the edit or reopen the claim.",
    ClaimStatus.PAID: "The claim is paid: review comes before payment. Reopen the claim if it was paid wrongly.",
}


@transaction.atomic
def send_to_review(claim: Claim, *, reason: str, by: User) -> ReviewReferral:
    """Ask medical review to look at a claim before it is paid; one referral at a time."""
    lock_payments_of(claim)
    claim = lock(claim)
    check_role(checks.WORKS_CLAIMS, by)
    if why := why_not_reviewed(claim):
        raise Refused(why, "not_reviewed")
    if is_told(claim):
        raise Refused("The claim was told already. Reopen it instead.", "too_late")
    check_none_standing(claim)
    referral = ReviewReferral.objects.create(claim=claim, reason=said(reason), made_by=by, made_on=clock.today())
    tell("sent_to_review", claim, by, f"Sent to medical review: {referral.reason}")
    return referral


@transaction.atomic
def end_referral(referral: ReviewReferral, *, reason: str, by: User) -> ReviewReferralEnd:
    """Call a referral back, or answer it: the claim is paid or told as its decision says.

    Medical review calls this when its case is closed; what it found, it says by determinations of its own.
    """
    claim = lock(referral.claim)
    check_role(checks.DECIDES, by)
    if not ReviewReferral.objects.standing().filter(pk=referral.pk).exists():
        raise Refused("The referral has ended already.", "already_ended")
    end = ReviewReferralEnd.objects.create(referral=referral, reason=said(reason), made_by=by, made_on=clock.today())
    tell("review_ended", claim, by, f"Not in medical review any more: {end.reason}")
    return end


def why_not_reviewed(claim: Claim) -> str:
    """Why a claim as it stands is not sent to medical review; "" when it may be."""
    if claim.is_test:
        return "A test claim is decided apart from all others and is never reviewed."
    return NOT_REVIEWED.get(ClaimStatus(claim.status), "")


def check_none_standing(claim: Claim) -> None:
    if standing := ReviewReferral.objects.standing().about(claim).first():
        raise Refused(f"{standing.sender} sent it to medical review already: {standing.reason}", "already_sent")


def tell(verb: str, claim: Claim, by: Actor, sentence: str) -> None:
    record_event(verb, by=by, on=clock.today(), about=claim, sentence=sentence)
