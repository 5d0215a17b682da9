"""A draft filled from a claim, and the bill that it makes: what the form does not know is kept, or it is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.files.storage import default_storage

from claims.attachments.readers import REPORT_TYPES
from claims.intake.keeping import content_of
from claims.intake.originals import VOIDS
from claims.intake.x12.claim_837p import ServiceLine
from claims.intake.x12.reading import read_claims, read_file
from claims.models import AnnouncedAttachment, Claim, ClaimLine, ClaimStatus
from claims.paper.cms_1500 import PaperLine
from claims.precheck.bill import MOST_POINTERS, UNIT, Bill
from claims.precheck.forms import DraftForms, Typed, empty
from policy.forms import DAY_FORMAT

#: Items of the paper form that a claim may have and the supplier's form has not.
LOCATION = ("location_name", "location_npi", "location_street", "location_city", "location_state", "location_zip")

IN_MINUTES, IN_UNITS = "MJ", "UN"


def typed_from(claim: Claim) -> Typed:
    """The claim as the form would have it typed; one query, and for a claim that was refused its file."""
    billed = claim.billed
    address = billed.get("patient_address") or {}
    last_name, _, first_name = claim.referring_name.partition(", ")
    if not first_name:
        first_name, _, last_name = claim.referring_name.rpartition(" ")
    values = {
        "mbi": claim.mbi,
        "last_name": claim.patient_last_name,
        "birth_date": _day(claim.patient_birth_date),
        "referring_npi": claim.referring_npi,
        "diagnoses": " ".join(claim.diagnoses),
        "place_of_service": claim.place_of_service or "12",
        "first_name": claim.patient_first_name,
        "sex": claim.patient_sex if claim.patient_sex in ("F", "M", "U") else "",
        "street": address.get("street", ""),
        "city": address.get("city", ""),
        "state": address.get("state", claim.patient_state),
        "zip_code": address.get("zip_code", claim.patient_zip),
        "referring_last_name": last_name,
        "referring_first_name": first_name,
        "patient_control_number": claim.patient_control_number[:20],
        **_papers_of(claim),
    }
    lines = [typed_line(line) for line in lines_of(claim)]
    return {**empty(), **values, "lines": lines or [{}]}


def _papers_of(claim: Claim) -> Typed:
    """The papers that the claim announced, as far as the form has words for them; it has room for the first."""
    for announced in claim.billed.get("attachments", ()):
        if announced["report_type"] in REPORT_TYPES and announced["transmission"] in AnnouncedAttachment.Way.values:
            return {
                "attachment_type": announced["report_type"],
                "attachment_way": announced["transmission"],
                "attachment_number": announced["control_number"],
            }
    return {}


def typed_line(line: ClaimLine) -> Typed:
    return {
        "line_of": str(line.number),
        "day": _day(line.date_of_service),
        "hcpcs": line.hcpcs,
        "modifiers": " ".join(line.modifiers),
        "minutes": _minutes(line),
        "charge": str(line.charge),
    }


def _day(day: dt.date | None) -> str:
    return day.strftime(DAY_FORMAT) if day else ""


def _minutes(line: ClaimLine) -> str:
    """Units of 15 minutes as minutes, or the minutes that were billed; "" for what is no whole number of them."""
    if line.units is None or line.units != line.units.to_integral_value():
        return ""
    return str(int(line.units) * (1 if line.unit_basis == IN_MINUTES else UNIT))


def lines_of(claim: Claim) -> list[ClaimLine]:
    """The lines as billed; those of a claim that the gateway refused stand in its file alone."""
    if claim.status != ClaimStatus.REJECTED:
        return list(claim.lines.all())
    if claim.file is None or not default_storage.exists(claim.file.path):
        return []
    return [_refused_line(claim, line) for line in _lines_in_file(claim)]


def _lines_in_file(claim: Claim) -> Sequence[ServiceLine]:
    assert claim.file is not None
    for transaction_set in read_file(content_of(claim.file)).readable_sets():
        if transaction_set.first_claim <= claim.position < transaction_set.first_claim + transaction_set.claim_count:
            for reading in read_claims(transaction_set):
                if reading.position == claim.position:
                    return reading.submission.lines
    return ()


def _refused_line(claim: Claim, line: ServiceLine) -> ClaimLine:
    """A line of a refused claim: each value may be missing."""
    return ClaimLine(
        claim=claim,
        number=line.number or 0,
        date_of_service=line.date_of_service,  # type: ignore[misc] # a refused line may have none
        through=line.through if line.through != line.date_of_service else None,
        hcpcs=line.hcpcs[:10],
        modifiers=list(line.modifiers),
        units=line.units,
        unit_basis=line.unit_basis,
        charge=line.charge or Decimal("0.00"),
        place_of_service=line.place_of_service,
        diagnosis_pointers=list(line.diagnosis_pointers),
        control_number=line.control_number,
        narrative=" ".join(note.text for note in line.notes)[:300],
    )


# ---------- the bill of a draft that corrects ----------


def bill_of(forms: DraftForms, number: str, claim: Claim, frequency: str) -> Bill:
    """What was typed as a bill that corrects the claim; where nothing is `lacking`. One query."""
    bill = forms.bill(number)
    before = {str(line.number): line for line in lines_of(claim)}
    same_diagnoses = [code.replace(".", "") for code in bill.diagnoses] == [
        code.replace(".", "") for code in claim.diagnoses
    ]
    lines = tuple(
        _as_before(line, before.get(visit.cleaned_data["line_of"]), bill.place_of_service, same_diagnoses)
        for line, visit in zip(bill.lines, forms.checked, strict=True)
    )
    return replace(bill, lines=lines, corrects=claim, frequency=frequency, kept=kept_of(claim))


def _as_before(line: PaperLine, before: ClaimLine | None, place: str, same_diagnoses: bool) -> PaperLine:
    """The line with what its form does not show: the last day of several, its own place, what its diagnoses are."""
    if before is None:
        return line
    pointers = tuple(before.diagnosis_pointers[:MOST_POINTERS])
    return replace(
        line,
        last_day=before.through if line.first_day == before.date_of_service else None,
        place_of_service=before.place_of_service or place,
        pointers=pointers if same_diagnoses and pointers else line.pointers,
    )


def kept_of(claim: Claim) -> dict[str, str]:
    """What the 837P of a correction says as the claim said it."""
    billed = claim.billed
    keyed: dict[str, Any] = billed.get("keyed", {}).get("values", {})
    notes = [note["text"] for note in billed.get("notes", ()) if note.get("kind") == "ADD"]
    kept = {
        "middle_name": billed.get("patient_middle_name") or "",
        "note": notes[0] if notes else "",
        "prior_authorization": (billed.get("references") or {}).get("G1", ""),
        **{name: keyed.get(name) or "" for name in LOCATION},
    }
    return {name: words for name, words in kept.items() if words}


def not_carried_over(claim: Claim) -> Iterator[str]:
    """What the claim says and a correction from this form cannot say, in words."""
    billed = claim.billed
    if billed.get("attachments"):
        yield "the control numbers of attachments"
    if any(note.get("kind") != "ADD" for note in billed.get("notes", ())):
        yield "notes of other kinds than additional information"
    if claim.service_zip and not kept_of(claim).get("location_street"):
        yield "where the service was furnished, when that is not the patient’s home"
    if claim.rendering_npi:
        yield "the rendering provider"
    lines = lines_of(claim)
    if any(line.control_number for line in lines):
        yield "your own numbers of the lines"
    if any(line.narrative for line in lines):
        yield "notes on the lines"


def why_not_here(claim: Claim) -> str:
    """Why a claim is not corrected with this form at all; "" for one that is."""
    if claim.billed.get("other_payers") or claim.has_primary_payer_decision:
        return (
            "The claim says what another insurer decided, which this form does not hold. Correct it with your own "
            "billing program and send the 837P."
        )
    if claim.frequency == VOIDS:
        return "This claim took another one back: there is nothing to correct."
    if claim.is_test:
        return "A test claim is corrected in another test file."
    return ""
