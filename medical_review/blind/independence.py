"""Who may judge a case a second time: nobody who had a part in the first judgement or has seen what it said."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import AccessLog, User
from medical_review.conflicts import check_may_have
from medical_review.models import BlindReview, Case, CaseAssignment, Finding, ReviewDecision
from policy.refusals import Refused

#: Pages that show a case or its claim without a word of what was found.
SHOW_NOTHING = ("Blind review", "Review queue")


def check_is_independent(review: BlindReview, person: User) -> None:
    """Refuses a person with a tie, with a part in an earlier judgement of the claim, or who saw what was found."""
    check_may_have(review.case, person)
    if had_a_part(review.case, person):
        raise Refused(f"{person} had a part in the first judgement and cannot judge the case blind.", "had_a_part")
    if has_seen(review, person):
        raise Refused(f"{person} has looked at the case and cannot judge it blind.", "has_seen")


def had_a_part(case: Case, person: User) -> bool:
    """Whether the person had the case, wrote on it, or signed or looked at a decision on its claim."""
    signed = Q(signed_by=person) | Q(second_review__made_by=person)
    return (
        CaseAssignment.objects.filter(case=case, to=person).exists()
        or Finding.objects.filter(case=case, made_by=person).exists()
        or ReviewDecision.objects.filter(signed, case__claim=case.claim_id).exists()
    )


def has_seen(review: BlindReview, person: User) -> bool:
    """Whether the log of accesses has the person on a page that shows what was found.

    The case itself shows it at any time, the claim since the decision was signed.
    """
    of_case = Q(about_type="medical_review.case", about_id=str(review.case_id))
    of_claim = Q(about_type="claims.claim", about_id=str(review.case.claim_id), at__gte=review.decision.signed_at)
    looked = AccessLog.objects.filter(of_case | of_claim, person=person)
    return looked.exclude(page__in=SHOW_NOTHING).exists()
