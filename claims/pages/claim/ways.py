"""What a supplier can do about a claim: each way, in words, with its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from claims.adjudication.canonical import decision_from_json
from claims.adjudication.decision import Decision
from claims.adjustments.readers import window_of
from claims.corrections.readers import CorrectionsOfClaim
from claims.corrections.routes import DECIDED, WAITING, Way
from claims.models import Claim
from claims.payment.remittance import UNPROCESSABLE

#: Days to ask for a redetermination from the receipt of the notice, which is presumed five days after its date
#: (42 CFR 405.942(a)).
APPEAL_DAYS = dt.timedelta(days=120)
PRESUMED_RECEIPT = dt.timedelta(days=5)


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way; `last_day` is the last on which it can be taken, both ends of its time included."""

    what: str
    words: str
    last_day: dt.date | None = None


def last_day_to_appeal(told_on: dt.date) -> dt.date:
    """The last day on which a redetermination can be asked for of what was told on a day."""
    return told_on + PRESUMED_RECEIPT + APPEAL_DAYS


def ways_of(claim: Claim, corrections: CorrectionsOfClaim, today: dt.date) -> tuple[WayShown, ...]:
    """The ways that are open to the claim's supplier; three queries at most."""
    return tuple(_ways(claim, corrections, today))


def _ways(claim: Claim, corrections: CorrectionsOfClaim, today: dt.date) -> Iterator[WayShown]:
    correct, back = corrections.correct, corrections.take_back
    if correct is None:
        return
    yield WayShown("Correct", correct.words, correct.last_day if correct.is_open else None)
    if claim.status in DECIDED:
        window = window_of(claim)
        if window and correct.is_open and correct.way != Way.NEW and not correct.needs_good_cause:
            yield WayShown(
                "Reopen later",
                "After the last day to correct, for a good cause: new and material evidence, or an error that shows "
                "on the face of the evidence (42 CFR 405.986).",
                window.good_cause_through,
            )
        yield from _appeal(claim, today)
    if back and claim.status in (*DECIDED, *WAITING):
        yield WayShown("Take back", back.words, back.last_day if back.is_open else None)


def _appeal(claim: Claim, today: dt.date) -> Iterator[WayShown]:
    decision = decision_from_json(claim.current_decision.trace) if claim.current_decision else None
    if decision is None or not _may_be_appealed(decision):
        return
    told = claim.remitted.filter(decision=claim.current_decision_id, is_reversal=False).first()
    if told is None:
        yield WayShown("Appeal", "Once the remittance has told the decision: within 120 days of its receipt.")
        return
    last = last_day_to_appeal(told.remittance.payment_day)
    if today > last:
        yield WayShown("Appeal", f"The last day to ask for a redetermination was {last:%B} {last.day}, {last.year}.")
        return
    words = "Ask for a redetermination in writing, within 120 days of the notice and five days for the mail"
    yield WayShown("Appeal", f"{words} (42 CFR 405.942).", last)


def _may_be_appealed(decision: Decision) -> bool:
    """Whether a line was denied by a determination that can be appealed (405.926 leaves unprocessable lines out)."""
    return any(line.outcome == "deny" and UNPROCESSABLE not in line.rarcs for line in decision.lines)
