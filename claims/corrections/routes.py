"""How a correction of a claim, or its taking back, is sent: by which way, and until when (42 CFR 405.980)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from claims.adjudication.canonical import decision_from_json
from claims.adjustments.limits import ReopeningWindow
from claims.adjustments.readers import open_adjustment, window_of
from claims.corrections.filling import why_not_here
from claims.edits.hit_102_timely_filing import last_day_to_file
from claims.edits.wording import in_words
from claims.intake.originals import REPLACES, VOIDS, in_suppliers_words
from claims.models import Claim, ClaimStatus, Decision
from claims.payment.remittance import UNPROCESSABLE
from claims.precheck.bill import accepted_frequencies
from policy.tables import PolicyTables

#: States in which a claim was decided for good.
DECIDED = (ClaimStatus.PAYABLE, ClaimStatus.DENIED, ClaimStatus.PAID)
#: States in which it has a decision that waits.
WAITING = (ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED)


class Way(StrEnum):
    """By which way: a claim of its own, a file that names the first, a request to an examiner; or none yet, or none."""

    NEW = "new"
    FILE = "file"
    REQUEST = "request"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Route:
    """The way, why it is this one and what to do, the last day for it, whether a good cause must be given."""

    way: Way
    words: str
    last_day: dt.date | None = None
    needs_good_cause: bool = False

    @property
    def is_open(self) -> bool:
        return self.way in (Way.NEW, Way.FILE, Way.REQUEST)

    @property
    def is_request(self) -> bool:
        return self.way == Way.REQUEST


def frequency_of(route: Route) -> str:
    """The frequency of the claim that is checked: it takes the other's place, unless it goes as a new one."""
    return "1" if route.way == Way.NEW else REPLACES


#: What stands in the way of a correction for now, by status.
LATER = {
    ClaimStatus.ON_HOLD: "The claim is on hold and not decided, so nothing can take its place yet. Your draft is kept "
    "until it is decided. Or take the claim back, and send the draft as a new claim.",
    ClaimStatus.SUSPENDED: "A person at the contractor works on the claim, so nothing can take its place yet. Your "
    "draft is kept until it is decided. Or take the claim back, and send the draft as a new claim.",
    ClaimStatus.RECEIVED: "The claim is being decided. Your draft is kept: come back when it is decided.",
    ClaimStatus.QUEUED: "The claim is being decided. Your draft is kept: come back when it is decided.",
}

#: Why the correction goes as a claim of its own, by status.
ON_ITS_OWN = {
    ClaimStatus.REJECTED: "The gateway refused the claim, so the correction goes as a new claim.",
    ClaimStatus.VOIDED: "The claim was taken back, so the correction goes as a new claim.",
}


def route_of_correction(claim: Claim, today: dt.date, tables: PolicyTables) -> Route:
    """How a corrected claim takes the place of this one; four queries at most."""
    status = ClaimStatus(claim.status)
    if why := why_not_here(claim):
        return Route(Way.NONE, why)
    if request := claim.correction_requests.open().first():
        return Route(
            Way.NONE, f"It was asked for on {in_words(request.asked_on)}: wait for the answer, or withdraw it."
        )
    if status == ClaimStatus.ADJUSTED:
        return Route(Way.NONE, f"Not this claim: {in_suppliers_words(claim, '')}".replace("Name", "Correct"))
    if words := LATER.get(status):
        return Route(Way.LATER, words)
    if words := ON_ITS_OWN.get(status):
        return _new(claim, words)
    if open_adjustment(claim):
        return Route(Way.LATER, f"Not now: {in_suppliers_words(claim, 'already_open')}")
    if _is_unprocessable(claim):
        return _new(claim, "The claim could not be processed (MA130), so the correction goes as a new claim.")
    return _in_time(claim, today, tables, REPLACES)


def route_of_taking_back(claim: Claim, today: dt.date, tables: PolicyTables) -> Route:
    """How the claim is taken back."""
    if claim.is_test:
        return Route(Way.NONE, "A test claim is never paid: there is nothing to take back.")
    if claim.correction_requests.open().exists():
        return Route(Way.NONE, "A request about this claim is open. Withdraw it first, or wait for its answer.")
    if claim.status not in (*DECIDED, *WAITING):
        return Route(Way.NONE, "Only a claim that was decided, or that waits, is taken back.")
    if open_adjustment(claim):
        return Route(Way.LATER, f"Not now: {in_suppliers_words(claim, 'already_open')}")
    return _in_time(claim, today, tables, VOIDS)


def _new(claim: Claim, words: str) -> Route:
    last = last_day_to_file(claim.first_day) if claim.first_day else None
    return Route(Way.NEW, words, last)


def _in_time(claim: Claim, today: dt.date, tables: PolicyTables, frequency: str) -> Route:
    """By a file while the gateway takes the frequency in, within the year; else by a request, then for good cause."""
    window = window_of(claim)
    by_file = frequency in accepted_frequencies(tables, today)
    what = "A replacement" if frequency == REPLACES else "A void"
    if window is None:
        way = Way.FILE if by_file else Way.REQUEST
        return Route(way, _words(what, by_file, frequency))
    if today > window.good_cause_through:
        return Route(Way.NONE, _too_late(window))
    if today > window.any_reason_through:
        words = (
            f"Until {in_words(window.any_reason_through)} no reason was needed. Now an "
            "examiner reopens the claim for a good cause (42 CFR 405.986): new and material evidence, or an error that "
            "shows on the face of the evidence."
        )
        return Route(Way.REQUEST, words, window.good_cause_through, needs_good_cause=True)
    return Route(Way.FILE if by_file else Way.REQUEST, _words(what, by_file, frequency), window.any_reason_through)


def _words(what: str, by_file: bool, frequency: str) -> str:
    if by_file:
        return f"{what} is taken in by file: it goes as a claim of frequency {frequency} that names this one."
    return (
        f"{what} by file (frequency {frequency}) is not taken in. An examiner reopens the claim instead, for a "
        "clerical error (42 CFR 405.980(a)(3)), at your request."
    )


def _too_late(window: ReopeningWindow) -> str:
    last = window.good_cause_through
    return f"The claim could be corrected for a good cause through {in_words(last)}; that day is past."


def _is_unprocessable(claim: Claim) -> bool:
    """Whether every line was denied as unprocessable, so that there is no determination to correct (405.926)."""
    if claim.status != ClaimStatus.DENIED or claim.current_decision_id is None:
        return False
    decision = decision_from_json(Decision.objects.values_list("trace", flat=True).get(pk=claim.current_decision_id))
    return all(UNPROCESSABLE in line.rarcs for line in decision.lines)
