"""The states of a review case and the one table of what leads from one to the next: act, who may, what it leaves.

The trigger on the cases enforces the arrows, the acts (`actions/`) the roles; the table in `docs/medical_review.md` is
written from this one by `manage.py review_transitions`.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Role
from claims.models.status import Shown, ShownChoices
from policy.refusals import Refused

#: The job that opens cases, reminds and closes what became pointless.
THE_JOB = "medical review"


class CaseState(ShownChoices):
    """Where a case stands."""

    READY = "ready", "Waits for a reviewer"
    IN_REVIEW = "in_review", "In review"
    RECORDS = "records", "Waits for records"
    SECOND = "second", "Second review"
    DECIDED = "decided", "Decided"
    CLOSED = "closed", "Closed without a decision"

    @staticmethod
    def shown() -> Shown:
        return {
            "ready": ("ring-broken", "neutral", "No reviewer has it yet."),
            "in_review": ("eye", "waits", "A reviewer has it."),
            "records": ("page", "waits", "Records were asked for and have not come."),
            "second": ("eye", "waits", "A medical director looks at the decision before it counts."),
            "decided": ("circle-check", "neutral", "The decision counts and the claim is decided anew by it."),
            "closed": ("octagon-x", "neutral", "There was nothing to review any more."),
        }


#: A claim has one case at most in one of these.
OPEN = (CaseState.READY, CaseState.IN_REVIEW, CaseState.RECORDS, CaseState.SECOND)

REVIEWS = (Role.REVIEWER, Role.MEDICAL_DIRECTOR)
SELECTS = (*REVIEWS, Role.EXAMINER)
SECONDS = (Role.MEDICAL_DIRECTOR,)


@dataclass(frozen=True, slots=True)
class Transition:
    """One act on a case or a probe: from which states, who may, where it leads, and what it leaves behind.

    `by_job` tells that the scheduled work does it too. An act that may lead to several states names each.
    """

    act: str
    words: str
    starts: tuple[ShownChoices, ...]
    ends: tuple[ShownChoices, ...]
    roles: tuple[Role, ...]
    leaves: str
    by_job: bool = False

    def arrows(self) -> set[tuple[str, str]]:
        """The changes of state that the act makes."""
        return {(start.value, end.value) for start in self.starts for end in self.ends if start != end}


READY, IN_REVIEW, RECORDS, SECOND, DECIDED, CLOSED = (
    CaseState.READY,
    CaseState.IN_REVIEW,
    CaseState.RECORDS,
    CaseState.SECOND,
    CaseState.DECIDED,
    CaseState.CLOSED,
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "open",
        "Open a case",
        (),
        (READY,),
        SELECTS,
        "event case_opened; a decision clock; before payment: the claim is neither paid nor told, its clock stands",
        by_job=True,
    ),
    Transition(
        "take",
        "Take, or give to a reviewer",
        (READY, IN_REVIEW),
        (IN_REVIEW,),
        REVIEWS,
        "event case_assigned; an assignment",
    ),
    Transition(
        "hand_back", "Hand back", (IN_REVIEW,), (READY,), REVIEWS, "event case_assigned; an assignment to nobody"
    ),
    Transition("answer", "Answer a point, a line, the rationale", (IN_REVIEW,), (IN_REVIEW,), REVIEWS, "a version"),
    Transition(
        "ask_for_records",
        "Ask for records",
        (READY, IN_REVIEW),
        (RECORDS,),
        REVIEWS,
        "event records_requested; the records clock runs, the decision clock stands",
    ),
    Transition(
        "remind",
        "Remind of records",
        (RECORDS,),
        (RECORDS,),
        (),
        "event records_reminder, once for each day named",
        by_job=True,
    ),
    Transition(
        "receive_records",
        "Records have come",
        (RECORDS,),
        (READY, IN_REVIEW),
        (*REVIEWS, Role.SUPPLIER),
        "event records_received; the decision clock runs from that day",
        by_job=True,
    ),
    Transition(
        "deny_without_records",
        "Deny for want of records",
        (RECORDS,),
        (DECIDED,),
        (),
        "event review_decided; every line that would pay denied CO-50 N706; money as for a decision",
        by_job=True,
    ),
    Transition(
        "sign",
        "Sign the decision",
        (IN_REVIEW,),
        (DECIDED, SECOND),
        REVIEWS,
        "event review_signed; a decision. If it counts: event review_decided; determinations; the claim decided anew, "
        "or adjusted when paid; the referral and the clock's standing end; of a redetermination its outcome, that of "
        "the overpayment, its letter",
    ),
    Transition(
        "agree",
        "Agree in second review",
        (SECOND,),
        (DECIDED,),
        SECONDS,
        "event second_review; a second review; what a decision that counts leaves",
    ),
    Transition(
        "send_back",
        "Send back from second review",
        (SECOND,),
        (IN_REVIEW,),
        SECONDS,
        "event second_review; a second review with its reason; nothing else",
    ),
    Transition(
        "overrule",
        "Decide otherwise in second review",
        (SECOND,),
        (DECIDED,),
        SECONDS,
        "event second_review; a second review; a decision of the director's own; what a decision that counts leaves",
    ),
    Transition(
        "close",
        "Close without a decision",
        OPEN,
        (CLOSED,),
        REVIEWS,
        "event case_closed; the referral and the clock's standing end",
        by_job=True,
    ),
    Transition(
        "reopen",
        "Take up again for late records",
        (DECIDED,),
        (READY,),
        REVIEWS,
        "event case_reopened; the decision clock runs anew; the decision stands until another counts",
        by_job=True,
    ),
)

#: Those of redeterminations alone; where they begin and end like others the trigger knows their arrows already.
APPEALS: tuple[Transition, ...] = (
    Transition(
        "appeal",
        "Take in a redetermination request",
        (),
        (READY,),
        (*SELECTS, Role.SUPPLIER),
        "event redetermination_requested; the request with its lines and papers; a decision clock from its receipt; "
        "when it came in time, recoupment of what rests on the claim stands; late without a cause, dismissed at once",
        by_job=True,
    ),
    Transition(
        "find_good_cause",
        "Find a good cause for a late request",
        (IN_REVIEW,),
        (IN_REVIEW,),
        REVIEWS,
        "event good_cause_found; the finding with its reason; recoupment of what rests on the claim stands",
    ),
    Transition(
        "dismiss",
        "Dismiss a request",
        (READY, IN_REVIEW),
        (CLOSED,),
        REVIEWS,
        "event case_closed; the end “dismissed”; its letter; what stood still for the appeal goes on",
        by_job=True,
    ),
    Transition(
        "withdraw",
        "Withdraw a request",
        OPEN,
        (CLOSED,),
        (*SELECTS, Role.SUPPLIER),
        "event case_closed; the end “withdrawn”; its letter; what stood still for the appeal goes on",
    ),
)

TRANSITIONS += APPEALS

BY_ACT = {transition.act: transition for transition in TRANSITIONS}

#: What the trigger lets pass.
ARROWS: list[tuple[str, str]] = sorted({arrow for transition in TRANSITIONS for arrow in transition.arrows()})


def check_act(act: str, state: str) -> None:
    """Refuses an act that does not begin in this state."""
    if state not in BY_ACT[act].starts:
        may = " or ".join(f"“{start.label.lower()}”" for start in BY_ACT[act].starts)
        raise Refused(
            f"The case stands at “{CaseState(state).label.lower()}”. {BY_ACT[act].words} is possible at {may}. "
            "Open the case again to see what happened.",
            "not_now",
        )
