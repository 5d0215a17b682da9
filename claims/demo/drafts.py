"""A patient of the demonstration while the story is still being written: rows, course of treatment, bills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from django.db.models import Model

from beneficiaries.models import (
    ApplicableProvider,
    Beneficiary,
    BeneficiaryAddress,
    BeneficiaryMbi,
    CoverageSpan,
    DeductibleElsewhere,
    DmeDrugClaim,
    OutsideVisit,
    PlanOfCare,
    PlanOfCareVersion,
    Stay,
)
from claims.demo.bills import Bill, Doctor, Patient, PostalAddress
from claims.demo.days import LAST_DAY
from claims.demo.identifiers import npi, tax_id
from claims.demo.names import MEN, SURNAMES, WOMEN
from claims.demo.suppliers import DemoSupplier
from claims.demo.therapies import Therapy
from claims.demo.towns import STREETS, TOWNS
from suppliers.spans import days

#: The Part B deductible of the year's two calendar years (policy table `part_b_deductible`).
DEDUCTIBLES = {2025: Decimal("257.00"), 2026: Decimal("283.00")}
FACILITIES = {Stay.Kind.INPATIENT: "Patapsco Hospital", Stay.Kind.SNF: "Example Nursing Center"}
DOCTORS = tuple(
    Doctor(SURNAMES[(number * 7 + 3) % len(SURNAMES)], (WOMEN + MEN)[number * 5 % 90], npi(50_000 + number))
    for number in range(60)
)


@dataclass(slots=True)
class DrugBill:
    """A drug line of the DME benefit and the day on which it reaches the history."""

    claim: DmeDrugClaim
    arrives: dt.date


@dataclass(slots=True)
class SentBill:
    """A bill, who sends it, and the day on which it is ready to go out."""

    supplier: DemoSupplier
    bill: Bill
    ready: dt.date


@dataclass(slots=True)
class Draft:
    """One patient. `visits` are the days of the nurse's visits, week by week of the course."""

    number: int
    rng: Random
    beneficiary: Beneficiary
    mbi: str
    home: PostalAddress
    doctor: Doctor
    supplier: DemoSupplier
    therapy: Therapy
    visits: list[list[dt.date]]
    rows: list[Model] = field(default_factory=list)
    plan: PlanOfCare | None = None
    versions: list[PlanOfCareVersion] = field(default_factory=list)
    drug_bills: list[DrugBill] = field(default_factory=list)
    bills: list[SentBill] = field(default_factory=list)

    @property
    def first_visit(self) -> dt.date:
        return self.visits[0][0]

    @property
    def last_visit(self) -> dt.date:
        return self.visits[-1][-1]

    def cover(self, kind: CoverageSpan.Kind, first: dt.date, plan: str = "") -> None:
        """Cover the patient from a day on."""
        self.rows.append(CoverageSpan(beneficiary=self.beneficiary, kind=kind, in_force=days(first), plan=plan))

    def stay(self, kind: Stay.Kind, admitted: dt.date, discharged: dt.date) -> None:
        """Put the patient into a facility; a discharge that is yet to come is not known."""
        self.rows.append(
            Stay(
                beneficiary=self.beneficiary,
                kind=kind,
                facility=FACILITIES[kind],
                admitted=admitted,
                discharged=discharged if discharged <= LAST_DAY else None,
            )
        )

    def visit_elsewhere(self, day: dt.date) -> None:
        """A visit that another contractor paid to another supplier."""
        self.rows.append(
            OutsideVisit(
                beneficiary=self.beneficiary,
                hcpcs="G0068",
                date_of_service=day,
                status=OutsideVisit.Status.PAID,
                supplier_npi=npi(90_001),
                supplier_tin=tax_id(90_001),
                supplier_name="Ohio Valley Example Infusion",
                contractor="15202",
                loaded_on=day + dt.timedelta(days=14),
            )
        )

    @property
    def credential(self) -> str:
        """Of the patient's physician."""
        return "DO" if self.number % 9 == 1 else "MD"

    @property
    def as_billed(self) -> Patient:
        person = self.beneficiary
        return Patient(self.mbi, person.last_name, person.first_name, person.birth_date, person.sex, self.home)


def new_person(number: int, rng: Random) -> Beneficiary:
    """Someone born between 1930 and 1959."""
    sex = rng.choice("FM")
    return Beneficiary(
        last_name=rng.choice(SURNAMES),
        first_name=rng.choice(WOMEN if sex == "F" else MEN),
        middle_name=rng.choice(("", "", chr(65 + number % 26))),
        birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=rng.randrange(30 * 365)),
        sex=sex,
    )


def new_home(rng: Random, states: Sequence[str]) -> PostalAddress:
    """An address in one of the States, most often in the first."""
    town = rng.choice(TOWNS[states[0] if rng.random() < 0.8 else rng.choice(states)])
    return PostalAddress(f"{rng.randrange(1, 99)} {rng.choice(STREETS)}", town.city, town.state, rng.choice(town.zips))


def settle(draft: Draft) -> None:
    """The facts of a patient who has Part B since 65 and used up a deductible on other claims, or part of it."""
    born, used = draft.beneficiary.birth_date, {}
    for year, whole in DEDUCTIBLES.items():
        if draft.rng.random() < 0.85:
            part = 100 if draft.rng.random() < 0.8 else draft.rng.randrange(10, 90)
            used[year] = (whole * part / 100).quantize(Decimal("0.01"))
    draft.rows += plain_facts(draft, dt.date(born.year + 65, born.month, 1), used)


def plain_facts(draft: Draft, entitled: dt.date, used: Mapping[int, Decimal]) -> list[Model]:
    """What every patient has: MBI, address, Part B, a provider who cares for them, deductible used elsewhere."""
    person, home = draft.beneficiary, draft.home
    place = {"address": home.street, "city": home.city, "state": home.state, "zip": home.zip}
    return [
        BeneficiaryMbi(beneficiary=person, mbi=draft.mbi, in_force=days(dt.date(2018, 4, 1))),
        BeneficiaryAddress(beneficiary=person, in_force=days(entitled), **place),
        CoverageSpan(beneficiary=person, kind=CoverageSpan.Kind.PART_B, in_force=days(entitled)),
        ApplicableProvider(
            beneficiary=person,
            npi=draft.doctor.npi,
            name=draft.doctor.name,
            kind=draft.credential,
            in_force=days(dt.date(2020, 1, 1)),
        ),
        *(
            DeductibleElsewhere(beneficiary=person, year=year, amount=amount, source="Other Part B claims")
            for year, amount in used.items()
        ),
    ]
