"""A claim as it stands on the paper form CMS-1500 (02/12), and the same claim in the shape of an 837P.

In that shape it passes the very checks of the gateway and is stored as any other claim; what the gateway finds is led
back to the items of the form. Field names are those of the entry form.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.intake.x12.claim_837p import Attachment
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.segments import Element, write_segments

GUIDE = "005010X222A1"

Segments = Iterator[tuple[Element, ...]]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends an interchange, by identifier and name, and its control number."""

    sender: str
    name: str
    control_number: int = 1


#: What an examiner keys.
FROM_PAPER = Envelope("PAPER", "KEYED FROM PAPER")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Item 24, one line. Charge in dollars, units as written, diagnosis pointers as numbers from 1."""

    first_day: dt.date
    last_day: dt.date | None
    place_of_service: str
    hcpcs: str
    modifiers: tuple[str, ...]
    pointers: tuple[int, ...]
    charge: Decimal
    units: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class PaperClaim:
    """The items of the form that a home infusion therapy claim uses; `received_on` is the day stamped on the paper.

    `attachments` are papers that come apart, which a claim written on our pages or as JSON may announce.
    """

    received_on: dt.date
    mbi: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    sex: str
    street: str
    city: str
    state: str
    zip_code: str
    referring_last_name: str
    referring_first_name: str
    referring_npi: str
    note: str
    diagnoses: tuple[str, ...]
    frequency: str
    original_claim_number: str
    prior_authorization: str
    tax_id: str
    patient_control_number: str
    accepts_assignment: bool
    total_charge: Decimal
    location_name: str
    location_npi: str
    location_street: str
    location_city: str
    location_state: str
    location_zip: str
    billing_name: str
    billing_npi: str
    billing_street: str
    billing_city: str
    billing_state: str
    billing_zip: str
    lines: tuple[PaperLine, ...]
    attachments: tuple[Attachment, ...] = ()


# ---------- in the shape of an 837P ----------


def as_837p(claim: PaperClaim, payer: str, payer_id: str, envelope: Envelope = FROM_PAPER) -> bytes:
    """One interchange with this one claim, received by the payer."""
    body = list(_transaction(claim, payer, payer_id, envelope))
    segments: list[tuple[Element, ...]] = [
        ("GS", "HC", envelope.sender, payer_id, _day(claim.received_on), "0000", "1", "X", GUIDE),
        *body,
        ("SE", str(len(body) + 1), "0001"),
        ("GE", "1", "1"),
        ("IEA", "1", f"{envelope.control_number:09}"),
    ]
    blank = " " * 10
    who = f"ISA*00*{blank}*00*{blank}*ZZ*{envelope.sender:<15}*ZZ*{payer_id:<15}"
    header = f"{who}*{claim.received_on:%y%m%d}*0000*^*00501*{envelope.control_number:09}*0*P*:~"
    return header.encode("ascii") + write_segments(segments)


def _transaction(claim: PaperClaim, payer: str, payer_id: str, envelope: Envelope) -> Segments:
    yield ("ST", "837", "0001", GUIDE)
    yield ("BHT", "0019", "00", str(envelope.control_number), _day(claim.received_on), "0000", "CH")
    yield ("NM1", "41", "2", envelope.name, "", "", "", "", "46", envelope.sender)
    yield ("PER", "IC", envelope.name, "TE", "8005550100")
    yield ("NM1", "40", "2", payer, "", "", "", "", "46", payer_id)
    yield ("HL", "1", "", "20", "1")
    yield ("NM1", "85", "2", claim.billing_name, "", "", "", "", "XX", claim.billing_npi)
    yield from _address(claim.billing_street, claim.billing_city, claim.billing_state, claim.billing_zip)
    yield ("REF", "EI", claim.tax_id)
    yield ("HL", "2", "1", "22", "0")
    yield ("SBR", "P", "18", "", "", "", "", "", "", "MB")
    yield ("NM1", "IL", "1", claim.last_name, claim.first_name, claim.middle_name, "", "", "MI", claim.mbi)
    yield from _address(claim.street, claim.city, claim.state, claim.zip_code)
    yield ("DMG", "D8", _day(claim.birth_date), claim.sex)
    yield ("NM1", "PR", "2", payer, "", "", "", "", "PI", payer_id)
    yield from _claim(claim)


def _address(street: str, city: str, state: str, zip_code: str) -> Segments:
    yield ("N3", street)
    yield ("N4", city, state, zip_code.replace("-", ""))


def _claim(claim: PaperClaim) -> Segments:
    place = (claim.lines[0].place_of_service, "B", claim.frequency)
    assignment = "A" if claim.accepts_assignment else "C"
    yield ("CLM", claim.patient_control_number, str(claim.total_charge), "", "", place, "Y", assignment, "Y", "Y")
    for paper in claim.attachments:
        yield ("PWK", paper.report_type, paper.transmission, "", "", "AC", paper.control_number)
    if claim.original_claim_number:
        yield ("REF", "F8", claim.original_claim_number)
    if claim.prior_authorization:
        yield ("REF", "G1", claim.prior_authorization)
    if claim.note:
        yield ("NTE", "ADD", claim.note)
    if claim.diagnoses:
        codes = enumerate(claim.diagnoses)
        yield ("HI", *(("ABF" if at else "ABK", code.replace(".", "")) for at, code in codes))
    yield from _others(claim)
    for number, line in enumerate(claim.lines, 1):
        yield from _line(line, number, place[0])


def _others(claim: PaperClaim) -> Segments:
    """Who referred the patient (item 17), where the service was furnished (item 32)."""
    if claim.referring_last_name or claim.referring_npi:
        name = (claim.referring_last_name, claim.referring_first_name)
        yield ("NM1", "DN", "1", *name, "", "", "", *_npi(claim.referring_npi))
    if claim.location_name or claim.location_street:
        yield ("NM1", "77", "2", claim.location_name, "", "", "", "", *_npi(claim.location_npi))
        yield from _address(claim.location_street, claim.location_city, claim.location_state, claim.location_zip)


def _npi(number: str) -> tuple[str, ...]:
    return ("XX", number) if number else ()


def _line(line: PaperLine, number: int, place_of_claim: str) -> Segments:
    yield ("LX", str(number))
    place = "" if line.place_of_service == place_of_claim else line.place_of_service
    pointers = tuple(map(str, line.pointers))
    procedure = ("HC", line.hcpcs, *line.modifiers)
    yield ("SV1", procedure, str(line.charge), "UN", format(line.units.normalize(), "f"), place, "", pointers)
    if line.last_day and line.last_day != line.first_day:
        yield ("DTP", "472", "RD8", f"{_day(line.first_day)}-{_day(line.last_day)}")
    else:
        yield ("DTP", "472", "D8", _day(line.first_day))


def _day(value: dt.date) -> str:
    return f"{value:%Y%m%d}"


# ---------- from what the gateway finds back to the items ----------

#: Loop, segment and element of an 837P, or the first two, or the loop: the field of the form it was written from.
FIELDS = {
    "2010AA": "billing_name",
    "2010AA.NM109": "billing_npi",
    "2010AA.REF": "tax_id",
    "2010AA.N3": "billing_street",
    "2010AA.N4": "billing_city",
    "2010AA.N402": "billing_state",
    "2010AA.N403": "billing_zip",
    "2010BA": "last_name",
    "2010BA.NM104": "first_name",
    "2010BA.NM105": "middle_name",
    "2010BA.NM109": "mbi",
    "2010BA.N3": "street",
    "2010BA.N4": "city",
    "2010BA.N402": "state",
    "2010BA.N403": "zip_code",
    "2010BA.DMG": "birth_date",
    "2010BA.DMG03": "sex",
    "2300.CLM": "patient_control_number",
    "2300.CLM02": "total_charge",
    "2300.CLM05": "frequency",
    "2300.PWK01": "attachment_type",
    "2300.PWK02": "attachment_way",
    "2300.PWK": "attachment_number",
    "2300.REF": "original_claim_number",
    "2300.NTE": "note",
    "2300.HI": "diagnoses",
    "2310A": "referring_last_name",
    "2310A.NM104": "referring_first_name",
    "2310A.NM109": "referring_npi",
    "2310C": "location_name",
    "2310C.NM109": "location_npi",
    "2310C.N3": "location_street",
    "2310C.N4": "location_city",
    "2310C.N402": "location_state",
    "2310C.N403": "location_zip",
    "2400": "hcpcs",
    "2400.SV102": "charge",
    "2400.SV104": "units",
    "2400.SV105": "place_of_service",
    "2400.SV107": "pointers",
    "2400.DTP": "last_day",
}

#: What of a sentence is of use only to who writes an 837P.
_OF_837P = re.compile(r" \((?:loop|the element)[^()]*\)| from loop [0-9A-Z]+|, with XX in NM108")


def field_of(finding: GatewayFinding) -> str:
    """The field of the form (of a line's form when the finding has a line) that a finding is about; "" for none."""
    segment = f"{finding.loop}.{finding.segment}"
    return next(
        (FIELDS[key] for key in (f"{segment}{finding.element:02d}", segment, finding.loop) if key in FIELDS), ""
    )


def in_words_of_the_form(finding: GatewayFinding) -> str:
    """The finding's sentence for someone who has the paper before them."""
    return _OF_837P.sub("", finding.message).replace("REF*F8", "item 22")
