"""A claim as an 837P sends it (005010X222A1), in plain frozen values.

In an accepted claim every amount, count and date that the guide requires is there; None stands only in a refused claim,
where what was sent could not be read. Codes are as sent: whether one was in force on a day is the engine's question.
Classes that hold a person's data have no repr, so that they cannot slip into a log.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

#: Offsets in the original file: of the first byte, and behind the last.
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Address:
    """N3 and N4."""

    street: str = ""
    street_2: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A submitter, receiver or payer: name and identifier (NM103, NM109)."""

    name: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class SetHeader:
    """What stands before the first HL: BHT03, the submitter (1000A) and the receiver (1000B)."""

    batch_id: str
    submitter: Party
    receiver: Party


@dataclass(frozen=True, slots=True)
class BillingProvider:
    """Loops 2000A and 2010AA. `tax_id` is nine digits without a dash."""

    name: str
    first_name: str
    npi: str
    tax_id: str
    taxonomy: str
    address: Address


@dataclass(frozen=True, slots=True)
class Practitioner:
    """A person or organization that ordered, referred, rendered or supervised. `npi` is as sent."""

    last_or_organization_name: str
    first_name: str
    npi: str
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class ServiceLocation:
    """Where the service was furnished (2310C)."""

    name: str
    npi: str
    address: Address


@dataclass(frozen=True, slots=True, repr=False)
class Beneficiary:
    """Loop 2010BA. `mbi` is in capitals and without dashes."""

    mbi: str
    last_name: str
    first_name: str
    middle_name: str
    suffix: str
    birth_date: date | None
    sex: str
    address: Address


@dataclass(frozen=True, slots=True)
class Coverage:
    """SBR of loop 2000B: P, S or T; 18 (the patient is the subscriber); MB for Medicare Part B."""

    payer_responsibility: str
    relationship: str
    filing_indicator: str


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """NTE: ADD, DCP and others, and the text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """PWK: report type, how it is sent (FX, BM, EL, EM, FT; AA: at the supplier), attachment control number."""

    report_type: str
    transmission: str
    control_number: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """HI: ABK or ABF (BK, BF before October 2015), and the code without its dot."""

    qualifier: str
    code: str


@dataclass(frozen=True, slots=True)
class Drug:
    """Loop 2410: qualifier (N4), National Drug Code, quantity and unit, prescription number."""

    qualifier: str
    code: str
    quantity: Decimal | None
    unit: str
    prescription_number: str


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Loops 2320 and 2330: another insurer; `paid` is AMT*D, the amount it paid."""

    name: str
    identifier: str
    payer_responsibility: str
    filing_indicator: str
    paid: Decimal | None
    decided_on: date | None
    has_adjustments: bool


@dataclass(frozen=True, slots=True)
class OtherPayerDecision:
    """Loop 2430: what another insurer decided on a line."""

    payer_identifier: str
    paid: Decimal | None
    decided_on: date | None


@dataclass(frozen=True, slots=True, repr=False)
class ServiceLine:
    """Loop 2400 and what is in it.

    `place_of_service` is empty where the claim's own holds. `referring` is the line's ordering provider (2420E), else
    its referring provider (2420F), else the claim's (2310A). `through` is the last day of a span, the same day when
    one day was sent.
    """

    number: int | None
    code_qualifier: str
    hcpcs: str
    modifiers: tuple[str, ...]
    description: str
    charge: Decimal | None
    unit_basis: str
    units: Decimal | None
    place_of_service: str
    diagnosis_pointers: tuple[int, ...]
    date_of_service: date | None
    through: date | None
    control_number: str
    notes: tuple[Note, ...]
    attachments: tuple[Attachment, ...]
    drug: Drug | None
    referring: Practitioner | None
    rendering: Practitioner | None
    other_payer_decisions: tuple[OtherPayerDecision, ...]


@dataclass(frozen=True, slots=True)
class Spans:
    """Where the claim's own segments lie in the file, and those of the levels above it."""

    claim: Span
    subscriber: Span
    billing: Span
    patient: Span | None


@dataclass(frozen=True, slots=True, repr=False)
class ClaimSubmission:
    """One claim: loop 2300 with the levels above it.

    `level` is the number (HL01) of its subscriber. `references` has every REF of loop 2300 by qualifier; those that
    are asked for by name have a property.
    """

    header: SetHeader
    billing_provider: BillingProvider
    coverage: Coverage
    beneficiary: Beneficiary
    payer: Party
    level: str
    patient_control_number: str
    total_charge: Decimal | None
    place_of_service: str
    frequency: str
    signature_on_file: str
    assignment: str
    benefits_assigned: str
    release_of_information: str
    references: dict[str, str]
    attachments: tuple[Attachment, ...]
    notes: tuple[Note, ...]
    diagnoses: tuple[Diagnosis, ...]
    referring: Practitioner | None
    rendering: Practitioner | None
    supervising: Practitioner | None
    service_location: ServiceLocation | None
    other_payers: tuple[OtherPayer, ...]
    lines: tuple[ServiceLine, ...]
    spans: Spans

    @property
    def original_claim_number(self) -> str:
        """REF*F8: the number of the claim that this one replaces or voids."""
        return self.references.get("F8", "")

    @property
    def clearinghouse_number(self) -> str:
        return self.references.get("D9", "")

    @property
    def prior_authorization(self) -> str:
        return self.references.get("G1", "")

    @property
    def medical_record_number(self) -> str:
        return self.references.get("EA", "")

    @property
    def has_primary_payer_decision(self) -> bool:
        """Whether another payer's decision came with the claim: an amount paid, or a decided line (2320, 2430)."""
        return any(payer.paid is not None or payer.has_adjustments for payer in self.other_payers) or any(
            line.other_payer_decisions for line in self.lines
        )

    @property
    def other_payers_paid(self) -> Decimal:
        """The sum of what other payers paid (AMT*D)."""
        return sum((payer.paid for payer in self.other_payers if payer.paid is not None), Decimal(0))
