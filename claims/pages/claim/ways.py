"""What a supplier can do about a claim: each way, in words, with its last day or why it is not open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from claims.adjustments.readers import window_of
from claims.corrections.readers import CorrectionsOfClaim
from claims.corrections.routes import DECIDED, WAITING, Way
from claims.models import Claim
from claims.remedies import Remedy, demand_on, remedies_of, told_on, why_not_appealed
from policy.readers import tables_as_known


def ways_of(claim: Claim, corrections: CorrectionsOfClaim, today: dt.date) -> tuple[Remedy, ...]:
    """The ways of the claim's supplier; as many queries for every claim that is decided."""
    return tuple(_ways(claim, corrections, today))


def _ways(claim: Claim, corrections: CorrectionsOfClaim, today: dt.date) -> Iterator[Remedy]:
    correct, back = corrections.correct, corrections.take_back
    if correct is None:
        return
    last = correct.last_day if correct.is_open else None
    yield Remedy("Correct", correct.words, last, is_open=correct.is_open)
    if claim.status in DECIDED:
        window = window_of(claim)
        if window and correct.is_open and correct.way != Way.NEW and not correct.needs_good_cause:
            yield Remedy(
                "Reopen later",
                "After the last day to correct, for a good cause: new and material evidence, or an error that shows "
                "on the face of the evidence (42 CFR 405.986).",
                window.good_cause_through,
            )
        if not claim.is_test:
            why_no_appeal = why_not_appealed(claim, tables_as_known())
            yield from remedies_of(claim, told_on(claim), demand_on(claim), today, why_no_appeal)
    if back and claim.status in (*DECIDED, *WAITING):
        yield Remedy("Take back", back.words, back.last_day if back.is_open else None, is_open=back.is_open)
