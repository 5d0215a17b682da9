"""The states of a probe and the one table of what leads from one to the next, as `medical_review.states` has cases.

Reading 25: 20 to 40 claims a round, three rounds at most, at least 45 days from the education to the next round.
"""

from __future__ import annotations

from claims.models.status import Shown, ShownChoices
from medical_review.states import REVIEWS, SECONDS, Transition
from policy.refusals import Refused

#: Claims of a round, and rounds of a probe.
FEWEST, MOST, ROUNDS = 20, 40, 3


class ProbeState(ShownChoices):
    """Where a probe stands."""

    CHOSEN = "chosen", "First round to be drawn"
    REVIEW = "review", "Round in review"
    RESULT = "result", "Result stands"
    EDUCATION = "education", "Education before the next round"
    RELEASED = "released", "Released"
    REFERRED = "referred", "Referred"
    CALLED_OFF = "called_off", "Called off"

    @staticmethod
    def shown() -> Shown:
        return {
            "chosen": ("ring-broken", "neutral", "The supplier is chosen; no claim is drawn yet."),
            "review": ("eye", "waits", "The claims of the round are in review."),
            "result": ("diamond-alert", "waits", "Every claim is decided; what follows is not."),
            "education": (
                "square-pause",
                "hold",
                "The next round is drawn 45 days after the education at the earliest.",
            ),
            "released": ("circle-check", "pays", "No further round."),
            "referred": ("octagon-x", "denied", "Three rounds did not help; the supplier is referred."),
            "called_off": ("octagon-x", "neutral", "Ended without an outcome."),
        }


CHOSEN, REVIEW, RESULT, EDUCATION = ProbeState.CHOSEN, ProbeState.REVIEW, ProbeState.RESULT, ProbeState.EDUCATION

#: A supplier has one probe at most in one of these.
STANDING = (CHOSEN, REVIEW, RESULT, EDUCATION)

PROBE_TRANSITIONS: tuple[Transition, ...] = (
    Transition("choose", "Choose a supplier", (), (CHOSEN,), REVIEWS, "event probe_chosen"),
    Transition(
        "draw",
        "Draw a round",
        (CHOSEN, EDUCATION),
        (REVIEW,),
        REVIEWS,
        "event probe_round_drawn; a draw; a case for each of 20 to 40 claims. A later round: not before its day",
    ),
    Transition(
        "find",
        "Find the result",
        (REVIEW,),
        (RESULT,),
        REVIEWS,
        "event probe_result; the error rates, when no case of the round is open",
        by_job=True,
    ),
    Transition(
        "educate", "Note the education", (RESULT, EDUCATION), (RESULT, EDUCATION), REVIEWS, "event probe_education"
    ),
    Transition(
        "release",
        "Release",
        (RESULT,),
        (ProbeState.RELEASED,),
        REVIEWS,
        "event probe_outcome; an outcome. Above the threshold by a medical director who did not draw the round",
    ),
    Transition(
        "go_on",
        "Go on to the next round",
        (RESULT,),
        (EDUCATION,),
        REVIEWS,
        "event probe_outcome; an outcome. Only above the threshold and before round 3",
    ),
    Transition(
        "refer",
        "Refer after three rounds",
        (RESULT,),
        (ProbeState.REFERRED,),
        SECONDS,
        "event probe_outcome; an outcome. Only above the threshold after round 3, by who did not draw it",
    ),
    Transition(
        "call_off", "Call off", STANDING, (ProbeState.CALLED_OFF,), REVIEWS, "event probe_called_off; cases go on"
    ),
)

BY_ACT = {transition.act: transition for transition in PROBE_TRANSITIONS}

#: What the trigger lets pass. Noting the education leaves a probe where it is.
PROBE_ARROWS: list[tuple[str, str]] = sorted(
    {arrow for each in PROBE_TRANSITIONS if each.act != "educate" for arrow in each.arrows()}
)


def check_probe_act(act: str, state: str) -> None:
    """Refuses an act that does not begin in this state."""
    if state not in BY_ACT[act].starts:
        raise Refused(
            f"The probe stands at “{ProbeState(state).label.lower()}”. {BY_ACT[act].words} is not possible now. "
            "Open it again to see what happened.",
            "not_now",
        )
