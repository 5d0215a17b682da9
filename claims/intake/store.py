"""Storing the claims of a file: each as it was billed, matched to its supplier and patient, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import orjson
from django.db import connection

from beneficiaries.readers import PatientAsBilled, match_beneficiaries
from claims.attachments.announced import announced_by
from claims.attachments.matching import match_waiting
from claims.intake.claim_numbers import claim_numbers
from claims.intake.x12.claim_837p import ClaimSubmission, ServiceLine
from claims.intake.x12.reading import ClaimReading
from claims.models import AnnouncedAttachment, Claim, ClaimStatus
from claims.sequences import Sequence as Numbers
from claims.sequences import take_several
from policy.arrivals import take_arrivals
from suppliers.readers import BillingKey, match_suppliers


@dataclass(frozen=True, slots=True)
class Origin:
    """Where claims came from: the rows of their file and interchange, and the business day of receipt.

    A claim on paper has no file: `keyed` is what a person keyed, and who and when.
    """

    file_id: int | None
    interchange_id: int | None
    received_on: dt.date
    is_test: bool
    keyed: Mapping[str, Any] | None = None

    @property
    def is_paper(self) -> bool:
        return self.keyed is not None


@dataclass(slots=True)
class StoredClaim:
    """A claim about to be stored, with the numbers it was given; a rejected one has no claim number.

    `replaces_id` is the claim that it replaces or takes back; one that takes back another is never decided itself.
    """

    reading: ClaimReading
    origin: Origin
    id: int
    arrival: int
    icn: str | None
    supplier_id: int | None
    beneficiary_id: int | None
    replaces_id: int | None = None

    @property
    def status(self) -> ClaimStatus:
        if not self.icn:
            return ClaimStatus.REJECTED
        return ClaimStatus.VOIDED if self.reading.submission.frequency == "8" else ClaimStatus.QUEUED


def store_claims(
    readings: Sequence[ClaimReading], origin: Origin, originals: Mapping[int, int] | None = None
) -> list[StoredClaim]:
    """Store claims: accepted ones in the queue, rejected ones with what the gateway found; nine statements at most,
    and some more where claims announce papers.

    `originals` gives the ids of the claims that are replaced or taken back, by the position of those that name them.
    """
    if not readings:
        return []
    stored = numbered(readings, origin, originals or {})
    copy("claims_claim", CLAIM_COLUMNS, (claim_row(claim) for claim in stored))
    copy("claims_claimline", LINE_COLUMNS, (row for claim in stored if claim.icn for row in line_rows(claim)))
    if announced := announced_by(stored):
        AnnouncedAttachment.objects.bulk_create(announced)
        match_waiting({each.claim_id for each in announced})
    return stored


def numbered(readings: Sequence[ClaimReading], origin: Origin, originals: Mapping[int, int]) -> list[StoredClaim]:
    accepted = [reading for reading in readings if reading.is_accepted]
    icns = dict(
        zip(
            (reading.position for reading in accepted),
            claim_numbers(len(accepted), origin.received_on, is_test=origin.is_test, is_paper=origin.is_paper),
            strict=True,
        )
    )
    suppliers = match_suppliers({supplier_as_billed(reading.submission) for reading in readings})
    patients = match_beneficiaries({patient_as_billed(reading.submission) for reading in accepted})
    ids, arrivals = take_several(Numbers.CLAIM_ID, len(readings)), take_arrivals(len(readings))
    return [
        StoredClaim(
            reading,
            origin,
            number,
            arrival,
            icns.get(reading.position),
            suppliers.get(supplier_as_billed(reading.submission)),
            patients.get(patient_as_billed(reading.submission)) if reading.is_accepted else None,
            originals.get(reading.position),
        )
        for reading, number, arrival in zip(readings, ids, arrivals, strict=True)
    ]


def supplier_as_billed(claim: ClaimSubmission) -> BillingKey:
    return BillingKey(claim.billing_provider.npi, claim.billing_provider.tax_id)


def patient_as_billed(claim: ClaimSubmission) -> PatientAsBilled:
    return PatientAsBilled(claim.beneficiary.mbi, claim.beneficiary.birth_date, claim.beneficiary.last_name)


def copy(table: str, columns: Sequence[str], rows: Any) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


CLAIM_COLUMNS = (
    "id icn arrival is_test channel file_id interchange_id position received_on patient_control_number frequency "
    "original_claim_number billing_npi billing_tin billing_name mbi patient_last_name patient_first_name "
    "patient_birth_date patient_sex patient_state patient_zip service_state service_zip place_of_service "
    "referring_npi referring_name rendering_npi diagnoses accepts_assignment has_primary_payer_decision total_charge "
    "first_day last_day billed gateway_findings supplier_id beneficiary_id replaces_id status queue_number "
    "queue_reason looks_done edits informs"
).split()


def claim_row(stored: StoredClaim) -> tuple[Any, ...]:
    """The columns of a claim. What was refused may be longer than a column; it is cut here and whole in the file."""
    claim, origin = stored.reading.submission, stored.origin
    patient, provider = claim.beneficiary, claim.billing_provider
    where = claim.service_location.address if claim.service_location else None
    referring = referring_of(claim)
    days = [line.date_of_service for line in claim.lines if line.date_of_service]
    is_queued = stored.status == ClaimStatus.QUEUED
    return (
        stored.id,
        stored.icn,
        stored.arrival,
        origin.is_test,
        (Claim.Channel.PAPER if origin.is_paper else Claim.Channel.ELECTRONIC).value,
        origin.file_id,
        origin.interchange_id,
        stored.reading.position,
        origin.received_on,
        claim.patient_control_number[:38],
        claim.frequency[:1],
        claim.original_claim_number[:50],
        provider.npi[:10],
        provider.tax_id[:9],
        provider.name[:120],
        patient.mbi[:12],
        patient.last_name[:60],
        patient.first_name[:35],
        patient.birth_date,
        patient.sex[:1],
        patient.address.state[:2],
        patient.address.zip_code[:9],
        where.state[:2] if where else "",
        where.zip_code[:9] if where else "",
        claim.place_of_service[:2],
        referring.npi[:20] if referring else "",
        f"{referring.last_or_organization_name}, {referring.first_name}".rstrip(", ")[:120] if referring else "",
        claim.rendering.npi[:10] if claim.rendering else "",
        [diagnosis.code[:10] for diagnosis in claim.diagnoses],
        claim.assignment == "A",
        claim.has_primary_payer_decision,
        storable(claim.total_charge),
        min(days, default=None),
        max(days, default=None),
        dump(what_else_was_billed(claim) | ({"keyed": origin.keyed} if origin.is_paper else {})),
        dump([asdict(finding) for finding in stored.reading.findings]),
        stored.supplier_id,
        stored.beneficiary_id,
        stored.replaces_id,
        stored.status.value,
        stored.arrival if is_queued else None,
        "The claim came in" if is_queued else "",
        0,
        [],
        [],
    )


def referring_of(claim: ClaimSubmission) -> Any:
    """Who ordered or referred: the first line's ordering provider, else its referring one, else the claim's."""
    return next((line.referring for line in claim.lines if line.referring), claim.referring)


def storable(amount: Decimal | None) -> Decimal:
    """A refused claim's charge may be no amount at all, or one that no column holds; it is then kept as zero."""
    return amount if amount is not None and abs(amount) < Decimal(10**10) else Decimal(0)


def what_else_was_billed(claim: ClaimSubmission) -> dict[str, Any]:
    """What has no column: levels above the claim, attachments, notes, other payers, and where its segments lie."""
    return {
        "submitter": asdict(claim.header.submitter),
        "batch_id": claim.header.batch_id,
        "taxonomy": claim.billing_provider.taxonomy,
        "provider_address": asdict(claim.billing_provider.address),
        "patient_middle_name": claim.beneficiary.middle_name,
        "patient_address": asdict(claim.beneficiary.address),
        "coverage": asdict(claim.coverage),
        "references": claim.references,
        "attachments": [asdict(attachment) for attachment in claim.attachments],
        "notes": [asdict(note) for note in claim.notes],
        "diagnoses": [asdict(diagnosis) for diagnosis in claim.diagnoses],
        "other_payers": [asdict(payer) for payer in claim.other_payers],
        "spans": asdict(claim.spans),
    }


def dump(value: object) -> str:
    return orjson.dumps(value, default=str).decode().replace("\\u0000", "")


LINE_COLUMNS = (
    "claim_id number date_of_service through hcpcs modifiers units unit_basis charge place_of_service "
    "diagnosis_pointers control_number narrative"
).split()


def line_rows(stored: StoredClaim) -> list[tuple[Any, ...]]:
    return [line_row(stored.id, line) for line in stored.reading.submission.lines]


def line_row(claim_id: int, line: ServiceLine) -> tuple[Any, ...]:
    """The columns of a line of an accepted claim."""
    through = line.through if line.through != line.date_of_service else None
    return (
        claim_id,
        line.number,
        line.date_of_service,
        through,
        line.hcpcs[:10],
        list(line.modifiers),
        line.units,
        line.unit_basis,
        line.charge,
        line.place_of_service,
        list(line.diagnosis_pointers),
        line.control_number,
        " ".join(note.text for note in line.notes)[:300],
    )
