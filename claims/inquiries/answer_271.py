"""The eligibility answer (271, 005010X279A1): what was asked given back, and what holds in EB segments.

Where no code says it (which home infusion drug counts and until when, from which day an initial visit is possible), an
MSG segment does, in words. Why each code was chosen: docs/inquiries.md. Pure: no database, no clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from claims.adjudication.facts import Span
from claims.inquiries.asking import Told, WhyNot
from claims.inquiries.eligibility import DrugTold, Eligibility, StayTold
from claims.intake.x12.answers import Identity, write_answer
from claims.intake.x12.inquiries import EligibilityInquiry, Party, Patient, batch_id
from claims.intake.x12.outgoing import number
from claims.intake.x12.readings import InterchangeReading, SetReading
from claims.intake.x12.segments import Element

GUIDE_271 = "005010X279A1"
GROUP_271 = "HB"

#: The health benefit plan as a whole (EB03), Medicare Part A and Part B (EB04).
PLAN, PART_A, PART_B = "30", "MA", "MB"
#: EB03 and words of the stays.
STAYS = {"hospital": ("48", "HOSPITAL"), "snf": ("AG", "SKILLED NURSING FACILITY")}
LONGEST_MESSAGE = 264

Segments = Iterator[Sequence[Element]]


@dataclass(frozen=True, slots=True)
class AnsweredSet:
    """A 270 with the answer to each of its patients; None for a subscriber who is only above a dependent.

    `refused` are the receivers, by level, that may not ask.
    """

    transaction: SetReading
    answers: Sequence[tuple[EligibilityInquiry, Told | None]]
    refused: frozenset[str] = frozenset()


def write_271(
    interchange: InterchangeReading,
    sets: Sequence[AnsweredSet],
    identity: Identity,
    control_number: int,
    now: dt.datetime,
) -> bytes:
    """One 271 for each 270 of an interchange, in one group."""
    bodies = [list(_set(answered, identity, now)) for answered in sets]
    receiver = interchange.groups[0].gs[2].strip()
    return write_answer(interchange, identity, control_number, now, (GROUP_271, GUIDE_271, receiver, "271"), bodies)


def _set(answered: AnsweredSet, identity: Identity, now: dt.datetime) -> Segments:
    yield "BHT", "0022", "11", batch_id(answered.transaction)[:50], f"{now:%Y%m%d}", f"{now:%H%M}"
    yield "HL", "1", "", "20", "1"
    yield "NM1", "PR", "2", identity.name, "", "", "", "", "PI", identity.contractor_number
    last = 1
    for level, found in groupby(answered.answers, key=lambda answer: answer[0].level):
        last += 1
        receiver, patients = last, list(found)
        is_refused = level in answered.refused
        yield "HL", str(receiver), "1", "21", "0" if is_refused else "1"
        yield _party(patients[0][0].receiver)
        if is_refused:
            yield _rejection(WhyNot.NOT_YOURS)
            continue
        above = receiver
        for place, (inquiry, told) in enumerate(patients):
            last += 1
            has_child = place + 1 < len(patients) and patients[place + 1][0].is_dependent and not inquiry.is_dependent
            parent = above if inquiry.is_dependent else receiver
            yield "HL", str(last), str(parent), "23" if inquiry.is_dependent else "22", "1" if has_child else "0"
            yield from _patient(inquiry, told)
            above = above if inquiry.is_dependent else last


def _party(party: Party) -> Sequence[Element]:
    """The receiver as it named itself, as far as the guide of the answer lets it be."""
    return (
        *("NM1", party.entity or "1P", party.kind or "2", party.name[:60], party.first_name[:35], "", "", ""),
        *(party.qualifier or "XX", party.identifier[:80] or "NOT GIVEN"),
    )


def _patient(inquiry: EligibilityInquiry, told: Told | None) -> Segments:
    """The patient as named by who asked, never as on file."""
    patient = inquiry.patient
    if told is not None:
        for trace, origin in inquiry.traces[:2]:
            yield "TRN", "2", trace[:50], origin[:10]
    yield _name(patient, "03" if inquiry.is_dependent else "IL")
    if told is None:
        return
    if told.eligibility is None:
        yield _rejection(told.why_not or WhyNot.NOT_FOUND)
        return
    yield "DMG", "D8", f"{patient.birth_date:%Y%m%d}", patient.sex if patient.sex in ("F", "M") else ""
    yield "DTP", "307", "D8", _day(told.eligibility.day)
    if told.eligibility.died:
        yield "DTP", "442", "D8", _day(told.eligibility.died)
    yield from _benefits(told.eligibility)


def _name(patient: Patient, entity: str) -> Sequence[Element]:
    name = patient.last_name[:60], patient.first_name[:35], patient.middle_name[:25]
    identifier = ("MI", patient.number[:80]) if len(patient.number) > 1 else ("", "")
    return ("NM1", entity, "1", *name, "", "", *identifier)


def _rejection(why: WhyNot) -> Sequence[Element]:
    """AAA01 is Y where the inquiry was valid and could not be answered all the same."""
    return "AAA", "Y" if why is WhyNot.TOO_MANY else "N", "", why.reject_reason, why.follow_up


def _benefits(told: Eligibility) -> Segments:
    yield from _coverage(told)
    yield from _elsewhere(told)
    if told.is_active:
        yield from _money(told)
        yield from _drugs(told)
        yield from _initial_visit(told)


def _coverage(told: Eligibility) -> Segments:
    """Part B on the day (EB01 1, else 6), with its span."""
    yield "EB", "1" if told.is_active else "6", "", PLAN, PART_B
    span = told.part_b or told.nearest_part_b
    if span:
        yield _span("291", span)
    if told.died:
        yield _message(f"THE DAY IS AFTER THE DAY OF DEATH ON FILE, {told.died}")
    elif not told.part_b:
        yield _message("NO PART B ON THE DAY ASKED ABOUT")


def _elsewhere(told: Eligibility) -> Segments:
    """Who answers instead of Part B or before it, and where the patient stays."""
    if told.medicare_advantage:
        yield "EB", "R", "", PLAN
        yield _span("290", told.medicare_advantage)
        yield _message("MEDICARE ADVANTAGE PLAN ON THE DAY. BILL THE PLAN")
    if told.other_insurer:
        yield "EB", "R", "", PLAN
        yield _span("290", told.other_insurer)
        yield _message("ANOTHER INSURER PAYS FIRST ON THE DAY. BILL IT FIRST")
    if told.hospice:
        yield "EB", "X", "", "45", PART_A
        yield _span("292", told.hospice)
        yield _message("HOSPICE ELECTED. PAYABLE ONLY WHEN UNRELATED, WITH MODIFIER GW")
    for stay in told.stays:
        yield from _stay(stay)


def _stay(stay: StayTold) -> Segments:
    service, words = STAYS[stay.kind]
    yield "EB", "X", "", service, PART_A
    yield "DTP", "435", "D8", _day(stay.admitted)
    if stay.discharged:
        yield "DTP", "096", "D8", _day(stay.discharged)
    yield _message(f"IN A {words} ON THE DAY. NO VISIT IS PAYABLE BETWEEN ADMISSION AND DISCHARGE")


def _money(told: Eligibility) -> Segments:
    """The deductible of the calendar year (EB06 23), what is left of it (29), the coinsurance of each visit (27)."""
    year = Span(dt.date(told.day.year, 1, 1), dt.date(told.day.year, 12, 31))
    for period, amount in (("23", told.deductible), ("29", told.deductible_left)):
        if amount is not None:
            yield "EB", "C", "IND", PLAN, PART_B, "", period, _number(amount)
            yield _span("292", year)
    if told.coinsurance is not None:
        yield "EB", "A", "IND", PLAN, PART_B, "", "27", "", _number(told.coinsurance)


def _drugs(told: Eligibility) -> Segments:
    for drug in told.drugs:
        yield _procedure(drug.hcpcs, drug.modifier)
        yield _span("292", Span(drug.billed_on, drug.last_day))
        yield _message(drug_message(drug))
    if not told.drugs:
        yield "EB", "D", "", PLAN, PART_B
        yield _message("NO HOME INFUSION DRUG BILLED TO DME IN THE 30 DAYS BEFORE THE DAY. A VISIT WOULD WAIT FOR ONE")


def drug_message(drug: DrugTold) -> str:
    category = f"CATEGORY {drug.category}" if drug.category else "CATEGORY GIVEN BY A REVIEWER"
    standing = "COUNTS" if drug.is_paid else "UNDECIDED AT DME, WOULD COUNT"
    return f"HOME INFUSION DRUG {drug.name}, {category}, {standing} THROUGH {drug.last_day}, {drug.days_left} DAYS LEFT"


def _initial_visit(told: Eligibility) -> Segments:
    """For each code of an initial visit the first day on which it is possible, and the last visit by its day."""
    whose = "YOURS" if told.last_visit_is_own else "ANOTHER SUPPLIER"
    last = f"LAST VISIT {told.last_visit}, {whose}" if told.last_visit else "NO EARLIER VISIT ON FILE"
    for code in told.initial_codes:
        yield _procedure(code)
        if told.last_visit:
            yield "DTP", "304", "D8", _day(told.last_visit)
        yield "DTP", "348", "D8", _day(told.initial_from)
        yield _message(f"INITIAL VISIT POSSIBLE FROM {told.initial_from}. {last}")


def _procedure(hcpcs: str, modifier: str = "") -> Sequence[Element]:
    """A benefit told for one code (EB13) and not for a service type (EB03), as CMS tells preventive services."""
    return "EB", "D", "", "", PART_B, *[""] * 8, ("HC", hcpcs, modifier)


def _span(qualifier: str, span: Span) -> Sequence[Element]:
    """A span that is open has its first day alone."""
    if span.end is None:
        return "DTP", qualifier, "D8", _day(span.start)
    return "DTP", qualifier, "RD8", f"{_day(span.start)}-{_day(span.end)}"


def _message(words: str) -> Sequence[Element]:
    return "MSG", words[:LONGEST_MESSAGE]


def _day(day: dt.date) -> str:
    return f"{day:%Y%m%d}"


def _number(value: Decimal) -> str:
    """An amount or a rate; without the zero before the point."""
    return number(value).removeprefix("0") or "0"
