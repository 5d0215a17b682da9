"""The people of the sample files: the same ones in every demonstration, whatever its size and seed.

Plain `member()` is a patient in Baltimore with everything in order on March 10 2026: Part B, a physician, the
deductible used up, a signed plan of care for milrinone since February 16, the drug billed and paid on February 20.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from beneficiaries.models import (
    Beneficiary,
    CoverageSpan,
    DeductibleElsewhere,
    DmeDrugClaim,
    PlanOfCare,
    Stay,
)
from claims.demo.bills import Doctor, PostalAddress
from claims.demo.courses import DAY, new_version
from claims.demo.drafts import DEDUCTIBLES, Draft, DrugBill, plain_facts
from claims.demo.identifiers import mbi, npi
from claims.demo.suppliers import DemoSupplier
from claims.demo.therapies import DRUG_WITHOUT_CODE, NARRATIVE, THERAPIES

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
        draft.rows += plain_facts(draft, dt.date(2018, 4, 1), DEDUCTIBLES)
        write_plan(draft)
        draft.drug_bills.append(drug_bill(draft))
        self.members[word] = draft
        return draft


def write_plan(draft: Draft) -> None:
    draft.plan = PlanOfCare(
        beneficiary=draft.beneficiary,
        supplier=draft.supplier.supplier,
        established=PLAN_DAY,
        starts=PLAN_DAY,
        options_notified=PLAN_DAY,
    )
    draft.versions = [new_version(draft, 1, PLAN_DAY, PLAN_DAY)]


def drug_bill(draft: Draft, status: str = "paid", hcpcs: str = "J2260") -> DrugBill:
    claim = DmeDrugClaim(
        beneficiary=draft.beneficiary,
        hcpcs=hcpcs,
        date_of_service=DRUG_DAY,
        status=status,
        supplier_name="Harbor DME",
        narrative=NARRATIVE if hcpcs == DRUG_WITHOUT_CODE else "",
    )
    return DrugBill(claim, DRUG_DAY + 3 * DAY)


def make_cast(suppliers: list[DemoSupplier]) -> Cast:
    """Everybody, in the order of their MBIs."""
    cast = Cast({found.supplier.name: found for found in suppliers})
    for enter in (in_order, who_owes, denied_for_the_patient, denied_for_the_drug, waiting, at_other_suppliers):
        enter(cast)
    return cast


def in_order(cast: Cast) -> None:
    """Patients whose claims pay, or fail for what is on the claim alone."""
    cast.member("three visits", "Whitcombe, Harold", "1944-06-02", "M")
    cast.member("one visit", "Vandermeer, Paul", "1951-11-19", "M")
    cast.member("long visit", "Juárez, Isabel", "1947-03-30", "F")
    cast.member("duplicate", "Crowther, Edmund", "1939-08-14", "M")
    two_drugs = cast.member("same day", "Fenwick, Arthur", "1942-01-25", "M")
    two_drugs.drug_bills.append(drug_bill(two_drugs, hcpcs="J9190"))
    two_drugs.versions[0].drugs = ["J2260", "J9190"]
    cast.member("telehealth", "Lindgren, Oscar", "1950-09-09", "M")
    cast.member("no referring provider", "Ashby, Winifred", "1938-12-03", "F")
    cast.member("other category", "Delacroix, Yvette", "1946-07-21", "F")
    cast.member("odd units", "Ellsworth, Naomi", "1953-04-17", "F")
    cast.member("no price", "Castellane, Ruth", "1945-10-08", "F")
    cast.member("good neighbour", "Hargrove, Clement", "1940-05-12", "M")
    cast.member("refused", "Thibault, Renée", "1949-02-28", "F")
    cast.member("other neighbour", "Whitfield, Delores", "1952-08-06", "F")


def who_owes(cast: Cast) -> None:
    owing = cast.member("owes the deductible", "Bianchi, Rosa", "1948-02-15", "F")
    for row in owing.rows:
        if isinstance(row, DeductibleElsewhere) and row.year == 2026:
            row.amount = DEDUCTIBLES[2026] - Decimal("100.00")


def denied_for_the_patient(cast: Cast) -> None:
    cast.member("treated elsewhere", "Sorensen, Ada", "1943-11-11", "F").visit_elsewhere(dt.date(2026, 1, 21))
    advantage = cast.member("in Medicare Advantage", "Okonjo, Samuel", "1954-01-16", "M")
    advantage.cover(CoverageSpan.Kind.MEDICARE_ADVANTAGE, dt.date(2026, 1, 1), "Example Advantage Plan")
    patient = cast.member("in hospital", "Pemberton, Iris", "1941-06-27", "F")
    patient.stay(Stay.Kind.INPATIENT, FIRST_VISIT - DAY, FIRST_VISIT + DAY)
    cast.member("in hospice", "Quarles, Bernard", "1936-09-23", "M").cover(
        CoverageSpan.Kind.HOSPICE, dt.date(2026, 2, 1)
    )


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
