"""What the eligibility page and the API say of a patient, and what the status page and the API say of claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.actions import log_accesses
from accounts.models import User
from beneficiaries.readers import PatientAsBilled
from claims.adjudication.facts import Span
from claims.edits.wording import days as days_in_words
from claims.edits.wording import dollars, in_words, listed
from claims.inquiries.asking import Asked, Told, ask
from claims.inquiries.eligibility import DrugTold, Eligibility
from claims.inquiries.finding import MOST_CLAIMS
from claims.inquiries.standing import Standing, standings
from claims.models import Claim
from policy import clock
from policy.readers import tables_as_known
from suppliers.models import Supplier
from suppliers.rights import Right


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that holds: a word for it, how it is, and a tone: pays, hold, denied or neutral."""

    what: str
    how: str
    tone: str


def ask_one(supplier: Supplier, patient: PatientAsBilled, day: dt.date | None, *, by: User, page: str) -> Told:
    """The eligibility of one patient, as of today where no day is given; logged and counted as every look."""
    today = clock.today()
    (told,) = ask(supplier, [Asked(patient, day or today)], by=by, today=today, tables=tables_as_known(), page=page)
    return told


def facts_shown(told: Eligibility) -> tuple[Fact, ...]:
    """An eligibility in words, one row a fact; what a 271 says, no more."""
    rows = [*_coverage(told), *_elsewhere(told)]
    if told.is_active:
        rows += [*_money(told), *_drugs(told), _initial_visit(told)]
    return tuple(rows)


def headline(told: Eligibility) -> str:
    """One sentence on whether a visit on the day could be payable, as far as the record of the patient says."""
    year = told.day.year
    day = in_words(told.day)
    if not told.is_active:
        return f"No visit is payable on {day}: there is no Part B."
    if told.medicare_advantage:
        return f"No visit is payable here on {day}: the Medicare Advantage plan pays."
    if told.other_insurer:
        return f"Another insurer pays first on {day}."
    if told.stays:
        return f"No visit is payable on {day}: the patient is inside a stay."
    if not told.drugs:
        return f"A visit on {day} would wait: no home infusion drug is billed in the 30 days before."
    if not told.has_drug:
        return f"A visit on {day} would wait: its drug bill is undecided at DME."
    kind = "an initial or subsequent" if told.initial_from == told.day else "a subsequent"
    later = "" if told.initial_from == told.day else f"; an initial one from {in_words(told.initial_from, year)}"
    return f"Nothing on file speaks against {kind} visit on {day}{later}."


def _span(span: Span) -> str:
    return f"from {in_words(span.start)}" + (f" through {in_words(span.end)}" if span.end else " on")


def _coverage(told: Eligibility) -> Iterator[Fact]:
    if told.died:
        yield Fact("Part B", f"The day is after the day of death on file, {in_words(told.died)}.", "denied")
    elif told.part_b:
        yield Fact("Part B", f"Active, {_span(told.part_b)}.", "pays")
    else:
        nearest = f" On file: {_span(told.nearest_part_b)}." if told.nearest_part_b else ""
        yield Fact("Part B", f"Not on the day.{nearest}", "denied")


def _elsewhere(told: Eligibility) -> Iterator[Fact]:
    if plan := told.medicare_advantage:
        yield Fact("Medicare Advantage", f"In a plan {_span(plan)}. Bill the plan.", "denied")
    if insurer := told.other_insurer:
        yield Fact("Other insurer", f"Another insurer pays first {_span(insurer)}. Bill it first.", "denied")
    if hospice := told.hospice:
        words = f"Elected {_span(hospice)}. Payable only when unrelated, with modifier GW."
        yield Fact("Hospice", words, "hold")
    for stay in told.stays:
        where = "a hospital" if stay.kind == "hospital" else "a skilled nursing facility"
        until = f"discharged {in_words(stay.discharged)}" if stay.discharged else "not discharged since"
        words = f"In {where}, admitted {in_words(stay.admitted)}, {until}. No visit between is payable."
        yield Fact("Stay", words, "denied")


def _money(told: Eligibility) -> Iterator[Fact]:
    year = told.day.year
    if told.deductible is None or told.deductible_left is None:
        yield Fact("Deductible", f"None is on file for {year}.", "neutral")
    else:
        words = f"{dollars(told.deductible_left)} of {dollars(told.deductible)} are left for {year}."
        yield Fact("Deductible", words, "neutral")
    if told.coinsurance is not None:
        yield Fact("Coinsurance", f"{told.coinsurance:.0%} of what is allowed after the deductible.", "neutral")


def _drugs(told: Eligibility) -> Iterator[Fact]:
    for drug in told.drugs:
        yield Fact("Home infusion drug", drug_in_words(drug), "pays" if drug.is_paid else "hold")
    if not told.drugs:
        words = "None billed to DME in the 30 days before the day. A visit would wait for its bill."
        yield Fact("Home infusion drug", words, "hold")


def drug_in_words(drug: DrugTold) -> str:
    category = f"category {drug.category}" if drug.category else "a category that a reviewer gives"
    counts = "counts" if drug.is_paid else "is undecided at DME and would count"
    through = f"{counts} through {in_words(drug.last_day)}, {days_in_words(drug.days_left)} more"
    return f"{drug.name}, {category}, billed {in_words(drug.billed_on)}: {through}."


def _initial_visit(told: Eligibility) -> Fact:
    codes = listed(told.initial_codes) or "No code"
    if told.last_visit is None:
        last = "No earlier visit is on file."
    else:
        whose = "yours" if told.last_visit_is_own else "of another supplier"
        last = f"The last visit, {whose}, was on {in_words(told.last_visit)}."
    tone = "pays" if told.initial_from == told.day else "hold"
    return Fact("Initial visit", f"Possible from {in_words(told.initial_from)} ({codes}). {last}", tone)


# ---------- claim status ----------


@dataclass(frozen=True, slots=True)
class StatusSought:
    """What a person's own claims are sought by."""

    number: str
    account: str
    days: tuple[dt.date, dt.date] | None


@dataclass(frozen=True, slots=True)
class StatusFound:
    """The claims found, the latest first; `has_more` tells that only the first are shown."""

    standings: tuple[Standing, ...]
    has_more: bool


def claims_sought(person: User, sought: StatusSought) -> QuerySet[Claim]:
    """The claims of a person's suppliers that meet what was given."""
    claims = Claim.objects.filter(supplier__in=Supplier.objects.allowing(person, Right.CLAIMS_READ)).defer("billed")
    if sought.number:
        claims = claims.filter(icn=sought.number)
    if sought.account:
        claims = claims.filter(patient_control_number=sought.account)
    if sought.days:
        claims = claims.filter(first_day__lte=sought.days[1], last_day__gte=sought.days[0])
    return claims


def told_to(person: User, claims: Sequence[Claim], *, page: str) -> tuple[Standing, ...]:
    """Where claims that a person may see stand; five queries, however many claims. That they are told is logged."""
    standing = standings(claims)
    log_accesses(person, claims, page=page)
    return tuple(standing[claim.pk] for claim in claims)


def status_of_claims(person: User, sought: StatusSought, *, page: str) -> StatusFound:
    """Where the latest of a person's suppliers' own claims stand."""
    found = list(claims_sought(person, sought).order_by("-arrival")[: MOST_CLAIMS + 1])
    return StatusFound(told_to(person, found[:MOST_CLAIMS], page=page), len(found) > MOST_CLAIMS)
