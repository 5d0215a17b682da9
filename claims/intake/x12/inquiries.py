"""What a 270 and a 276 ask, as frozen values, and the reading of a set of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.intake.x12.build_837p import at
from claims.intake.x12.elements import day_of, number_of
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.mbi import normalize_mbi
from claims.intake.x12.readings import SetReading
from claims.intake.x12.walk_837p import Loop
from claims.intake.x12.walk_inquiry import PatientLevel, patients_of

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Party:
    """A payer, a receiver or a provider: NM1 as it was sent, and a provider's tax number (REF*TJ) beside it."""

    entity: str
    kind: str
    name: str
    first_name: str
    qualifier: str
    identifier: str
    tax_id: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Patient:
    """The patient as it was sent; `mbi` as sent too, `number` without its dashes and in capitals."""

    last_name: str
    first_name: str
    middle_name: str
    mbi: str
    birth_date: date | None
    sex: str

    @property
    def number(self) -> str:
        return normalize_mbi(self.mbi)


@dataclass(frozen=True, slots=True, repr=False)
class EligibilityInquiry:
    """One patient of a 270. `traces` are TRN02 and TRN03, each pair; `days` is None where today is meant.

    Patients below one receiver have one `level`. `asks` is False for a subscriber who is only above a dependent.
    """

    receiver: Party
    level: str
    patient: Patient
    is_dependent: bool
    traces: tuple[tuple[str, str], ...]
    days: Period | None
    has_bad_days: bool
    asks: bool
    findings: tuple[GatewayFinding, ...]


@dataclass(frozen=True, slots=True, repr=False)
class StatusInquiry:
    """One claim that a 276 asks for: the payer's number, the supplier's own, a charge, days of service."""

    trace: str
    claim_number: str
    patient_control_number: str
    charge: Decimal | None
    days: Period | None


@dataclass(frozen=True, slots=True, repr=False)
class StatusPatient:
    """One patient of a 276 with the claims asked for; those below one receiver and provider have one `level`."""

    receiver: Party
    provider: Party
    level: tuple[str, str]
    patient: Patient
    is_dependent: bool
    inquiries: tuple[StatusInquiry, ...]
    findings: tuple[GatewayFinding, ...]


def read_eligibility(transaction: SetReading) -> list[EligibilityInquiry]:
    """The patients of a readable 270, in file order."""
    return [_eligibility(patient) for patient in patients_of(transaction)]


def read_status(transaction: SetReading) -> list[StatusPatient]:
    """The patients of a readable 276, in file order."""
    return [_status(patient) for patient in patients_of(transaction)]


def batch_id(transaction: SetReading) -> str:
    """The sender's number of the set (BHT03), which the answer to a 270 gives back."""
    return at(transaction.header.first("BHT"), 3) if transaction.header else ""


def _eligibility(found: PatientLevel) -> EligibilityInquiry:
    level, receiver = found.loop, found.above[-1] if found.above else None
    named = _named(level)
    asked = [child for child in named.children if child.name.startswith("2110")] if named else []
    sent = [text for loop in (*asked, named) if loop and (text := at(loop.first("DTP*291"), 3))]
    return EligibilityInquiry(
        receiver=_party(receiver),
        level=_number(receiver),
        patient=_patient(named, named),
        is_dependent=found.is_dependent,
        traces=tuple((at(trn, 2), at(trn, 3)) for trn, _ in level.every("TRN")),
        days=_period(sent[0]) if sent else None,
        has_bad_days=bool(sent) and _period(sent[0]) is None,
        asks=bool(asked) or at(level.first(level.spec.head_key), 4) != "1",
        findings=found.findings,
    )


def _status(found: PatientLevel) -> StatusPatient:
    level = found.loop
    above = [*found.above, None, None, None]
    receiver, provider = above[1], above[2]
    return StatusPatient(
        receiver=_party(receiver),
        provider=_party(provider),
        level=(_number(receiver), _number(provider)),
        patient=_patient(_named(level), level),
        is_dependent=found.is_dependent,
        inquiries=tuple(_claim(child) for child in level.children if child.name.startswith("2200")),
        findings=found.findings,
    )


def _claim(loop: Loop) -> StatusInquiry:
    return StatusInquiry(
        trace=at(loop.first("TRN"), 2),
        claim_number=at(loop.first("REF*1K"), 2),
        patient_control_number=at(loop.first("REF*EJ"), 2),
        charge=number_of(at(loop.first("AMT*T3"), 2)),
        days=_period(at(loop.first("DTP*472"), 3)),
    )


def _named(level: Loop) -> Loop | None:
    """The loop with the name of a level: 2100A to 2100E."""
    return next((child for child in level.children if child.name.startswith("2100")), None)


def _number(level: Loop | None) -> str:
    return at(level.first(level.spec.head_key), 1) if level else ""


def _party(level: Loop | None) -> Party:
    named = _named(level) if level else None
    if named is None:
        return Party("", "2", "", "", "", "")
    nm1 = named.first(named.spec.head_key)
    tax_id = at(named.first("REF*TJ"), 2).replace("-", "")
    return Party(at(nm1, 1), at(nm1, 2), at(nm1, 3), at(nm1, 4), at(nm1, 8), at(nm1, 9), tax_id)


def _patient(named: Loop | None, demographic: Loop | None) -> Patient:
    nm1 = named.first(named.spec.head_key) if named else []
    dmg = demographic.first("DMG") if demographic else []
    return Patient(at(nm1, 3), at(nm1, 4), at(nm1, 5), at(nm1, 9), day_of(at(dmg, 2)), at(dmg, 3))


def _period(text: str) -> Period | None:
    """The days of D8 or RD8; None where they are no days, or end before they begin."""
    first, _, last = text.partition("-")
    start, end = day_of(first), day_of(last or first)
    return (start, end) if start and end and start <= end else None
