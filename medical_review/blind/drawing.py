"""Which signed cases are judged a second time: a dated share by the hash of the number, and those chosen by hand."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from accounts.actions import Actor, record_event
from accounts.models import User
from medical_review.models import BlindReview, Case, ReviewDecision
from medical_review.states import THE_JOB
from policy import clock
from policy.tables import PolicyTables

DRAWN = "Drawn by the number of the case"


def blind_review_share(tables: PolicyTables) -> Decimal:
    """Share (0 to 1) of the cases that a second reviewer judges blind, as of today."""
    return Decimal(tables.setting_on("blind_review_share", clock.today(), "0.05"))


def is_drawn_blind(case: Case, share: Decimal) -> bool:
    """Whether the case is one of the share: by a hash of "blind/" and its number, so that anybody can check.

    The word before the number keeps the draw apart from that of second reviews.
    """
    thrown = int(hashlib.sha256(f"blind/{case.number}".encode()).hexdigest()[:12], 16)
    return Decimal(thrown) < share * 16**12


def may_be_judged_blind(decision: ReviewDecision) -> bool:
    """Whether a second judgement can stand beside a decision: a person signed it, and the case has none yet.

    A redetermination answers an appeal and is judged by one who knows what was decided before.
    """
    case = decision.case
    is_first = not BlindReview.objects.filter(case=case).exists()
    return decision.signed_by_id is not None and case.kind != Case.Kind.REDETERMINATION and is_first


def draw_for_blind_review(decision: ReviewDecision, tables: PolicyTables) -> BlindReview | None:
    """The blind review of a decision that was just signed, where its case is one of the share."""
    if not (is_drawn_blind(decision.case, blind_review_share(tables)) and may_be_judged_blind(decision)):
        return None
    return make(decision, DRAWN, THE_JOB)


def make(decision: ReviewDecision, why: str, by: Actor) -> BlindReview:
    """A blind review that waits; the record of the case does not tell of it."""
    person = by if isinstance(by, User) else None
    review = BlindReview.objects.create(
        case=decision.case, decision=decision, why=why, drawn_by=person, drawn_on=clock.today()
    )
    tell("blind_review_drawn", review, by, why)
    return review


def tell(verb: str, review: BlindReview, by: Actor, sentence: str) -> None:
    """An event about the blind review alone: neither the case nor the claim shows it."""
    record_event(verb, by=by, on=clock.today(), about=review, sentence=sentence)
