"""A decided claim as FHIR R4 resources: ExplanationOfBenefit and ClaimResponse (hl7.org/fhir/R4).

What they say is what the remittance says: charge, adjustments by group and CARC, RARCs as notes, what is paid. Money is
a JSON number, as FHIR has it; dollars and cents are exact in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from claims import models
from claims.adjudication.decision import Adjustment, Decision, LineDecision
from claims.api.spooling import LIMITS
from claims.models import Claim, ClaimLine, ClaimStatus, RemittedDecision

Json = dict[str, Any]

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
NPI, MBI = "http://hl7.org/fhir/sid/us-npi", "http://hl7.org/fhir/sid/us-mbi"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
PLACE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
CARC = "https://x12.org/codes/claim-adjustment-reason-codes"
OUTCOMES = {"pay": "complete", "deny": "complete", "hold": "partial", "suspend": "partial"}
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim with its lines, the decision that stands, and the remittance that told it, if one did."""

    claim: Claim
    lines: tuple[ClaimLine, ...]
    stored: models.Decision
    decision: Decision
    told: RemittedDecision | None
    meanings: Mapping[tuple[str, str], str]


def explanation_of_benefit(decided: Decided) -> Json:
    claim = decided.claim
    return {
        **_head("ExplanationOfBenefit", decided),
        "billablePeriod": {"start": _day(claim.first_day), "end": _day(claim.last_day)},
        "provider": _provider(claim),
        "diagnosis": [
            {"sequence": number, "diagnosisCodeableConcept": _concept(ICD, code)}
            for number, code in enumerate(claim.diagnoses, 1)
        ],
        "insurance": [{"focal": True, "coverage": {"display": "Medicare Part B"}}],
        "item": [_item(line, decided) for line in decided.lines],
        "total": list(_totals(decided)),
        **_payment(decided),
        **_notes(decided),
    }


def claim_response(decided: Decided) -> Json:
    claim = decided.claim
    return {
        **_head("ClaimResponse", decided),
        "requestor": _provider(claim),
        "request": {"identifier": {"value": claim.patient_control_number}},
        "item": [
            {"itemSequence": line.number, **_noted(line, decided), "adjudication": _adjudication(line, charge)}
            for line, charge in _with_charges(decided)
        ],
        "total": list(_totals(decided)),
        **_payment(decided, type=_concept(f"{TERMINOLOGY}ex-paymenttype", "complete")),
        **_notes(decided),
    }


def _head(kind: str, decided: Decided) -> Json:
    claim, payer = decided.claim, settings.CONTRACTOR
    is_gone = claim.status in (ClaimStatus.ADJUSTED, ClaimStatus.VOIDED)
    return {
        "resourceType": kind,
        "id": claim.icn,
        "identifier": [{"value": claim.icn, "assigner": {"display": payer["name"]}}],
        "status": "cancelled" if is_gone else "active",
        "type": _concept(f"{TERMINOLOGY}claim-type", "professional"),
        "use": "claim",
        "patient": {"identifier": {"system": MBI, "value": claim.mbi}, "display": claim.patient_name},
        "created": decided.stored.decided_at.isoformat(),
        "insurer": {"identifier": {"value": payer["number"]}, "display": payer["name"]},
        "outcome": OUTCOMES[decided.decision.status],
    }


def _item(line: ClaimLine, decided: Decided) -> Json:
    (found,) = (each for each in decided.decision.lines if each.number == line.number)
    last = line.through or line.date_of_service
    shown: Json = {
        "sequence": line.number,
        "productOrService": _concept(HCPCS, line.hcpcs),
        "servicedPeriod": {"start": _day(line.date_of_service), "end": _day(last)},
        "net": _money(line.charge),
        **_noted(found, decided),
        "adjudication": _adjudication(found, line.charge),
    }
    if line.modifiers:
        shown["modifier"] = [_concept(HCPCS, modifier) for modifier in line.modifiers]
    if line.place_of_service or decided.claim.place_of_service:
        shown["locationCodeableConcept"] = _concept(PLACE, line.place_of_service or decided.claim.place_of_service)
    if line.units is not None:
        shown["quantity"] = {"value": float(line.units)}
    if pointed := [number for number in line.diagnosis_pointers if number <= len(decided.claim.diagnoses)]:
        shown["diagnosisSequence"] = pointed
    return shown


def _with_charges(decided: Decided) -> Iterator[tuple[LineDecision, Decimal]]:
    charges = {line.number: line.charge for line in decided.lines}
    return ((line, charges[line.number]) for line in decided.decision.lines)


def _adjudication(line: LineDecision, charge: Decimal) -> list[Json]:
    """What was charged, allowed and paid, and each adjustment with its reason; charge = paid + adjustments."""
    price = line.price
    amounts = [("submitted", charge), ("benefit", line.paid)]
    if price:
        amounts += [("eligible", price.allowed), ("deductible", price.deductible), ("copay", price.coinsurance)]
    told = [{"category": _category(name), "amount": _money(amount)} for name, amount in amounts]
    return told + [_adjusted(adjustment) for adjustment in line.adjustments]


def _adjusted(adjustment: Adjustment) -> Json:
    return {
        "category": {"text": f"Adjustment, group {adjustment.group}"},
        "reason": _concept(CARC, adjustment.carc),
        "amount": _money(adjustment.amount),
    }


def _category(name: str) -> Json:
    return _concept(f"{TERMINOLOGY}adjudication", name)


def _totals(decided: Decided) -> Iterator[Json]:
    lines = decided.decision.lines
    allowed = sum((price.allowed for line in lines if (price := line.price)), ZERO)
    paid = sum((line.paid for line in lines), ZERO)
    for name, amount in (("submitted", decided.claim.total_charge), ("eligible", allowed), ("benefit", paid)):
        yield {"category": _category(name), "amount": _money(amount)}


def _payment(decided: Decided, **more: Any) -> Json:
    """What the remittance paid, once one has told the decision."""
    if decided.told is None or decided.decision.status != "pay":
        return {}
    paid = sum((line.paid for line in decided.decision.lines), ZERO) + decided.told.interest_amount
    remittance = decided.told.remittance
    number = {"value": remittance.trace_number}
    return {"payment": {**more, "date": _day(remittance.payment_day), "amount": _money(paid), "identifier": number}}


def _remarks(decided: Decided) -> list[str]:
    return list(dict.fromkeys(code for line in decided.decision.lines for code in line.rarcs))


def _notes(decided: Decided) -> Json:
    """The remark codes with our words for them, numbered as lines name them."""
    notes = [
        {"number": number, "type": "display", "text": f"{code} {decided.meanings.get(('RARC', code), '')}".strip()}
        for number, code in enumerate(_remarks(decided), 1)
    ]
    return {"processNote": notes} if notes else {}


def _noted(line: LineDecision, decided: Decided) -> Json:
    remarks = _remarks(decided)
    numbers = [remarks.index(code) + 1 for code in dict.fromkeys(line.rarcs)]
    return {"noteNumber": numbers} if numbers else {}


def _provider(claim: Claim) -> Json:
    return {"identifier": {"system": NPI, "value": claim.billing_npi}, "display": claim.billing_name}


def _concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def _money(amount: Decimal) -> Json:
    return {"value": float(amount), "currency": "USD"}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# ---------- about the server ----------

RESOURCES = ("ExplanationOfBenefit", "ClaimResponse")

#: The code of an issue by the status of an answer.
ISSUES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    413: "too-long",
    415: "not-supported",
    429: "throttled",
    507: "no-store",
}

#: The operation and what its CapabilityStatement must say of it (CDex 2.1.0).
SUBMIT_ATTACHMENT = "http://hl7.org/fhir/us/davinci-cdex/OperationDefinition/submit-attachment"
ATTACHMENTS = (
    "Attachments of claims, solicited or not, before or after the claim. Content is a DocumentReference with inline "
    "base64 data (PDF, TIFF, JPEG, PNG); attachment.url is not fetched. "
)


def operation_outcome(status: int, sentences: Iterable[str]) -> Json:
    """A refusal as FHIR has it."""
    return _outcome("error", ISSUES.get(status, "processing"), sentences)


def information(sentences: Iterable[str]) -> Json:
    """What was done, as FHIR says it."""
    return _outcome("information", "informational", sentences)


def _outcome(severity: str, code: str, sentences: Iterable[str]) -> Json:
    issues = [{"severity": severity, "code": code, "diagnostics": sentence} for sentence in sentences]
    return {"resourceType": "OperationOutcome", "issue": issues}


def capability_statement(address: str, on: dt.date) -> Json:
    """What the server can do."""
    resources = [{"type": kind, "interaction": [{"code": "read"}]} for kind in RESOURCES]
    operation = {
        "name": "submit-attachment",
        "definition": SUBMIT_ATTACHMENT,
        "documentation": ATTACHMENTS + LIMITS,
    }
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": on.isoformat(),
        "kind": "instance",
        "implementation": {"description": settings.CONTRACTOR["name"], "url": address},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [{"mode": "server", "resource": resources, "operation": [operation]}],
    }
