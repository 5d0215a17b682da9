"""What a supplier can do about a decision of medical review, each with its last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from claims.adjustments.readers import window_of
from claims.models import Claim, Demand
from claims.models.overpayment import DAYS_TO_APPEAL
from medical_review.clocks import late_records_through
from medical_review.models import ReviewDecision
from policy.tables import PolicyTables

#: Days after a demand in which a supplier may say why nothing should be taken (42 CFR 405.374).
DAYS_TO_REBUT = 15


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to go, what it is for, and the last day for it."""

    name: str
    words: str
    last_day: dt.date
    cites: str


def remedies(
    decision: ReviewDecision, claim: Claim, demand: Demand | None, day: dt.date, tables: PolicyTables
) -> Iterator[Remedy]:
    """The remedies against a decision told on `day`; `claim` is the one that stands now."""
    if decision.signed_by_id is None and decision.case.ended_on:
        last = late_records_through(decision.case.ended_on, tables)
        words = "Send the records that were asked for: the review is taken up again, and no appeal is needed."
        yield Remedy("Late records", words, last, "Pub. 100-08 ch. 3 §3.2.3.9")
    words = (
        "Ask in writing that another person decides: name the claim, the lines and why you disagree (form CMS-20027)."
    )
    yield Remedy("Redetermination", words, day + dt.timedelta(days=DAYS_TO_APPEAL), "42 CFR 405.940 to 405.942")
    if window := window_of(claim):
        words = "A clerical error, such as a wrong code or date, is corrected without an appeal."
        yield Remedy("Reopening", words, window.any_reason_through, "42 CFR 405.980")
    if demand:
        words = "Say why nothing should be taken from your payments; this is no appeal."
        yield Remedy("Rebuttal", words, demand.sent_on + dt.timedelta(days=DAYS_TO_REBUT), "42 CFR 405.374")
