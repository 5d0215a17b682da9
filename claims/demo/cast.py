"""The people of the sample files: the same ones in every demonstration, whatever its size and seed.

Plain `member()` is a patient in Baltimore with everything in order on March 10 2026: Part B, a physician, the
deductible used up, a signed plan of care for milrinone since February 16, the drug billed and paid on February 20.
"""

from __future__ import annotations

import datetime as dt
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
    Stay,
)
from claims.demo.bills import Doctor, PostalAddress
from claims.demo.courses import new_version
from claims.demo.drafts import DEDUCTIBLES, Draft, DrugBill
from claims.demo.identifiers import mbi, npi, tax_id
from claims.demo.suppliers import DemoSupplier
from claims.demo.therapies import DRUG_WITHOUT_CODE, NARRATIVE, THERAPIES, Therapy
from suppliers.spans import days

PHYSICIAN = Doctor("Marchetti", "Elena", npi(50_100))
FIRST_MBI = 9000
PLAN_DAY = dt.date(2026, 2, 16)
DRUG_DAY = dt.date(2026, 2, 20)
FIRST_VISIT = dt.date(2026, 2, 23)
MILRINONE, *_ = THERAPIES


@dataclass(slots=True)
class Cast:
    """The members by the word that the sample files call them."""

    suppliers: dict[str, DemoSupplier]
    members: dict[str, Draft] = field(default_factory=dict)

    def member(self, word: str, name: str, born: str, sex: str, *, supplier: str = "Chesapeake Infusion") -> Draft:
        """A patient with everything in order, entered under a word."""
        last_name, first_name = name.split(", ")
        number = len(self.members)
        draft = Draft(
            number=FIRST_MBI + number,
            rng=Random(number),  # noqa: S311 - never thrown; every value of a member is fixed
            beneficiary=Beneficiary(
                last_name=last_name, first_name=first_name, birth_date=dt.date.fromisoformat(born), sex=sex
            ),
            mbi=mbi(FIRST_MBI + number),
            home=PostalAddress(f"{12 + number} Elm Street", "Baltimore", "MD", "21201"),
            doctor=PHYSICIAN,
            supplier=self.suppliers[supplier],
            therapy=MILRINONE,
            visits=[[FIRST_VISIT], [FIRST_VISIT + dt.timedelta(weeks=11)]],
        )
        draft.rows += facts_of(draft)
        write_plan(draft, MILRINONE)
        draft.drug_bills.append(drug_bill(draft))
        self.members[word] = draft
        return draft


def facts_of(draft: Draft) -> list[Model]:
    person, home = draft.beneficiary, draft.home
    entitled = days(dt.date(2018, 4, 1))
    place = {"address": home.street, "city": home.city, "state": home.state, "zip": home.zip}
    return [
        BeneficiaryMbi(beneficiary=person, mbi=draft.mbi, in_force=entitled),
        BeneficiaryAddress(beneficiary=person, in_force=entitled, **place),
        CoverageSpan(beneficiary=person, kind=CoverageSpan.Kind.PART_B, in_force=entitled),
        ApplicableProvider(
            beneficiary=person, npi=PHYSICIAN.npi, name="Elena Marchetti", kind="MD", in_force=days(dt.date(2020, 1, 1))
        ),
        *(
            DeductibleElsewhere(beneficiary=person, year=year, amount=whole, source="Other Part B claims")
            for year, whole in DEDUCTIBLES.items()
        ),
    ]


def write_plan(draft: Draft, therapy: Therapy) -> None:
    draft.therapy = therapy
    draft.plan = PlanOfCare(
        beneficiary=draft.beneficiary,
        supplier=draft.supplier.supplier,
        established=PLAN_DAY,
        starts=PLAN_DAY,
        options_notified=PLAN_DAY,
    )
    draft.versions = [new_version(draft, 1, PLAN_DAY, PLAN_DAY)]
    draft.versions[0].credential = "MD"


def drug_bill(draft: Draft, status: str = "paid", hcpcs: str = "J2260") -> DrugBill:
    claim = DmeDrugClaim(
        beneficiary=draft.beneficiary,
        hcpcs=hcpcs,
        date_of_service=DRUG_DAY,
        status=status,
        supplier_name="Harbor DME",
        narrative=NARRATIVE if hcpcs == DRUG_WITHOUT_CODE else "",
    )
    return DrugBill(claim, DRUG_DAY + dt.timedelta(days=3))


def make_cast(suppliers: list[DemoSupplier]) -> Cast:
    """Everybody, in the order of their MBIs."""
    cast = Cast({found.supplier.name: found for found in suppliers})
    for enter in (
        in_order,
        with_money_to_owe,
        denied_for_the_patient,
        denied_for_the_drug,
        waiting,
        at_other_suppliers,
    ):
        enter(cast)
    return cast


def in_order(cast: Cast) -> None:
    """Patients whose claims pay, or fail for what is on the claim alone."""
    cast.member("three visits", "Whitcombe, Harold", "1944-06-02", "M")
    cast.member("one visit", "Vandermeer, Paul", "1951-11-19", "M")
    cast.member("long visit", "Juárez, Isabel", "1947-03-30", "F")
    cast.member("duplicate", "Crowther, Edmund", "1939-08-14", "M")
    cast.member("same day", "Fenwick, Arthur", "1942-01-25", "M")
    cast.member("telehealth", "Lindgren, Oscar", "1950-09-09", "M")
    cast.member("no referring provider", "Ashby, Winifred", "1938-12-03", "F")
    cast.member("other category", "Delacroix, Yvette", "1946-07-21", "F")
    cast.member("odd units", "Ellsworth, Naomi", "1953-04-17", "F")
    cast.member("no price", "Castellane, Ruth", "1945-10-08", "F")
    cast.member("good neighbour", "Hargrove, Clement", "1940-05-12", "M")
    cast.member("refused", "Thibault, Renée", "1949-02-28", "F")
    cast.member("other neighbour", "Whitfield, Delores", "1952-08-06", "F")


def with_money_to_owe(cast: Cast) -> None:
    owing = cast.member("owes the deductible", "Bianchi, Rosa", "1948-02-15", "F")
    for row in owing.rows:
        if isinstance(row, DeductibleElsewhere) and row.year == 2026:
            row.amount = DEDUCTIBLES[2026] - Decimal("100.00")


def denied_for_the_patient(cast: Cast) -> None:
    elsewhere = cast.member("treated elsewhere", "Sorensen, Ada", "1943-11-11", "F")
    elsewhere.rows.append(
        OutsideVisit(
            beneficiary=elsewhere.beneficiary,
            hcpcs="G0068",
            date_of_service=dt.date(2026, 1, 21),
            status=OutsideVisit.Status.PAID,
            supplier_npi=npi(90_001),
            supplier_tin=tax_id(90_001),
            supplier_name="Ohio Valley Example Infusion",
            contractor="15202",
            loaded_on=dt.date(2026, 2, 2),
        )
    )
    advantage = cast.member("in Medicare Advantage", "Okonjo, Samuel", "1954-01-16", "M").beneficiary
    plan = "Example Advantage Plan"
    cast.members["in Medicare Advantage"].rows.append(
        CoverageSpan(beneficiary=advantage, kind="medicare_advantage", in_force=days(dt.date(2026, 1, 1)), plan=plan)
    )
    patient = cast.member("in hospital", "Pemberton, Iris", "1941-06-27", "F")
    patient.rows.append(
        Stay(
            beneficiary=patient.beneficiary,
            kind=Stay.Kind.INPATIENT,
            facility="Patapsco Hospital",
            admitted=FIRST_VISIT - dt.timedelta(days=1),
            discharged=FIRST_VISIT + dt.timedelta(days=1),
        )
    )
    dying = cast.member("in hospice", "Quarles, Bernard", "1936-09-23", "M")
    dying.rows.append(CoverageSpan(beneficiary=dying.beneficiary, kind="hospice", in_force=days(dt.date(2026, 2, 1))))


def denied_for_the_drug(cast: Cast) -> None:
    denied = cast.member("drug denied", "Adeyemi, Florence", "1947-12-05", "F")
    denied.drug_bills = [drug_bill(denied, "denied")]


def waiting(cast: Cast) -> None:
    """Patients whose claims wait: for a drug, or for a person."""
    cast.member("no drug", "Orozco, Manuel", "1950-03-04", "M").drug_bills = []
    cast.member("plan by a nurse practitioner", "Ridgeway, Thomas", "1945-05-31", "M").versions[0].credential = "NP"
    cast.member("plan not signed", "Tran, Minh", "1949-07-07", "M").versions[0].signed = None
    cast.member("plan without duration", "Abernathy, Louise", "1944-10-29", "F").versions[0].duration = ""
    uncoded = cast.member("drug without a code", "Nakashima, Grace", "1951-01-13", "F")
    uncoded.drug_bills = [drug_bill(uncoded, hcpcs=DRUG_WITHOUT_CODE)]
    uncoded.versions[0].drugs = [DRUG_WITHOUT_CODE]


def at_other_suppliers(cast: Cast) -> None:
    cast.member("under review", "Marsh, Evangeline", "1946-04-02", "F", supplier="Piscataway Therapy")
    cast.member("not accredited", "Zimmer, Otis", "1940-02-20", "M", supplier="Gunpowder Infusion")
