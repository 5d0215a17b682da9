"""What a person may do about the second judgement of a case, from the page of the case."""

from __future__ import annotations

from accounts.models import User
from medical_review.blind.states import BlindState
from medical_review.models import BlindReview, Case, ReviewDecision
from medical_review.states import SECONDS


def blind_act_on(case: Case, person: User, decision: ReviewDecision | None) -> tuple[str, str] | None:
    """The address in `review:` and its words: both judgements, or to have a second one made. Two queries at most."""
    if decision is None or case.kind == Case.Kind.REDETERMINATION:
        return None
    if BlindReview.objects.visible_to(person).filter(case=case, state=BlindState.SIGNED).exists():
        return "blind_compare", "Compare with the blind judgement"
    if person.role not in SECONDS or BlindReview.objects.filter(case=case).exists():
        return None
    return "blind_choose", "Have it judged blind"
