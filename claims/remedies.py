"""What a supplier can do about a decision: each remedy with its last day, or why it does not apply.

The page of a claim and the letters of medical review read them here. A room above adds what it knows of by `register`
in the `ready` of its app: a function from the claim and the day to remedies, which take the place of those here that
have the same name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.adjudication.canonical import decision_from_json
from claims.adjudication.decision import Decision, LineDecision
from claims.adjustments.readers import window_of
from claims.edits.wording import in_words
from claims.models import Claim, Demand, Determination
from claims.models.overpayment import DAYS_TO_APPEAL
from claims.payment.remittance import UNPROCESSABLE
from policy.tables import PolicyTables

#: Days after a demand in which a supplier may say why nothing should be taken (42 CFR 405.374).
DAYS_TO_REBUT = 15


class Name(StrEnum):
    """The remedies by their names, as suppliers read them."""

    LATE_RECORDS = "Late records"
    REDETERMINATION = "Redetermination"
    REOPENING = "Reopening"
    REBUTTAL = "Rebuttal"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to go: what it is for, the last day for it, its source; one that is not open says why.

    `address` is the page where it is asked for or stands, `link` what the way there is called.
    """

    name: str
    words: str
    last_day: dt.date | None = None
    cites: str = ""
    is_open: bool = True
    address: str = ""
    link: str = ""


Source = Callable[[Claim, dt.date], Iterator[Remedy]]
_SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Add a source; also a decorator."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def remedies_of(
    claim: Claim, told_on: dt.date | None, demand: Demand | None, today: dt.date, why_no_appeal: str = ""
) -> Iterator[Remedy]:
    """The remedies against a decision on a claim that was told on a day (None: not told yet).

    `why_no_appeal` says why nothing of it calls for a redetermination (`why_not_appealed`), if so.
    """
    found = [remedy for source in _SOURCES for remedy in source(claim, today)]
    yield from found
    if all(remedy.name != Name.REDETERMINATION for remedy in found):
        yield redetermination(told_on, demand, today, why_no_appeal)
    yield from reopening(claim, today)
    if demand:
        last = demand.sent_on + dt.timedelta(days=DAYS_TO_REBUT)
        words = "Say why nothing should be taken from your payments; this is no appeal."
        yield in_time(Remedy(Name.REBUTTAL, words, last, "42 CFR 405.374"), today)


def in_time(remedy: Remedy, today: dt.date) -> Remedy:
    """The remedy, or that its last day is past."""
    if remedy.last_day is None or today <= remedy.last_day:
        return remedy
    return Remedy(remedy.name, f"The last day was {in_words(remedy.last_day)}.", None, remedy.cites, is_open=False)


def reopening(claim: Claim, today: dt.date) -> Iterator[Remedy]:
    """The clerical reopening; none while no decision on the claim was final."""
    if window := window_of(claim):
        words = "A clerical error, such as a wrong code or date, is corrected without an appeal."
        yield in_time(Remedy(Name.REOPENING, words, window.any_reason_through, "42 CFR 405.980"), today)


# ---------- redetermination ----------

ASK = "Ask in writing that another person decides: name the claim, the lines and why you disagree (form CMS-20027)."


def redetermination(told_on: dt.date | None, demand: Demand | None, today: dt.date, why_not: str = "") -> Remedy:
    """Whether a redetermination can be asked for, or why not (42 CFR 405.940 to 405.942)."""
    cites = "42 CFR 405.940 to 405.942"
    if why_not:
        return Remedy(Name.REDETERMINATION, why_not, None, cites, is_open=False)
    if told_on is None:
        words = "Once the remittance has told the decision: within 120 days of its receipt."
        return Remedy(Name.REDETERMINATION, words, None, cites, is_open=False)
    return in_time(Remedy(Name.REDETERMINATION, ASK, last_day_to_appeal(told_on, demand), cites), today)


def last_day_to_appeal(told_on: dt.date, demand: Demand | None = None) -> dt.date:
    """The last day to ask for a redetermination: 120 days from the receipt of the notice, presumed five days after it.

    Of a claim that was paid too much the demand is the later notice.
    """
    last = told_on + dt.timedelta(days=DAYS_TO_APPEAL)
    return max(last, demand.appeal_by) if demand else last


def why_not_appealed(claim: Claim, tables: PolicyTables) -> str:
    """Why nothing of the claim's decision calls for a redetermination; "" when something does."""
    decision = decision_of(claim)
    if decision is None or not decision.is_final:
        return "The claim is not decided yet."
    denied = [line for line in decision.lines if line.outcome == "deny"]
    if any(may_be_appealed(line, claim.received_on, tables) for line in denied):
        return ""
    if denied and all(UNPROCESSABLE in line.rarcs for line in denied):
        return "The lines could not be processed (MA130), which is no determination: send a corrected new claim."
    if denied:
        return "What was denied is a clerical error, such as a duplicate: it is corrected by a reopening."
    by_review = claim.determinations.filter(kind=Determination.Kind.REVIEW_CODE, revocation=None)
    return "" if by_review.exists() else "No line was denied, or paid as another code."


def decision_of(claim: Claim) -> Decision | None:
    return decision_from_json(claim.current_decision.trace) if claim.current_decision else None


def may_be_appealed(line: LineDecision, received: dt.date, tables: PolicyTables) -> bool:
    """Whether a line was decided by a determination that is appealed.

    Not what could not be processed (405.926), and not a duplicate, which is a clerical error (405.980(a)(3)).
    """
    if line.outcome != "deny":
        return line.outcome == "pay"
    row = tables.dispositions.on(line.reason_edit, received) if line.reason_edit else None
    return UNPROCESSABLE not in line.rarcs and not (row and row.remedy == "reopening")


def told_on(claim: Claim) -> dt.date | None:
    """The day of the remittance that told the decision which stands; one query."""
    told = claim.remitted.filter(decision=claim.current_decision_id, is_reversal=False)
    return told.values_list("remittance__payment_day", flat=True).first()


def demand_on(claim: Claim) -> Demand | None:
    """The latest demand of what a decision on the claim left to owe; one query."""
    about_it = Demand.objects.filter(overpayment__claim=claim) | Demand.objects.filter(
        overpayment__correction__claim=claim
    )
    return about_it.order_by("-sent_on", "-pk").first()
