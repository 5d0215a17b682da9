"""The claims of a batch with all that is known around each of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from claims.adjudication.facts import (
    BeneficiaryFacts,
    ClaimFacts,
    Determination,
    LineFacts,
    Place,
    SupplierFacts,
)
from claims.adjudication.reading.patients import (
    PatientRows,
    dated_facts,
    drug_bills,
    facts_of_patient,
    plans_of_care,
    read_patients,
)
from claims.adjudication.reading.sql import Grouped, Row, array, grouped, rows
from claims.adjudication.reading.suppliers import read_suppliers
from claims.adjudication.reading.visits import days_of, deductible_used, read_visits, visit_history
from policy.tables import PolicyTables

#: A claim that is in no queue is read as it would be decided now.
CLAIMS = """
SELECT c.id, c.icn, coalesce(c.queue_number, 9223372036854775807), c.queue_reason, c.status, c.channel, c.received_on,
       c.billing_npi, c.billing_tin, c.referring_npi, c.diagnoses, c.service_state, c.service_zip, c.patient_state,
       c.patient_zip, c.accepts_assignment, c.has_primary_payer_decision, c.is_test, c.looks_done, c.place_of_service,
       c.mbi, c.supplier_id, c.beneficiary_id, coalesce(c.current_decision_id, r.current_decision_id),
       (SELECT count(*) + 1 FROM claims_decision d WHERE d.claim_id = c.id), r.id, r.icn
  FROM claims_claim c LEFT JOIN claims_claim r ON r.id = c.replaces_id
 WHERE c.id = ANY(%s::bigint[]) ORDER BY c.queue_number
"""

LINES = """
SELECT claim_id, id, number, date_of_service, through, hcpcs, modifiers, units, charge, place_of_service
  FROM claims_claimline WHERE claim_id = ANY(%s::bigint[]) ORDER BY claim_id, number
"""

#: The last column is the arrival number from which a determination counts: its own, or that of its approval. One that
#: is not approved, or was revoked before the decision was asked for, is left out.
DETERMINATIONS = """
SELECT d.claim_id, d.kind, u.email, d.made_on, d.reason, d.edit, d.line_number, d.value, d.until,
       CASE WHEN d.needs_approval THEN a.arrival ELSE d.arrival END
  FROM claims_determination d JOIN accounts_user u ON u.id = d.made_by_id JOIN claims_claim c ON c.id = d.claim_id
  LEFT JOIN claims_determinationapproval a ON a.determination_id = d.id AND a.is_granted
  LEFT JOIN claims_determinationrevocation r
         ON r.determination_id = d.id AND r.arrival < coalesce(c.queue_number, 9223372036854775807)
 WHERE d.claim_id = ANY(%s::bigint[]) AND (a.id IS NOT NULL OR NOT d.needs_approval) AND r.id IS NULL
 ORDER BY d.arrival
"""


@dataclass(slots=True)
class ClaimInBatch:
    """A claim to be decided: its facts, and what the recorder has to know of its rows.

    `sees_all` tells whether everything on file about the patient arrived before the decision was asked for. `is_alone`
    tells that no other claim of the patient is in the batch, so that the visits are those in view already.
    """

    id: int
    queue_number: int
    queue_reason: str
    channel: str
    supplier_id: int | None
    beneficiary_id: int | None
    previous_decision_id: int | None
    next_number: int
    replaced_claim_id: int | None
    line_ids: dict[int, int]
    facts: ClaimFacts
    sees_all: bool
    is_alone: bool


#: The rows of `read_visits` by patient.
Visits = dict[int, list[Row]]


class Billed(NamedTuple):
    """The rows of claims themselves, as CLAIMS, LINES and DETERMINATIONS give them, the latter two by claim."""

    claims: list[Row]
    lines: Grouped
    determinations: Grouped


def read_batch(ids: Sequence[int], tables: PolicyTables, today: dt.date) -> list[ClaimInBatch]:
    """The claims with these ids in the order of their queue numbers; ten queries, however many claims."""
    wanted = [array(ids)]
    return read_around(
        Billed(rows(CLAIMS, wanted), grouped(LINES, wanted), grouped(DETERMINATIONS, wanted)), tables, today
    )


def read_around(
    billed: Billed, tables: PolicyTables, today: dt.date, see: Callable[[Visits], Visits] = lambda visits: visits
) -> list[ClaimInBatch]:
    """Claims in the order of their rows, with what is known around them; seven queries, however many claims.

    The rows may be those of claims that nobody sent yet: they are read and decided like any other. `see` says how the
    visits of their patients are seen, as they are unless told.
    """
    claims, lines, determinations = billed
    suppliers = read_suppliers(row[21] for row in claims if row[21])
    days = [line[2] for found in lines.values() for line in found]
    patient_ids = {row[22] for row in claims if row[22]}
    patients = read_patients(patient_ids, min(days), max(days)) if days else {}
    visits = see(read_visits(patient_ids))
    claims_of = Counter(row[22] for row in claims)
    return [
        claim_in_batch(
            row,
            lines[row[0]],
            determinations[row[0]],
            suppliers.get(row[21]),
            Patient(patients.get(row[22]), visits.get(row[22], []), claims_of[row[22]] == 1),
            tables,
            today,
        )
        for row in claims
    ]


class Patient(NamedTuple):
    """What was read of a claim's patient: rows (None: not on file), visits, and whether it has no other claim here."""

    rows: PatientRows | None
    visits: list[Row]
    has_one_claim: bool


def claim_in_batch(
    row: Row,
    lines: list[Row],
    determinations: list[Row],
    supplier: SupplierFacts | None,
    patient: Patient,
    tables: PolicyTables,
    today: dt.date,
) -> ClaimInBatch:
    billed = [line_facts(line, row[19]) for line in lines]
    beneficiary = beneficiary_facts(row, billed, patient.rows, patient, tables) if patient.rows else None
    return ClaimInBatch(
        id=row[0],
        queue_number=row[2],
        queue_reason=row[3],
        channel=row[5],
        supplier_id=row[21],
        beneficiary_id=row[22],
        previous_decision_id=row[23],
        next_number=row[24],
        replaced_claim_id=row[25],
        line_ids={line[1]: line[0] for line in lines},
        facts=claim_facts(row, billed, determinations, supplier, beneficiary, today),
        sees_all=patient.rows is None or patient.rows.newest_arrival(days_of(billed)) < row[2],
        is_alone=patient.has_one_claim,
    )


def claim_facts(
    row: Row,
    lines: list[LineFacts],
    determinations: list[Row],
    supplier: SupplierFacts | None,
    beneficiary: BeneficiaryFacts | None,
    today: dt.date,
) -> ClaimFacts:
    return ClaimFacts(
        control_number=row[1],
        received=row[6],
        today=today,
        billing_npi=row[7],
        billing_tin=row[8],
        referring_npi=row[9] or None,
        diagnoses=tuple(row[10]),
        service_location=place(row[11], row[12]),
        patient_address=place(row[13], row[14]),
        accepts_assignment=row[15],
        has_primary_payer_decision=row[16],
        is_test=row[17],
        looks_done=row[18],
        lines=tuple(lines),
        supplier=supplier,
        beneficiary=beneficiary,
        determinations=tuple(Determination(*found[:-1]) for found in determinations if found[-1] < row[2]),
        replaces=row[26] or "",
    )


def place(state: str, zip_code: str) -> Place | None:
    return Place(state, zip_code[:5]) if state and zip_code else None


def without_zeros(units: Decimal | None) -> Decimal | None:
    """Units as billed: the column's three decimals without those that say nothing."""
    if units is None:
        return None
    return units.to_integral_value() if units == units.to_integral_value() else units.normalize()


def line_facts(line: Row, place_of_service: str) -> LineFacts:
    _, number, day, through, hcpcs, modifiers, units, charge, own_place = line
    return LineFacts(
        number, day, through, hcpcs, tuple(modifiers), without_zeros(units), charge, own_place or place_of_service
    )


def beneficiary_facts(
    row: Row, lines: list[LineFacts], patient: PatientRows, all_of: Patient, tables: PolicyTables
) -> BeneficiaryFacts:
    own, before, is_test = (row[0], row[25]), row[2], row[17]
    history = [] if is_test else all_of.visits
    dated = dated_facts(patient, before)
    used = deductible_used(history, own)
    years = sorted({line.date.year for line in lines})
    days = days_of(lines)
    return facts_of_patient(
        patient,
        dated,
        key=row[22],
        mbi=row[20],
        plans_of_care=plans_of_care(patient, before, row[21]),
        drug_bills=drug_bills(patient, before, days),
        visits=visit_history(history, own, before, days if all_of.has_one_claim else None),
        deductible_remaining=() if is_test else deductible_remaining(years, used, dated.deductible_elsewhere, tables),
    )


def deductible_remaining(
    years: Iterable[int], used: dict[int, Decimal], elsewhere: dict[int, Decimal], tables: PolicyTables
) -> tuple[tuple[int, Decimal], ...]:
    """What is left of each year's deductible, never below zero (reading 19); a year without an amount is left out."""
    left = []
    for year in years:
        whole = tables.deductibles.on("", dt.date(year, 1, 1))
        if whole:
            spent = used.get(year, Decimal()) + elsewhere.get(year, Decimal())
            left.append((year, max(whole.value - spent, Decimal("0.00"))))
    return tuple(left)
