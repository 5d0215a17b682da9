"""From loops to values: a `ClaimSubmission` from the loops that the walker filled.

Nothing here refuses: what cannot be read becomes empty or None, and the walker's findings or the checks say why.
"""

from dataclasses import dataclass
from datetime import date

from claims.intake.x12.claim_837p import (
    Address,
    Attachment,
    Beneficiary,
    BillingProvider,
    ClaimSubmission,
    Coverage,
    Diagnosis,
    Drug,
    Note,
    OtherPayer,
    OtherPayerDecision,
    Party,
    Practitioner,
    ServiceLine,
    ServiceLocation,
    SetHeader,
    Spans,
)
from claims.intake.x12.elements import day_of, number_of
from claims.intake.x12.mbi import normalize_mbi
from claims.intake.x12.segments import COMPONENT
from claims.intake.x12.walk_837p import Levels, Loop

_NOBODY = Party()


def build_header(top: Loop | None) -> SetHeader:
    """The values of the header from the loops before the first HL."""
    if top is None:
        return SetHeader("", _NOBODY, _NOBODY)
    return SetHeader(
        at(top.first("BHT"), 3), _party(top.named("1000A"), "NM1*41"), _party(top.named("1000B"), "NM1*40")
    )


def build_billing_provider(loop: Loop) -> BillingProvider:
    """Loops 2000A and 2010AA."""
    provider = loop.named("2010AA")
    name = provider.first("NM1*85") if provider else []
    return BillingProvider(
        name=at(name, 3),
        first_name=at(name, 4),
        npi=at(name, 9),
        tax_id=at(provider.first("REF*EI"), 2).replace("-", "") if provider else "",
        taxonomy=at(loop.first("PRV*BI"), 3),
        address=_address(provider),
    )


@dataclass(frozen=True, slots=True, repr=False)
class Above:
    """The values above a claim; each is built once for all the claims below it."""

    header: SetHeader
    billing_provider: BillingProvider
    coverage: Coverage
    beneficiary: Beneficiary
    payer: Party
    level: str


def build_above(header: SetHeader, billing_provider: BillingProvider, subscriber: Loop) -> Above:
    """Loop 2000B with 2010BA and 2010BB, below what was built for the levels before."""
    coverage = subscriber.first("SBR")
    return Above(
        header,
        billing_provider,
        Coverage(at(coverage, 1), at(coverage, 2), at(coverage, 9)),
        _beneficiary(subscriber),
        _party(subscriber.named("2010BB"), "NM1*PR"),
        at(subscriber.first("HL*22"), 1),
    )


def _beneficiary(loop: Loop) -> Beneficiary:
    """Loop 2010BA."""
    person = loop.named("2010BA")
    name = person.first("NM1*IL") if person else []
    birth = person.first("DMG") if person else []
    _, _, _, last_name, first_name, middle_name, _, suffix, _, mbi = _padded(name, 10)
    return Beneficiary(
        mbi=normalize_mbi(mbi),
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        suffix=suffix,
        birth_date=day_of(at(birth, 2)),
        sex=at(birth, 3),
        address=_address(person),
    )


def build_claim(claim: Loop, levels: Levels, above: Above) -> ClaimSubmission:
    """Loop 2300 below its levels."""
    _, number, total, _, _, facility, signature, assignment, benefits, release = _padded(claim.first("CLM"), 10)
    place_of_service, _, frequency = _padded(facility.split(COMPONENT), 3)
    referring = _referring(claim, "2310A")
    location = claim.named("2310C")
    return ClaimSubmission(
        header=above.header,
        billing_provider=above.billing_provider,
        coverage=above.coverage,
        beneficiary=above.beneficiary,
        payer=above.payer,
        level=above.level,
        patient_control_number=number,
        total_charge=number_of(total),
        place_of_service=place_of_service,
        frequency=frequency,
        signature_on_file=signature,
        assignment=assignment,
        benefits_assigned=benefits,
        release_of_information=release,
        references=_references(claim),
        attachments=_attachments(claim),
        notes=_notes(claim),
        diagnoses=_diagnoses(claim),
        referring=referring,
        rendering=_practitioner(claim.named("2310B"), "NM1*82"),
        supervising=_practitioner(claim.named("2310D"), "NM1*DQ"),
        service_location=_service_location(location) if location else None,
        other_payers=tuple([_other_payer(loop) for loop in claim.children if loop.spec.name == "2320"]),
        lines=tuple([_line(loop, referring) for loop in claim.children if loop.spec.name == "2400"]),
        spans=_spans(claim, levels),
    )


def _line(loop: Loop, referring_of_claim: Practitioner | None) -> ServiceLine:
    _, service, charge, unit_basis, units, place_of_service, _, pointers = _padded(loop.first("SV1"), 8)
    procedure = _padded(service.split(COMPONENT), 7)
    first_day, last_day = _period(loop.first("DTP*472"))
    drug = loop.named("2410")
    return ServiceLine(
        number=whole_number_of(at(loop.first("LX"), 1)),
        code_qualifier=procedure[0],
        hcpcs=procedure[1],
        modifiers=tuple([part for part in procedure[2:6] if part]),
        description=procedure[6],
        charge=number_of(charge),
        unit_basis=unit_basis,
        units=number_of(units),
        place_of_service=place_of_service,
        diagnosis_pointers=tuple([int(part) for part in pointers.split(COMPONENT) if _is_pointer(part)]),
        date_of_service=first_day,
        through=last_day,
        control_number=at(loop.first("REF*6R"), 2),
        notes=_notes(loop),
        attachments=_attachments(loop),
        drug=_drug(drug) if drug else None,
        referring=_ordering_or_referring(loop) or referring_of_claim,
        rendering=_practitioner(loop.named("2420A"), "NM1*82"),
        other_payer_decisions=tuple([_decision(child) for child in loop.children if child.spec.name == "2430"]),
    )


def _ordering_or_referring(line: Loop) -> Practitioner | None:
    if not line.children:
        return None
    return _practitioner(line.named("2420E"), "NM1*DK") or _referring(line, "2420F")


def _referring(around: Loop, name: str) -> Practitioner | None:
    """The referring provider: DN before P3, the primary care provider."""
    loops = [loop for loop in around.children if loop.spec.name == name]
    if len(loops) > 1:
        loops.sort(key=lambda loop: at(loop.first("NM1*DN"), 1) != "DN")
    return _practitioner(loops[0], "NM1*DN") if loops else None


def _practitioner(loop: Loop | None, key: str) -> Practitioner | None:
    if loop is None:
        return None
    name = loop.first(key)
    return Practitioner(at(name, 3), at(name, 4), at(name, 9), at(loop.first("PRV*PE"), 3))


def _service_location(loop: Loop) -> ServiceLocation:
    name = loop.first("NM1*77")
    return ServiceLocation(at(name, 3), at(name, 9), _address(loop))


def _drug(loop: Loop) -> Drug:
    drug, count = loop.first("LIN"), loop.first("CTP")
    return Drug(at(drug, 2), at(drug, 3), number_of(at(count, 4)), at(count, 5), at(loop.first("REF*VY"), 2))


def _other_payer(loop: Loop) -> OtherPayer:
    payer = loop.named("2330B")
    subscriber = loop.first("SBR")
    party = _party(payer, "NM1*PR")
    return OtherPayer(
        name=party.name,
        identifier=party.identifier,
        payer_responsibility=at(subscriber, 1),
        filing_indicator=at(subscriber, 9),
        paid=number_of(at(loop.first("AMT*D"), 2)),
        decided_on=day_of(at(payer.first("DTP*573"), 3)) if payer else None,
        has_adjustments="CAS" in loop.found,
    )


def _decision(loop: Loop) -> OtherPayerDecision:
    decision = loop.first("SVD")
    return OtherPayerDecision(at(decision, 1), number_of(at(decision, 2)), day_of(at(loop.first("DTP*573"), 3)))


def _party(loop: Loop | None, key: str) -> Party:
    name = loop.first(key) if loop else []
    return Party(at(name, 3), at(name, 9))


def _address(loop: Loop | None) -> Address:
    if loop is None:
        return Address()
    _, street, street_2 = _padded(loop.first("N3"), 3)
    _, city, state, zip_code = _padded(loop.first("N4"), 4)
    return Address(street, street_2, city, state, zip_code)


def _references(loop: Loop) -> dict[str, str]:
    found = loop.found
    return {key[4:]: at(placed[0], 2) for key, placed in found.items() if key.startswith("REF*")}


def _attachments(loop: Loop) -> tuple[Attachment, ...]:
    if "PWK" not in loop.found:
        return ()
    return tuple([Attachment(at(pwk, 1), at(pwk, 2), at(pwk, 6)) for pwk, _ in loop.every("PWK")])


def _notes(loop: Loop) -> tuple[Note, ...]:
    if "NTE" not in loop.found:
        return ()
    return tuple([Note(at(nte, 1), at(nte, 2)) for nte, _ in loop.every("NTE")])


def _diagnoses(loop: Loop) -> tuple[Diagnosis, ...]:
    codes = [value.split(COMPONENT) for value in loop.first("HI*ABK")[1:]]
    return tuple([Diagnosis(code[0], code[1]) for code in codes if len(code) > 1 and code[1]])


def _period(dtp: list[str]) -> tuple[date | None, date | None]:
    first, _, last = at(dtp, 3).partition("-")
    first_day = day_of(first)
    return first_day, day_of(last) if last else first_day


def _spans(claim: Loop, levels: Levels) -> Spans:
    nowhere = (claim.start, claim.start)
    subscriber, billing, patient = levels.subscriber, levels.billing, levels.patient
    return Spans(
        claim=(claim.start, claim.stop),
        subscriber=(subscriber.start, subscriber.stop) if subscriber else nowhere,
        billing=(billing.start, billing.stop) if billing else nowhere,
        patient=(patient.start, patient.stop) if patient else None,
    )


def _is_pointer(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 2


def whole_number_of(value: str) -> int | None:
    """A whole number of at most six digits, as LX01 has it."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None


_PADDING = [""] * 10


def _padded(values: list[str], length: int) -> list[str]:
    """The first values of a list, as many as asked for; empty ones behind its end."""
    return values[:length] if len(values) >= length else values + _PADDING[len(values) : length]


def at(values: list[str], index: int) -> str:
    """A value of a list; empty behind its end."""
    return values[index] if index < len(values) else ""
