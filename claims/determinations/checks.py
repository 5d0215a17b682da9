"""What must be true before a person decides about a claim; each refusal is one sentence with its remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from accounts.models import Role, User
from claims import authority
from claims.adjudication.decision import Finding
from claims.adjudication.rulings import DRUG_CATEGORY_EDIT, REVIEW, TIMELY_FILING_EDIT
from claims.determinations.timely_filing import RECOVERIES, Ground, earliest_recovery, extended_through
from claims.edits.wording import in_words
from claims.models import Claim, ClaimStatus, Determination
from policy.refusals import Refused

Kind = Determination.Kind

WORKS_CLAIMS = (Role.EXAMINER, Role.MEDICAL_DIRECTOR)
REVIEWS = (Role.REVIEWER, Role.MEDICAL_DIRECTOR)

#: Who decides about claims in one way or the other.
DECIDES = (*WORKS_CLAIMS, Role.REVIEWER)

#: Who may make a determination of a kind; the second person is of these roles too.
ROLES: dict[str, tuple[Role, ...]] = {
    Kind.OVERRIDE: WORKS_CLAIMS,
    Kind.WAIVER: WORKS_CLAIMS,
    Kind.TIMELY_FILING: WORKS_CLAIMS,
    Kind.DRUG_CATEGORY: REVIEWS,
    **dict.fromkeys(Determination.OF_REVIEW, REVIEWS),
}

#: Edits that are set aside by a determination of their own kind only, and what to do instead of an override.
OWN_KIND = {
    TIMELY_FILING_EDIT: "HIT-102 is set aside by an exception to timely filing, which names its ground in "
    "42 CFR 424.44(b). Grant that exception instead.",
    REVIEW: "Medical review denied the line. It decides anew when its case is taken up again.",
    DRUG_CATEGORY_EDIT: "HIT-504 is set aside by the payment category of the drug. Ask a reviewer to give it.",
}

#: Why nothing is determined about a claim that stands in one of these states, and what to do instead.
NOT_NOW = {
    ClaimStatus.RECEIVED: "The claim has only come in. Wait until it is decided.",
    ClaimStatus.REJECTED: "The gateway rejected this claim, so there is nothing to decide about it.",
    ClaimStatus.QUEUED: "The claim is being decided at this moment. Look at the decision first, then try again.",
    ClaimStatus.ADJUSTED: "Another claim stands in this one's place. Open that one.",
    ClaimStatus.VOIDED: "The claim was voided. What was voided is billed as a new claim.",
}


def check_is_decided(claim: Claim) -> None:
    """Refuses a claim that has no decision which a determination could change."""
    if claim.is_test:
        raise Refused("A test claim is decided apart from all others and is never paid.", "test_claim")
    if reason := NOT_NOW.get(ClaimStatus(claim.status)):
        raise Refused(reason, "not_now")
    if Claim.objects.replacing([claim.pk]).exists():
        raise Refused("Another claim is about to take this one's place. Open that one.", "being_replaced")


def check_kind_of_edit(kind: str, edit: str) -> None:
    if kind in (Kind.OVERRIDE, Kind.WAIVER) and edit in OWN_KIND:
        raise Refused(OWN_KIND[edit], "own_kind", "edit")


def check_stops(stopped: Collection[int], edit: str, line: int | None) -> None:
    """Refuses an edit that keeps no line from being paid."""
    if not stopped:
        where = f"line {line}" if line else "any line of this claim"
        raise Refused(f"{edit} does not decide on {where}. Choose an edit that does.", "does_not_decide", "edit")


def check_not_absolute(stopped: Iterable[Finding]) -> None:
    """Refuses what no determination can set aside: nothing can be paid while it stands."""
    for finding in stopped:
        raise Refused(
            f"{finding.edit} cannot be set aside: {finding.sentence} Nothing can be paid while this stands.",
            "absolute",
            "edit",
        )


def check_none_waiting(claim: Claim, kind: str, edit: str, line: int | None) -> None:
    waiting = Determination.objects.awaiting_approval().select_related("made_by")
    same = waiting.filter(claim=claim, kind=kind, edit=edit, line_number=line).first()
    if same:
        raise Refused(
            f"{same.made_by} asked for the same on {in_words(same.made_on)}; it waits for a second person.",
            "already_waiting",
        )


def check_waiver_end(until: dt.date, received: dt.date) -> None:
    """A waiver goes by the day of receipt: one that ends before it would do nothing."""
    if until < received:
        raise Refused(
            f"The claim was received on {in_words(received)}. A waiver counts for claims received through its last "
            "day: choose that day or a later one.",
            "ends_before_receipt",
            "until",
        )


def check_extension(
    ground: Ground, day: dt.date, received: dt.date, visits: Collection[dt.date], today: dt.date
) -> None:
    """Refuses an exception that 42 CFR 424.44(b) does not give for this claim, or not for long enough."""
    if day > today:
        raise Refused("The day is still to come. Give the day of the notice or of the recovery.", "to_come", "day")
    if ground in RECOVERIES and day < (first := earliest_recovery(max(visits))):
        raise Refused(
            "The payment must have been taken back six months or more after the visit: for this claim on "
            f"{in_words(first)} or later (42 CFR 424.44(b)).",
            "recovered_too_early",
            "day",
        )
    if (through := extended_through(day)) < received:
        raise Refused(
            f"From that day the time to file runs through {in_words(through)}; the claim was received on "
            f"{in_words(received)}, which is too late.",
            "still_too_late",
            "day",
        )


def check_second_person(determination: Determination, by: User) -> None:
    """Refuses who made it."""
    authority.check_second_person(
        determination.made_by_id,
        by,
        "made this determination",
        remedy="A second person must approve it; you may withdraw it",
        code="own_determination",
    )
