"""What a decision may know: one claim and the dated facts around it, as frozen values.

Everything here is plain data. The facts reader fills it from the database, the scenario runner from a YAML file,
and later the supplier's check from a draft; `decide()` cannot tell them apart. Spans include both their days.
`None` in place of a list means that nobody knows (an edit that needs it suspends); an empty tuple is known to be none.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

VisitStatus = Literal["paid", "pending", "denied"]
DrugStatus = Literal["paid", "pending", "denied"]
DeterminationKind = Literal[
    "override", "waiver", "drug_category", "timely_filing", "review_affirm", "review_code", "review_deny"
]


@dataclass(frozen=True, slots=True)
class Span:
    """Days in force, both ends included; no end means still in force."""

    start: dt.date
    end: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a facility; without a discharge the patient is still there."""

    admitted: dt.date
    discharged: dt.date | None = None

    def is_inside(self, day: dt.date) -> bool:
        """The days of admission and of discharge are outside (reading 9)."""
        return self.admitted < day and (self.discharged is None or day < self.discharged)


@dataclass(frozen=True, slots=True)
class Accreditation:
    organization: str
    span: Span


@dataclass(frozen=True, slots=True)
class License:
    state: str
    span: Span


def supplier_key(npi: str, tin: str) -> str:
    """A supplier is NPI and TIN: the text that tells suppliers apart in the visit history, on file or not."""
    return f"{npi}-{tin}"


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """A supplier on file. `key` is its `supplier_key`."""

    key: str
    name: str
    npi: str
    kind: str
    specialty: str
    enrolled: tuple[Span, ...] | None
    revoked: tuple[Span, ...] | None
    accredited: tuple[Accreditation, ...] | None
    licensed: tuple[License, ...] | None
    prepayment_review: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service was furnished: two-letter State and ZIP of five digits."""

    state: str
    zip: str


@dataclass(frozen=True, slots=True)
class ApplicableProvider:
    npi: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class PlanChange:
    date: dt.date
    signed: dt.date | None


@dataclass(frozen=True, slots=True)
class PlanDrug:
    hcpcs: str
    modifier: str


@dataclass(frozen=True, slots=True)
class PlanOfCare:
    """A plan of care with all that §320.5 A to D asks for; `None` or empty is missing from the record."""

    key: str
    established: dt.date | None
    established_by_npi: str | None
    credential: str | None
    signed: dt.date | None
    starts: dt.date
    ends: dt.date | None
    drugs: tuple[PlanDrug, ...]
    dosage: str | None
    frequency: str | None
    route: str | None
    therapy_type: str | None
    amount: str | None
    duration: str | None
    professional_services: tuple[str, ...]
    discipline: str | None
    visits_per_week: tuple[int, int] | None
    options_notified: dt.date | None
    changes: tuple[PlanChange, ...] = ()
    review_every_days: int | None = None
    reviewed: tuple[dt.date, ...] = ()
    #: The days on which this content holds, when the plan was changed: one value for each version, the same `key`.
    content: Span | None = None

    def is_in_force(self, day: dt.date) -> bool:
        in_force = self.starts <= day and (self.ends is None or day <= self.ends)
        return in_force and (self.content is None or self.content.covers(day))


@dataclass(frozen=True, slots=True)
class DrugBill:
    """A drug line billed to the DME benefit. `modifier` is "" for none."""

    key: str
    hcpcs: str
    modifier: str
    date: dt.date
    status: DrugStatus


def visit_key(claim: str, line: int) -> str:
    """The text that tells visits apart: the claim's number and the line's."""
    return f"{claim}/{line}"


@dataclass(frozen=True, slots=True)
class Visit:
    """A home infusion therapy visit in the patient's history: a line of another claim, or one of another contractor.

    `key` is its `visit_key`; `claim` its claim number or "" for another contractor's; `supplier` the supplier's key.
    """

    key: str
    date: dt.date
    hcpcs: str
    status: VisitStatus
    supplier: str
    supplier_name: str
    claim: str


@dataclass(frozen=True, slots=True)
class BeneficiaryFacts:
    key: str
    mbi: str
    born: dt.date
    died: dt.date | None
    part_b: tuple[Span, ...] | None
    medicare_advantage: tuple[Span, ...] | None
    hospice: tuple[Span, ...] | None
    inpatient_stays: tuple[Stay, ...] | None
    snf_stays: tuple[Stay, ...] | None
    other_primary_insurance: tuple[Span, ...] | None
    homes: tuple[tuple[Span, Place], ...]
    applicable_providers: tuple[ApplicableProvider, ...] | None
    plans_of_care: tuple[PlanOfCare, ...] | None
    drug_bills: tuple[DrugBill, ...] | None
    visits: tuple[Visit, ...] | None
    deductible_remaining: tuple[tuple[int, Decimal], ...]

    def home_on(self, day: dt.date) -> Place | None:
        return next((place for span, place in self.homes if span.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Determination:
    """A person's decision that counts as a fact: who, when, why, on what, until when.

    override       `edit` does not decide on `line` (None: on every line of the claim)
    waiver         `edit` does not decide for this supplier or patient while `until` is not past (by day of receipt)
    drug_category  `value` is the payment category (1, 2 or 3) that a reviewer gave the drug without a code of its own
    timely_filing  an exception of 42 CFR 424.44(b): HIT-102 does not decide when the claim came by `until`
    review_affirm  medical review looked at what `edit` suspended `line` for and has nothing against it
    review_code    medical review judges and prices `line` as the visit code `value` (reading 26)
    review_deny    medical review denies `line` with the reason codes `value` ("CO-272 N705")
    """

    kind: DeterminationKind
    by: str
    at: dt.date
    reason: str
    edit: str = ""
    line: int | None = None
    value: str = ""
    until: dt.date | None = None

    @property
    def category(self) -> int | None:
        """The payment category that this determination gives, if it gives one."""
        is_given = self.kind == "drug_category" and self.value in ("1", "2", "3")
        return int(self.value) if is_given else None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A service line as billed. Units as billed (a value that is no number of units is None)."""

    number: int
    date: dt.date
    through: dt.date | None
    hcpcs: str
    modifiers: tuple[str, ...]
    units: Decimal | None
    charge: Decimal
    place_of_service: str


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """One claim with what is known around it, at the moment of decision. `control_number` tells claims apart."""

    control_number: str
    received: dt.date
    today: dt.date
    billing_npi: str
    billing_tin: str
    referring_npi: str | None
    diagnoses: tuple[str, ...]
    service_location: Place | None
    patient_address: Place | None
    accepts_assignment: bool
    has_primary_payer_decision: bool
    is_test: bool
    looks_done: int
    lines: tuple[LineFacts, ...]
    supplier: SupplierFacts | None
    beneficiary: BeneficiaryFacts | None
    determinations: tuple[Determination, ...] = ()
    #: The number of the claim that this one replaces: its visits and its deductible are no history of this claim.
    replaces: str = ""

    def as_reviewed(self, line: LineFacts) -> LineFacts:
        """The line with the visit code that medical review gave it; as it was billed without one."""
        for determination in self.determinations:
            if determination.kind == "review_code" and determination.line == line.number:
                return replace(line, hcpcs=determination.value)
        return line

    @property
    def supplier_key(self) -> str:
        """The billing supplier's key, also when no such supplier is on file."""
        return supplier_key(self.billing_npi, self.billing_tin)
