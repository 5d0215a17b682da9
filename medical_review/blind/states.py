"""The states of a blind review and the one table of its acts, as `medical_review.states` has those of cases."""

from __future__ import annotations

from claims.models.status import Shown, ShownChoices
from medical_review.states import REVIEWS, SECONDS, Transition
from policy.refusals import Refused


class BlindState(ShownChoices):
    """Where a blind review stands."""

    WAITS = "waits", "Waits for a second reviewer"
    IN_REVIEW = "in_review", "In blind review"
    SIGNED = "signed", "Signed"
    CALLED_OFF = "called_off", "Called off"

    @staticmethod
    def shown() -> Shown:
        return {
            "waits": ("ring-broken", "neutral", "No second reviewer has it yet."),
            "in_review": ("eye", "waits", "A second reviewer judges the case without the first one’s findings."),
            "signed": ("circle-check", "neutral", "Both have signed; the judgements can be compared."),
            "called_off": ("octagon-x", "neutral", "Ended without a second judgement."),
        }


WAITS, IN_REVIEW, SIGNED = BlindState.WAITS, BlindState.IN_REVIEW, BlindState.SIGNED

BLIND_TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "draw",
        "Have a signed case judged blind",
        (),
        (WAITS,),
        SECONDS,
        "event blind_review_drawn; nothing on the case or the claim",
        by_job=True,
    ),
    Transition("take", "Take the next", (WAITS,), (IN_REVIEW,), REVIEWS, "event blind_review_taken"),
    Transition(
        "hand_back",
        "Hand back",
        (IN_REVIEW,),
        (WAITS,),
        REVIEWS,
        "event blind_review_handed_back; what was written is dropped, so that the next one judges alone",
    ),
    Transition("answer", "Answer a point, a line, the rationale", (IN_REVIEW,), (IN_REVIEW,), REVIEWS, "a draft"),
    Transition(
        "sign",
        "Sign the blind judgement",
        (IN_REVIEW,),
        (SIGNED,),
        REVIEWS,
        "event blind_review_signed; its answers, lines and rationale; case, claim and money stay as they are",
    ),
    Transition(
        "call_off",
        "Call off",
        (WAITS, IN_REVIEW),
        (BlindState.CALLED_OFF,),
        SECONDS,
        "event blind_review_called_off; nothing else",
    ),
)

BY_ACT = {transition.act: transition for transition in BLIND_TRANSITIONS}

#: What the trigger lets pass.
BLIND_ARROWS: list[tuple[str, str]] = sorted({arrow for each in BLIND_TRANSITIONS for arrow in each.arrows()})


def check_blind_act(act: str, state: str) -> None:
    """Refuses an act that does not begin in this state."""
    if state not in BY_ACT[act].starts:
        raise Refused(
            f"The blind review stands at “{BlindState(state).label.lower()}”. {BY_ACT[act].words} is not possible now. "
            "Open the list again to see what happened.",
            "not_now",
        )
