"""The checks of the gateway: which of its rules a claim, its subscriber or its billing provider breaks.

What is checked at a level above the claim is checked once and refuses every claim below it. A value that the syntax
already faulted is left alone here.
"""

from collections.abc import Iterator
from decimal import Decimal

from claims.intake.x12 import rules
from claims.intake.x12.build_837p import at
from claims.intake.x12.claim_837p import (
    Address,
    Beneficiary,
    BillingProvider,
    ClaimSubmission,
    Coverage,
    ServiceLine,
)
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.mbi import is_former_number, is_mbi
from claims.intake.x12.npi import is_npi
from claims.intake.x12.walk_837p import Loop

DEFAULT_FREQUENCIES = frozenset(("1",))

#: The claim filing indicator of Medicare Part B, the only payer here.
PART_B = "MB"

_SENT_APART = frozenset(("BM", "EL", "EM", "FT", "FX"))
_NOTHING = Decimal(0)


def check_billing_provider(loop: Loop, provider: BillingProvider) -> Iterator[GatewayFinding]:
    """The NPI and the tax number of loop 2010AA."""
    named = loop.named("2010AA")
    if named is None:
        return
    position = named.position("NM1*85")
    if not provider.npi:
        yield rules.BILLING_NPI_MISSING.finding(position)
    elif not is_npi(provider.npi):
        yield rules.BILLING_NPI_WRONG.finding(position, provider.npi)
    if provider.tax_id and not _is_tax_id(provider.tax_id):
        yield rules.TAX_ID_WRONG.finding(named.position("REF*EI"), provider.tax_id)
    yield from _check_address(named, provider.address, rules.BILLING_STATE_MISSING, rules.BILLING_ZIP_WRONG)


def check_coverage(loop: Loop, coverage: Coverage) -> Iterator[GatewayFinding]:
    """The claim filing indicator of loop 2000B (CMS, 837P companion guide: MB)."""
    if "SBR" not in loop.found or any((fault.segment, fault.element) == ("SBR", 9) for fault in loop.findings):
        return
    position = loop.position("SBR")
    if not coverage.filing_indicator:
        yield rules.FILING_INDICATOR_MISSING.finding(position)
    elif coverage.filing_indicator != PART_B:
        yield rules.NOT_PART_B.finding(position, coverage.filing_indicator)


def check_subscriber(loop: Loop, beneficiary: Beneficiary, *, is_patient: bool) -> Iterator[GatewayFinding]:
    """The Medicare number of loop 2010BA, and what must be known of a subscriber who is the patient."""
    named = loop.named("2010BA")
    if named is None:
        return
    position = named.position("NM1*IL")
    if beneficiary.mbi and not is_mbi(beneficiary.mbi):
        rule = rules.FORMER_NUMBER if is_former_number(beneficiary.mbi) else rules.MBI_WRONG
        yield rule.finding(position, beneficiary.mbi)
    for key, rule in _OF_SUBSCRIBER.items():
        if is_patient and key not in named.found:
            yield rule.finding(position)
    yield from _check_address(named, beneficiary.address, rules.PATIENT_STATE_MISSING, rules.PATIENT_ZIP_WRONG)


_OF_SUBSCRIBER = {
    "N3": rules.PATIENT_STREET_MISSING,
    "N4": rules.PATIENT_CITY_MISSING,
    "DMG": rules.BIRTH_DATE_MISSING,
}


def check_patient(loop: Loop) -> Iterator[GatewayFinding]:
    """Loop 2000C may not be there: in Medicare each patient is the subscriber (CMS, 837P companion guide)."""
    yield rules.DEPENDENT_SENT.finding(loop.position("HL*23"))


def check_claim(loop: Loop, claim: ClaimSubmission, accepted_frequencies: frozenset[str]) -> Iterator[GatewayFinding]:
    """The claim itself and its lines."""
    yield from _check_total(loop, claim)
    yield from _check_frequency(loop, claim, accepted_frequencies)
    yield from _check_attachments(loop, rules.ATTACHMENT_NUMBER_MISSING, 0)
    yield from _check_providers(loop, claim)
    numbers: set[int] = set()
    line_loops = (child for child in loop.children if child.spec.name == "2400")
    for index, (line_loop, line) in enumerate(zip(line_loops, claim.lines, strict=True), 1):
        if line.number is not None:
            if line.number in numbers:
                yield rules.LINE_NUMBER_REPEATED.finding(line_loop.position("LX"), str(line.number), index)
            numbers.add(line.number)
        yield from _check_line(line_loop, line, index, len(claim.diagnoses))


def _check_total(loop: Loop, claim: ClaimSubmission) -> Iterator[GatewayFinding]:
    if claim.total_charge is None:
        return
    position = loop.position("CLM")
    if claim.total_charge < _NOTHING:
        yield rules.TOTAL_NEGATIVE.finding(position, str(claim.total_charge))
    charges = [line.charge for line in claim.lines if line.charge is not None]
    if len(charges) == len(claim.lines) and sum(charges) != claim.total_charge:
        yield rules.OUT_OF_BALANCE.finding(position, str(claim.total_charge))


def _check_frequency(loop: Loop, claim: ClaimSubmission, accepted: frozenset[str]) -> Iterator[GatewayFinding]:
    if not claim.frequency:
        return
    if claim.frequency not in accepted:
        yield rules.FREQUENCY_NOT_TAKEN.finding(loop.position("CLM"), claim.frequency)
    elif claim.frequency in ("7", "8") and not claim.original_claim_number:
        yield rules.ORIGINAL_MISSING.finding(loop.position("CLM"))


def _check_attachments(loop: Loop, rule: rules.Rule, line: int) -> Iterator[GatewayFinding]:
    for pwk, position in loop.every("PWK") if "PWK" in loop.found else ():
        if at(pwk, 2) in _SENT_APART and not at(pwk, 6):
            yield rule.finding(position, line=line)


def _check_providers(loop: Loop, claim: ClaimSubmission) -> Iterator[GatewayFinding]:
    if claim.rendering is not None:
        yield from _check_npi(loop.named("2310B"), claim.rendering.npi, rules.RENDERING_NPI_WRONG, 0)
    if claim.service_location is not None:
        named = loop.named("2310C")
        yield from _check_npi(named, claim.service_location.npi, rules.LOCATION_NPI_WRONG, 0)
        yield from _check_address(
            named, claim.service_location.address, rules.LOCATION_STATE_MISSING, rules.LOCATION_ZIP_WRONG
        )


def _check_line(loop: Loop, line: ServiceLine, index: int, diagnoses: int) -> Iterator[GatewayFinding]:
    position = loop.position("SV1")
    if line.charge is not None and line.charge < _NOTHING:
        yield rules.CHARGE_NEGATIVE.finding(position, str(line.charge), index)
    if line.unit_basis == "MJ":
        yield rules.UNIT_BASIS_WRONG.finding(position, line.unit_basis, index)
    if line.units is not None and line.units < _NOTHING:
        yield rules.UNITS_NEGATIVE.finding(position, str(line.units), index)
    if diagnoses:
        yield from _check_pointers(loop, line, index, diagnoses)
    if line.through is not None and line.date_of_service is not None and line.through < line.date_of_service:
        yield rules.DAYS_REVERSED.finding(loop.position("DTP*472"), line=index)
    yield from _check_attachments(loop, rules.LINE_ATTACHMENT_NUMBER_MISSING, index)
    for child in loop.children:
        if rule := _LINE_NPI.get(child.spec.name):
            yield from _check_npi(child, at(child.first(child.spec.head_key), 9), rule, index)


_LINE_NPI = {"2420A": rules.LINE_RENDERING_NPI_WRONG, "2420C": rules.LINE_LOCATION_NPI_WRONG}


def _check_pointers(loop: Loop, line: ServiceLine, index: int, diagnoses: int) -> Iterator[GatewayFinding]:
    position = loop.position("SV1")
    if not line.diagnosis_pointers and not at(loop.first("SV1"), 7):
        yield rules.POINTER_MISSING.finding(position, line=index)
    for pointer in line.diagnosis_pointers:
        if not 1 <= pointer <= diagnoses:
            yield rules.POINTER_WRONG.finding(position, str(pointer), index)


def _check_npi(loop: Loop | None, npi: str, rule: rules.Rule, line: int) -> Iterator[GatewayFinding]:
    if loop is not None and npi and not is_npi(npi):
        yield rule.finding(loop.position(), npi, line)


def _check_address(
    loop: Loop | None, address: Address, no_state: rules.Rule, bad_zip: rules.Rule
) -> Iterator[GatewayFinding]:
    """State and ZIP code of an address in the United States; a country of its own lets both be absent."""
    if loop is None or "N4" not in loop.found or at(loop.first("N4"), 4) not in ("", "US", "USA"):
        return
    if not address.state:
        yield no_state.finding(loop.position("N4"))
    if not (address.zip_code.isascii() and address.zip_code.isdigit() and len(address.zip_code) in (5, 9)):
        yield bad_zip.finding(loop.position("N4"), address.zip_code)


def _is_tax_id(value: str) -> bool:
    return len(value) == 9 and value.isascii() and value.isdigit()
