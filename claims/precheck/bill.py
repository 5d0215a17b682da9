"""A claim as a supplier writes it, and the same claim as an 837P: the form in which it is checked and submitted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings

from beneficiaries.models import ApplicableProvider, Beneficiary, BeneficiaryAddress, PlanOfCareVersion
from beneficiaries.readers import PatientAsBilled
from claims.intake.x12.claim_837p import Attachment
from claims.intake.x12.mbi import normalize_mbi
from claims.intake.x12.reading import ClaimReading, read_claims, read_file
from claims.models import Claim
from claims.paper.cms_1500 import Envelope, PaperClaim, PaperLine, as_837p
from policy.tables import PolicyTables
from suppliers.models import Supplier

#: Who sends what suppliers write on our pages.
PORTAL, PORTAL_NAME = "PORTAL", "SUPPLIER PORTAL"
MOST_POINTERS = 4
SHORTEST, UNIT, HALF = 1, 15, 7


@dataclass(frozen=True, slots=True, repr=False)
class Bill:
    """What a supplier says of a claim; texts are empty where it said nothing. Each line is one visit.

    `corrects` is the claim that it corrects; with frequency 7 or 8 it names that claim. `kept` are items of the paper
    form which that claim had and the supplier's form has not. `attachments` announces papers that come apart (PWK).
    """

    mbi: str
    last_name: str
    birth_date: dt.date
    lines: tuple[PaperLine, ...]
    first_name: str = ""
    sex: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    referring_npi: str = ""
    referring_last_name: str = ""
    referring_first_name: str = ""
    diagnoses: tuple[str, ...] = ()
    place_of_service: str = "12"
    patient_control_number: str = "CHECK"
    frequency: str = "1"
    corrects: Claim | None = None
    kept: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    @property
    def names(self) -> Claim | None:
        """The claim whose place it takes, or that it takes back."""
        return self.corrects if self.frequency != "1" else None

    @property
    def patient(self) -> PatientAsBilled:
        return PatientAsBilled(normalize_mbi(self.mbi), self.birth_date, self.last_name)


@dataclass(frozen=True, slots=True, repr=False)
class OnFile:
    """What the record adds to a bill whose patient it names beyond doubt: the person, the address, who refers."""

    person: Beneficiary
    address: BeneficiaryAddress | None
    referring_name: str

    @property
    def sentence(self) -> str:
        born = self.person.birth_date
        return f"{self.person.first_name} {self.person.last_name}, born {born:%B} {born.day}, {born.year}"


def units_of(minutes: int) -> Decimal:
    """Units of 15 minutes: 1 below 23 minutes, 2 from 23 to 37, one more for each 15 (CMS MM11880)."""
    return Decimal(max((minutes + HALF) // UNIT, SHORTEST))


def on_file(beneficiary_id: int, referring_npi: str, today: dt.date) -> OnFile:
    """What the record says of the person today; two queries, one more for a person without an address."""
    addresses = BeneficiaryAddress.objects.filter(beneficiary=beneficiary_id, in_force__contains=today)
    address = addresses.select_related("beneficiary").first()
    person = address.beneficiary if address else Beneficiary.objects.get(pk=beneficiary_id)
    return OnFile(person, address, _name_of(beneficiary_id, referring_npi) if referring_npi else "")


def _name_of(beneficiary_id: int, npi: str) -> str:
    """The name under which the patient's own record knows a provider; "" when it does not."""
    cares = ApplicableProvider.objects.filter(beneficiary=beneficiary_id, npi=npi).values_list("name")
    orders = PlanOfCareVersion.objects.filter(plan__beneficiary=beneficiary_id, physician_npi=npi)
    names = cares.order_by().union(orders.exclude(physician_name="").order_by().values_list("physician_name"))
    return min((name for (name,) in names), default="")


# ---------- as an 837P ----------


def write_837p(
    bill: Bill, supplier: Supplier, found: OnFile | None, received: dt.date, control_number: int = 1
) -> bytes:
    """The interchange with this claim, as a supplier's own billing program would write it."""
    payer = settings.CONTRACTOR
    claim = _claim(bill, supplier, found, received)
    envelope = Envelope(PORTAL, PORTAL_NAME, control_number)
    return as_837p(claim, str(payer["name"]), str(payer["interchange_id"]), envelope)


def read_bill(content: bytes, tables: PolicyTables, received: dt.date, also: str = "") -> ClaimReading:
    """The claim of such an interchange as the gateway reads it, with what it finds.

    `also` is a frequency that is read whether or not the gateway takes it in: what an examiner may let in.
    """
    (transaction_set,) = read_file(content).readable_sets()
    (claim,) = read_claims(transaction_set, accepted_frequencies(tables, received) | {also})
    return claim


def accepted_frequencies(tables: PolicyTables, received: dt.date) -> frozenset[str]:
    return frozenset(tables.setting_on("accepted_frequencies", received, "1").split())


def _claim(bill: Bill, supplier: Supplier, found: OnFile | None, received: dt.date) -> PaperClaim:
    """The bill with what it leaves open taken from the record of its patient and of its supplier."""
    person, address = (found.person, found.address) if found else (None, None)
    first_name, last_name = _referring(bill, found)
    return PaperClaim(
        received_on=received,
        mbi=normalize_mbi(bill.mbi),
        last_name=bill.last_name,
        first_name=bill.first_name or (person.first_name if person else ""),
        middle_name=bill.kept.get("middle_name", ""),
        birth_date=bill.birth_date,
        sex=bill.sex or (person.sex if person else "U"),
        street=bill.street or (address.address if address else ""),
        city=bill.city or (address.city if address else ""),
        state=bill.state or (address.state if address else ""),
        zip_code=bill.zip_code or (address.zip if address else ""),
        referring_last_name=last_name,
        referring_first_name=first_name,
        referring_npi=bill.referring_npi,
        note=bill.kept.get("note", ""),
        diagnoses=bill.diagnoses,
        frequency=bill.frequency,
        original_claim_number=str(bill.names.icn) if bill.names else "",
        prior_authorization=bill.kept.get("prior_authorization", ""),
        tax_id=supplier.tin,
        patient_control_number=bill.patient_control_number,
        accepts_assignment=True,
        total_charge=sum((line.charge for line in bill.lines), Decimal("0.00")),
        location_name=bill.kept.get("location_name", ""),
        location_npi=bill.kept.get("location_npi", ""),
        location_street=bill.kept.get("location_street", ""),
        location_city=bill.kept.get("location_city", ""),
        location_state=bill.kept.get("location_state", ""),
        location_zip=bill.kept.get("location_zip", ""),
        billing_name=supplier.name,
        billing_npi=supplier.npi,
        billing_street=supplier.address,
        billing_city=supplier.city,
        billing_state=supplier.state,
        billing_zip=supplier.zip,
        lines=bill.lines,
        attachments=bill.attachments,
    )


def _referring(bill: Bill, found: OnFile | None) -> tuple[str, str]:
    """First and last name of who refers: as billed, else as the patient's record names the NPI."""
    if bill.referring_last_name or not found:
        return bill.referring_first_name, bill.referring_last_name
    first_name, _, last_name = found.referring_name.rpartition(" ")
    return first_name, last_name
