"""Writing an 837P (005010X222A1), as a supplier's billing program would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings

from claims.demo.bills import Bill, BilledLine, Biller, Mailing, PostalAddress
from claims.intake.x12.segments import Element, write_segments

VERSION = "005010X222A1"
Segments = Iterator[tuple[Element, ...]]


def write_837p(mailing: Mailing) -> bytes:
    """One interchange with one group and one transaction set that holds all bills of the mailing."""
    body = list(_transaction(mailing))
    group = str(mailing.control_number)
    segments: list[tuple[Element, ...]] = [
        ("GS", "HC", mailing.sender, _receiver(), day(mailing.sent), f"{mailing.sent:%H%M}", group, "X", VERSION),
        *body,
        ("SE", str(len(body) + 1), "0001"),
        ("GE", "1", group),
        ("IEA", "1", f"{mailing.control_number:09d}"),
    ]
    return _interchange_header(mailing) + write_segments(segments)


def _receiver() -> str:
    return str(settings.CONTRACTOR["interchange_id"])


def _interchange_header(mailing: Mailing) -> bytes:
    """The ISA segment: fixed widths, and the delimiters as data, which no other segment may hold."""
    blank = " " * 10
    qualifier = settings.CONTRACTOR["interchange_qualifier"]
    elements = (
        f"ISA*00*{blank}*00*{blank}*ZZ*{mailing.sender:<15}*{qualifier}*{_receiver():<15}",
        f"{mailing.sent:%y%m%d*%H%M}*^*00501*{mailing.control_number:09d}*0*{'T' if mailing.is_test else 'P'}*:~\n",
    )
    return "*".join(elements).encode("ascii")


def _transaction(mailing: Mailing) -> Segments:
    batch = f"B{mailing.control_number:09d}"
    yield ("ST", "837", "0001", VERSION)
    yield ("BHT", "0019", "00", batch, day(mailing.sent), f"{mailing.sent:%H%M}", "CH")
    yield ("NM1", "41", "2", mailing.sender_name, "", "", "", "", "46", mailing.sender)
    yield ("PER", "IC", "BILLING DESK", "TE", "8005550100")
    yield ("NM1", "40", "2", str(settings.CONTRACTOR["name"]), "", "", "", "", "46", _receiver())
    level = 0
    for biller, bills in mailing.bills:
        level += 1
        billing_level = level
        yield from _billing_provider(biller, level)
        for bill in bills:
            level += 1
            yield from _patient(bill, level, billing_level)
            yield from _claim(bill)


def _billing_provider(biller: Biller, level: int) -> Segments:
    yield ("HL", str(level), "", "20", "1")
    if biller.taxonomy:
        yield ("PRV", "BI", "PXC", biller.taxonomy)
    yield ("NM1", "85", "2", biller.name.upper(), "", "", "", "", "XX", biller.npi)
    yield from _address(biller.address)
    yield ("REF", "EI", biller.tin)


def _address(address: PostalAddress) -> Segments:
    yield ("N3", address.street.upper())
    yield ("N4", address.city.upper(), address.state, address.zip)


def _patient(bill: Bill, level: int, parent: int) -> Segments:
    patient = bill.patient
    yield ("HL", str(level), str(parent), "22", "0")
    yield ("SBR", "P", "18", "", "", "", "", "", "", "MB")
    yield ("NM1", "IL", "1", patient.last_name.upper(), patient.first_name.upper(), "", "", "", "MI", patient.mbi)
    yield from _address(patient.address)
    yield ("DMG", "D8", day(patient.birth_date), patient.sex)
    yield ("NM1", "PR", "2", str(settings.CONTRACTOR["name"]), "", "", "", "", "PI", _receiver())


def _claim(bill: Bill) -> Segments:
    place = (bill.place_of_service, "B", "1")
    yield ("CLM", bill.control_number, str(bill.charge), "", "", place, "Y", bill.assignment, "Y", "Y")
    if bill.note:
        yield ("NTE", "ADD", bill.note)
    if bill.diagnoses:
        yield ("HI", *_diagnoses(bill.diagnoses))
    if bill.referring:
        doctor = bill.referring
        yield ("NM1", "DN", "1", doctor.last_name.upper(), doctor.first_name.upper(), "", "", "", "XX", doctor.npi)
    if bill.service_location:
        yield ("NM1", "77", "2", "HOME OF THE PATIENT")
        yield from _address(bill.service_location)
    pointer = "1" if bill.diagnoses else ""
    for number, line in enumerate(bill.lines, 1):
        yield from _line(line, number, pointer, bill.control_number)


def _diagnoses(codes: tuple[str, ...]) -> Iterator[Element]:
    for place, code in enumerate(codes):
        yield ("ABF" if place else "ABK", code.replace(".", ""))


def _line(line: BilledLine, number: int, pointer: str, control_number: str) -> Segments:
    yield ("LX", str(number))
    procedure = ("HC", line.hcpcs, *line.modifiers)
    yield ("SV1", procedure, str(line.charge), "UN", line.units, "", "", pointer)
    if line.through:
        yield ("DTP", "472", "RD8", f"{day(line.day)}-{day(line.through)}")
    else:
        yield ("DTP", "472", "D8", day(line.day))
    yield ("REF", "6R", f"{control_number}L{number}")
    if line.note:
        yield ("NTE", "ADD", line.note)


def day(value: dt.date) -> str:
    return f"{value:%Y%m%d}"
