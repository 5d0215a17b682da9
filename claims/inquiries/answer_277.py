"""The claim status answer (277, 005010X212): each claim that was found, with its status codes and those of its lines.

A request that finds several claims is answered with each of them under its own trace number (TRN02); one that finds
none says why in its status. It asks neither the database nor the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from claims.inquiries import status_codes as codes
from claims.inquiries.finding import Found
from claims.inquiries.standing import LineStanding, Standing
from claims.intake.x12.answers import Identity, write_answer
from claims.intake.x12.inquiries import Party, StatusInquiry, StatusPatient
from claims.intake.x12.outgoing import number
from claims.intake.x12.readings import InterchangeReading, SetReading
from claims.intake.x12.segments import Element

GUIDE_277 = "005010X212"
GROUP_277 = "HN"
NOT_GIVEN = "NOT GIVEN"

Segments = Iterator[Sequence[Element]]


@dataclass(frozen=True, slots=True)
class AnsweredPatient:
    """A patient of a 276 with what was found for each of its requests."""

    patient: StatusPatient
    found: Sequence[tuple[StatusInquiry, Found]]


@dataclass(frozen=True, slots=True)
class AnsweredSet:
    """A 276 with its patients; `refused` are the providers, by level, whose claims who asks may not see."""

    transaction: SetReading
    patients: Sequence[AnsweredPatient]
    refused: frozenset[tuple[str, str]] = frozenset()


def write_277(
    interchange: InterchangeReading,
    sets: Sequence[AnsweredSet],
    identity: Identity,
    control_number: int,
    now: dt.datetime,
) -> bytes:
    """One 277 for each 276 of an interchange, in one group."""
    bodies = [
        list(_set(answered, identity, f"{now:%Y%m%d%H%M%S}{control_number:09}{index:04}", now))
        for index, answered in enumerate(sets, 1)
    ]
    receiver = interchange.groups[0].gs[2].strip()
    return write_answer(interchange, identity, control_number, now, (GROUP_277, GUIDE_277, receiver, "277"), bodies)


class _Numbers:
    """HL numbers in turn."""

    def __init__(self) -> None:
        self.last = 1

    def next(self) -> int:
        self.last += 1
        return self.last


def _set(answered: AnsweredSet, identity: Identity, trace: str, now: dt.datetime) -> Segments:
    day, numbers = f"{now:%Y%m%d}", _Numbers()
    yield "BHT", "0010", "08", trace, day, f"{now:%H%M}", "DG"
    yield "HL", "1", "", "20", "1"
    yield "NM1", "PR", "2", identity.name, "", "", "", "", "PI", identity.contractor_number
    for _, of_receiver in groupby(answered.patients, key=lambda each: each.patient.level[0]):
        patients = list(of_receiver)
        receiver = numbers.next()
        yield "HL", str(receiver), "1", "21", "1"
        yield _party(patients[0].patient.receiver, "41", "46")
        for level, of_provider in groupby(patients, key=lambda each: each.patient.level):
            yield from _provider(list(of_provider), receiver, numbers, day, is_refused=level in answered.refused)


def _provider(
    patients: Sequence[AnsweredPatient], receiver: int, numbers: _Numbers, day: str, *, is_refused: bool
) -> Segments:
    provider = above = numbers.next()
    yield "HL", str(provider), str(receiver), "19", "0" if is_refused else "1"
    yield _party(patients[0].patient.provider, "1P", "XX")
    if is_refused:
        yield "TRN", "1", "0"
        yield "STC", codes.NOT_YOURS.element, day
        return
    for place, answered in enumerate(patients):
        level, patient = numbers.next(), answered.patient
        following = patients[place + 1].patient if place + 1 < len(patients) else None
        has_child = following is not None and following.is_dependent and not patient.is_dependent
        parent = above if patient.is_dependent else provider
        yield "HL", str(level), str(parent), "23" if patient.is_dependent else "22", "1" if has_child else "0"
        yield _name(patient)
        for inquiry, found in answered.found:
            yield from _inquiry(inquiry, found, day)
        above = above if patient.is_dependent else level


def _party(party: Party, entity: str, qualifier: str) -> Sequence[Element]:
    identifier = party.identifier[:80] if len(party.identifier) > 1 else NOT_GIVEN
    name = party.name[:60] or NOT_GIVEN, party.first_name[:35]
    return "NM1", entity, party.kind or "2", *name, "", "", "", party.qualifier or qualifier, identifier


def _name(patient: StatusPatient) -> Sequence[Element]:
    """The patient as named by who asked."""
    who = patient.patient
    name = who.last_name[:60] or NOT_GIVEN, who.first_name[:35], who.middle_name[:25]
    if patient.is_dependent:
        return "NM1", "QC", "1", *name
    return "NM1", "IL", "1", *name, "", "", "MI", who.number[:80] if len(who.number) > 1 else NOT_GIVEN


def _inquiry(inquiry: StatusInquiry, found: Found, day: str) -> Segments:
    trace = inquiry.trace[:50] or NOT_GIVEN
    for standing in found.standings:
        yield "TRN", "2", trace
        yield from _claim(standing)
    if found.why_not:
        yield "TRN", "2", trace
        yield "STC", found.why_not.element, day
        if inquiry.claim_number:
            yield "REF", "1K", inquiry.claim_number[:50]
        if inquiry.patient_control_number:
            yield "REF", "EJ", inquiry.patient_control_number[:50]
        if inquiry.days:
            yield "DTP", "472", *_days(*inquiry.days)


def _claim(standing: Standing) -> Segments:
    claim = standing.claim
    first, *more = standing.statuses
    is_final = first.is_final
    payment = (
        *("", number(claim.total_charge), number(standing.paid) if is_final else ""),
        *(_day(standing.decided_on) if is_final else "", "", _day(standing.told_on), standing.trace_number),
    )
    yield "STC", first.element, _day(standing.since), *payment, *(status.element for status in more)
    if claim.icn:
        yield "REF", "1K", claim.icn
    yield "REF", "EJ", claim.patient_control_number
    if claim.first_day:
        yield "DTP", "472", *_days(claim.first_day, claim.last_day or claim.first_day)
    for line in standing.lines:
        yield from _line(line, standing.since)


def _line(line: LineStanding, since: dt.date) -> Segments:
    procedure = ("HC", line.hcpcs, *(code for code in line.modifiers if len(code) == 2))
    units = number(line.units) if line.units else "0"
    yield "SVC", procedure, number(line.charge), number(line.paid), "", "", "", units
    yield "STC", line.status.element, _day(since)
    if line.control_number:
        yield "REF", "FJ", line.control_number
    yield "DTP", "472", *_days(line.first_day, line.last_day)


def _days(first: dt.date, last: dt.date) -> tuple[str, str]:
    return ("D8", _day(first)) if first == last else ("RD8", f"{_day(first)}-{_day(last)}")


def _day(day: dt.date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
