"""What must be true before a claim is adjusted; each refusal is one sentence with its remedy."""

from __future__ import annotations

import datetime as dt

from accounts.actions import Actor
from accounts.models import Role, User
from claims import authority
from claims.adjustments.readers import open_adjustment, window_of
from claims.models import Adjustment, Claim, ClaimStatus
from policy.refusals import Refused

Kind, State = Adjustment.Kind, Adjustment.State

#: Who may propose and settle each kind, besides the jobs that propose; a second person must be of these roles too.
ROLES: dict[str, tuple[Role, ...]] = {
    Kind.REOPENING: (Role.EXAMINER,),
    Kind.VOID: (Role.EXAMINER,),
    Kind.HISTORY: (Role.EXAMINER,),
    Kind.REPLACEMENT: (Role.EXAMINER,),
    Kind.REVIEW: (Role.REVIEWER, Role.MEDICAL_DIRECTOR),
    Kind.APPEAL: (Role.REVIEWER, Role.MEDICAL_DIRECTOR),
    Kind.MASS: (Role.EXAMINER, Role.ADMINISTRATOR),
    Kind.ANY_TIME: (Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR),
}

#: Kinds that need a second person whatever is at stake.
ALWAYS_TWO = (Kind.ANY_TIME,)

#: Why a claim in one of these states is not adjusted, and what to do instead.
NOT_NOW = {
    ClaimStatus.RECEIVED: "The claim has only come in. Wait until it is decided.",
    ClaimStatus.REJECTED: "The gateway rejected this claim, so there is no decision to adjust.",
    ClaimStatus.QUEUED: "The claim is being decided at this moment. Look at the decision first, then try again.",
    ClaimStatus.ADJUSTED: "Another claim stands in this one's place. Adjust that one.",
    ClaimStatus.VOIDED: "The claim was voided. What was voided is billed as a new claim.",
}
WAITING = {
    ClaimStatus.ON_HOLD: "The claim waits for its drug bill and has no final decision yet. Release it instead.",
    ClaimStatus.SUSPENDED: "The claim waits for a person and has no final decision yet. Release or decide it instead.",
}


def check_claim(claim: Claim, kind: str) -> None:
    """Refuses a claim that is in no state to be adjusted; one that waits may be voided only.

    A test claim is never decided anew by hand; its supplier may try how a replacement and a void work.
    """
    if claim.is_test and kind not in (Kind.VOID, Kind.REPLACEMENT):
        raise Refused("A test claim is decided apart from all others and is never adjusted.", "test_claim")
    reasons = NOT_NOW if kind == Kind.VOID else {**NOT_NOW, **WAITING}
    if reason := reasons.get(ClaimStatus(claim.status)):
        raise Refused(reason, "not_adjustable")


def check_none_open(claim: Claim) -> None:
    """Refuses a second adjustment while one is open."""
    adjustment = open_adjustment(claim)
    if adjustment is None:
        return
    if adjustment.state == State.PROPOSED:
        raise Refused(
            f"{adjustment.asked_by_label} already asked for an adjustment of this claim ({adjustment.kind_words}). "
            "Approve or refuse that one first.",
            "already_open",
        )
    raise Refused(
        f"An approved adjustment of this claim ({adjustment.kind_words}) is not decided yet. Wait for its decision.",
        "already_open",
    )


def check_not_refused_before(claim: Claim, cause: str) -> None:
    """Refuses to propose again for a cause that a person refused for this claim."""
    if cause and claim.adjustments.filter(cause=cause, state=State.REFUSED, settled_by__isnull=False).exists():
        raise Refused("An adjustment of this claim for the same cause was refused before.", "refused_before")


def check_time(claim: Claim, day: dt.date, good_cause: str, kind: str = Kind.REOPENING) -> None:
    """Refuses a claim that may no longer be reopened (42 CFR 405.980(b)); for fraud it may be at any time, (b)(3).

    What carries an appeal out reopens nothing.
    """
    if kind in (Kind.ANY_TIME, Kind.APPEAL):
        return
    if window := window_of(claim):
        window.check(day, good_cause)


def check_role(adjustment: Adjustment, by: User) -> None:
    authority.check_role(ROLES[adjustment.kind], by, "This kind of adjustment")


def check_second_person(adjustment: Adjustment, by: User) -> None:
    """Refuses who asked, and whose amount limit does not cover what is at stake."""
    authority.check_second_person(adjustment.asked_by_id, by, "asked for this adjustment")
    authority.check_limit(adjustment.money_at_stake, by)


def within_own_authority(adjustment: Adjustment, by: Actor) -> bool:
    """Whether who asks needs no second person: the supplier, or a person whose limit covers what is at stake."""
    if not isinstance(by, User):
        return True
    return adjustment.kind not in ALWAYS_TWO and by.may_decide(adjustment.money_at_stake)


def said(reason: str, field: str = "reason") -> str:
    """The reason without blanks around it; refuses an empty one and one that is too long to keep."""
    words = " ".join(reason.split())
    if not words:
        raise Refused("Say why, in a sentence: the reason is kept with the claim.", "no_reason", field)
    if len(words) > LONGEST_REASON:
        raise Refused(f"The reason is longer than {LONGEST_REASON} characters. Shorten it.", "reason_too_long", field)
    return words


LONGEST_REASON = 500
