"""From which day a line would pass an edit, and how long a drug still counts: said where the facts know the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from claims.adjudication.decision import EvidenceValue, Finding
from claims.adjudication.facts import BeneficiaryFacts, ClaimFacts, Span, SupplierFacts
from claims.edits.context import find_place
from claims.edits.drugs import WINDOW
from claims.edits.history import WEEK
from claims.edits.wording import days, in_words

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A line that an edit stopped: the day of the visit, what the finding names, the facts around the claim."""

    visit: dt.date
    evidence: dict[str, EvidenceValue]
    facts: ClaimFacts

    def day(self, key: str) -> dt.date | None:
        value = self.evidence.get(key)
        return value if isinstance(value, dt.date) else None

    def say(self, day: dt.date) -> str:
        return in_words(day, self.visit.year)

    @property
    def patient(self) -> BeneficiaryFacts | None:
        return self.facts.beneficiary

    @property
    def supplier(self) -> SupplierFacts | None:
        return self.facts.supplier

    def next_start(self, spans: Iterable[Span] | None) -> dt.date | None:
        """The first day after the visit on which one of the spans begins."""
        return min((span.start for span in spans or () if span.start > self.visit), default=None)


Say = Callable[[Stopped], Iterator[str]]


def first_days(finding: Finding, visit: dt.date, facts: ClaimFacts | None) -> tuple[str, ...]:
    """Sentences with the days from or through which the line, or another like it, would pass; none are guessed."""
    say = SAYS.get(finding.edit)
    if facts is None or finding.missing or say is None:
        return ()
    return tuple(say(Stopped(visit, dict(finding.evidence), facts)))


def _visits_from(stopped: Stopped, day: dt.date | None, why: str = "") -> Iterator[str]:
    if day is not None:
        yield f"Visits from {stopped.say(day)} on{f': {why}' if why else ''}."


def _after(key: str) -> Say:
    """Visits from the day after the last one that the finding names."""

    def say(stopped: Stopped) -> Iterator[str]:
        last = stopped.day(key)
        return _visits_from(stopped, last + ONE_DAY if last else None)

    return say


def _on(key: str, why: str = "") -> Say:
    """Visits from a day that the finding names."""
    return lambda stopped: _visits_from(stopped, stopped.day(key), why)


# ---------- the supplier ----------


def _enrolled(stopped: Stopped) -> Iterator[str]:
    spans = stopped.supplier.enrolled if stopped.supplier else None
    return _visits_from(stopped, stopped.next_start(spans), "the enrollment on file begins then")


def _accredited(stopped: Stopped) -> Iterator[str]:
    spans = [found.span for found in (stopped.supplier.accredited if stopped.supplier else None) or ()]
    return _visits_from(stopped, stopped.next_start(spans), "an accreditation on file begins then")


def _licensed(stopped: Stopped) -> Iterator[str]:
    place, _ = find_place(stopped.facts, stopped.visit)
    licensed = (stopped.supplier.licensed if stopped.supplier else None) or ()
    spans = [found.span for found in licensed if place and found.state == place.state]
    return _visits_from(stopped, stopped.next_start(spans), "a license on file begins then")


def _not_selected(stopped: Stopped) -> Iterator[str]:
    """Prepayment review goes by the day of receipt."""
    if last := stopped.day("review through"):
        yield f"Claims received from {stopped.say(last + ONE_DAY)} on are not selected."


# ---------- the patient ----------


def _part_b_again(stopped: Stopped) -> Iterator[str]:
    spans = stopped.patient.part_b if stopped.patient else None
    return _visits_from(stopped, stopped.next_start(spans), "Part B begins again")


def _under_care(stopped: Stopped) -> Iterator[str]:
    spans = [found.span for found in (stopped.patient.applicable_providers if stopped.patient else None) or ()]
    return _visits_from(stopped, stopped.next_start(spans), "a provider on file begins then")


def _at_home_again(stopped: Stopped) -> Iterator[str]:
    """The day of discharge is outside the stay (reading 9)."""
    return _visits_from(stopped, stopped.day("discharged"), "the day of discharge is outside the stay")


# ---------- the plan of care ----------


def _plan_in_force(stopped: Stopped) -> Iterator[str]:
    plans = (stopped.patient.plans_of_care if stopped.patient else None) or ()
    spans = [Span(plan.starts, plan.ends) for plan in plans]
    return _visits_from(stopped, stopped.next_start(spans), "a plan of care is in force then")


def _signed(stopped: Stopped) -> Iterator[str]:
    """A signature counts when it is dated no later than the day of receipt (reading 15)."""
    signed = stopped.day("signed")
    yield f"A new claim from {stopped.say(signed) if signed else 'the day of the signature'} on."


def _next_week(stopped: Stopped) -> Iterator[str]:
    sunday = stopped.day("week from")
    return _visits_from(stopped, sunday + WEEK if sunday else None, "the next week begins")


def _reviewed(stopped: Stopped) -> Iterator[str]:
    every = stopped.evidence.get("days between reviews")
    if isinstance(every, int):
        yield f"A review counts for the {days(every)} after it."


# ---------- the drug ----------


def _drug_bill(stopped: Stopped) -> Iterator[str]:
    """How long the bill that the finding names counts, or counted."""
    dated = stopped.day("dated")
    if dated is None:
        return
    through = dated + WINDOW
    name = stopped.evidence.get("drug bill")
    if through < stopped.visit:
        yield f"{name} of {stopped.say(dated)} counted through {stopped.say(through)}."
    else:
        yield f"Once it is paid, {name} of {stopped.say(dated)} counts through {stopped.say(through)}."


def _counts(key: str, when: str) -> Say:
    """How long the drug of a day counts, under a condition."""

    def say(stopped: Stopped) -> Iterator[str]:
        if dated := stopped.day(key):
            yield f"{when}, the bill of {stopped.say(dated)} counts through {stopped.say(dated + WINDOW)}."

    return say


#: How each edit with a day says it. HIT-601 carries its own: `next_eligible`.
SAYS: dict[str, Say] = {
    "HIT-101": _on("first day of the benefit"),
    "HIT-107": _on("visit", "once it has taken place"),
    "HIT-201": _enrolled,
    "HIT-202": _accredited,
    "HIT-203": _licensed,
    "HIT-205": _after("revoked through"),
    "HIT-206": _not_selected,
    "HIT-302": _on("Part B begins"),
    "HIT-303": _part_b_again,
    "HIT-305": _after("plan through"),
    "HIT-306": _at_home_again,
    "HIT-307": _at_home_again,
    "HIT-308": _after("hospice through"),
    "HIT-309": _after("other insurer through"),
    "HIT-310": _under_care,
    "HIT-401": _plan_in_force,
    "HIT-403": _signed,
    "HIT-405": _signed,
    "HIT-406": _next_week,
    "HIT-408": _reviewed,
    "HIT-501": _drug_bill,
    "HIT-502": _counts("last dated", "Paid on appeal"),
    "HIT-503": _counts("dated", "For visits of its own category"),
    "HIT-504": _counts("dated", "Once its category is given"),
}
