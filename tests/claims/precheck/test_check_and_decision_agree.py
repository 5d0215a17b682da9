"""What a check says and what is decided later are the same, to the byte, when nothing changed in between.

Random patients, histories and claims: 10,000 under HIT_PROOF=1, some dozens else.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from decimal import Decimal

import pytest

from beneficiaries.models import BeneficiaryMbi
from claims.adjudication.canonical import dump_decision, dump_facts
from claims.adjudication.queue import adjudicate_all
from claims.intake.receive import receive_file
from claims.models import Claim, Decision
from claims.paper.cms_1500 import PaperLine
from claims.precheck.bill import Bill, on_file, read_bill, write_837p
from claims.precheck.unsent import Unsent, decide_unsent, unsent_number
from policy.readers import tables_as_known
from suppliers.models import Supplier
from tests.factories.beneficiaries import (
    PHYSICIAN_NPI,
    BeneficiaryFactory,
    CoverageFactory,
    DrugBillFactory,
    OutsideVisitFactory,
    PlanOfCareFactory,
    StayFactory,
)
from tests.factories.suppliers import SupplierFactory

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

TODAY = dt.date(2026, 1, 16)
IS_FULL = bool(os.environ.get("HIT_PROOF"))
#: Patients of a world, claims of a patient, one after the other; worlds drawn anew.
PATIENTS, CLAIMS, WORLDS = (50, 4, 50) if IS_FULL else (8, 3, 2)
CODES = ("G0088", *("G0068",) * 6, "G0089", "G0070", "99601")
DAYS = tuple(dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in range(16))
WELL: dict[str, bool] = {}
SUPPLIERS = (*(WELL,) * 7, {"unlicensed": True}, {"unaccredited": True}, {"under_prepayment_review": True})
TRAITS = ("in_medicare_advantage", "in_hospice", "otherwise_insured", "in_hospital", "without_provider", "dead")
PLANS = (
    *(WELL,) * 9,
    {"unsigned": True},
    {"incomplete": True},
    {"changed": True},
    {"changed_unsigned": True},
    {"options_not_discussed": True},
    None,
)


def make_patient(chance: random.Random, supplier: Supplier, number: int) -> Bill:
    """A patient with a history; what a claim for the person says of them."""
    traits = {trait: True for trait in TRAITS if chance.random() < 0.03}
    patient = BeneficiaryFactory(last_name=f"Patient{number}", owing_the_deductible=chance.random() < 0.5, **traits)
    if (plan := chance.choice(PLANS)) is not None:
        PlanOfCareFactory(beneficiary=patient, supplier=supplier, **plan)
    if chance.random() < 0.7:
        DrugBillFactory(beneficiary=patient, date_of_service=DAYS[0])
    for _ in range(chance.randint(0, 3)):
        status = chance.choice(({}, {}, {"pending": True}, {"denied": True}, {"subcutaneous": True}))
        DrugBillFactory(beneficiary=patient, date_of_service=chance.choice(DAYS), **status)
    for _ in range(chance.choice((0, 0, 1, 2))):
        day = chance.choice(DAYS) - dt.timedelta(days=chance.choice((0, 10, 55, 90)))
        OutsideVisitFactory(beneficiary=patient, date_of_service=day, status=chance.choice(("paid", "denied")))
    if chance.random() < 0.1:
        StayFactory(beneficiary=patient, admitted=chance.choice(DAYS), discharged=None)
    if chance.random() < 0.1:
        CoverageFactory(beneficiary=patient, kind="hospice")
    return Bill(patient.mbis.get().mbi, patient.last_name, patient.birth_date, ())


def lines_of(chance: random.Random, place: str) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(
            first_day=chance.choice(DAYS),
            last_day=None,
            place_of_service=place,
            hcpcs=chance.choice(CODES),
            modifiers=chance.choice(((), (), ("GW",))),
            pointers=(1,),
            charge=Decimal(chance.randint(0, 50_000)) / 100,
            units=Decimal(chance.choice((*(6,) * 8, 20, 21, 97))),
        )
        for _ in range(chance.randint(1, 2))
    )


@pytest.mark.parametrize("seed", range(WORLDS))
def test_a_check_and_the_decision_agree(tables: None, seed: int) -> None:
    chance = random.Random(seed)
    suppliers = [SupplierFactory(**traits) for traits in SUPPLIERS]
    statuses = set()
    for number in range(PATIENTS):
        supplier = chance.choice(suppliers)
        patient = make_patient(chance, supplier, number)
        for turn in range(CLAIMS):
            statuses.add(agree(patient, supplier, chance, seed * PATIENTS * CLAIMS + number * CLAIMS + turn + 1))
    assert statuses >= {"pay", "deny"}


def agree(patient: Bill, supplier: Supplier, chance: random.Random, number: int) -> str:
    """Check one claim, submit the same bytes, decide it, and compare; its status."""
    place = chance.choice((*("12",) * 9, "11"))
    bill = Bill(
        mbi=patient.mbi,
        last_name=patient.last_name,
        birth_date=patient.birth_date,
        lines=lines_of(chance, place),
        referring_npi=chance.choice((*(PHYSICIAN_NPI,) * 9, "1987654321")),
        referring_last_name="Welby",
        diagnoses=("I50.22",),
        place_of_service=place,
    )
    policy = tables_as_known()
    beneficiary_id = BeneficiaryMbi.objects.get(mbi=patient.mbi).beneficiary_id
    content = write_837p(bill, supplier, on_file(beneficiary_id, bill.referring_npi, TODAY), TODAY, number)
    reading = read_bill(content, policy, TODAY)
    assert reading.is_accepted, reading.findings
    (checked,) = decide_unsent([Unsent(reading, supplier.pk, beneficiary_id)], TODAY, policy)
    claim = Claim.objects.get(file=receive_file(content, "draft.x12").file)
    adjudicate_all()
    decided = Decision.objects.get(claim=claim, number=1)
    own, number_given = unsent_number(reading.position, TODAY), str(claim.icn)
    assert dump_facts(checked.facts).decode().replace(own, number_given) == decided.facts
    assert dump_decision(checked.decision).decode().replace(own, number_given) == decided.trace
    return checked.decision.status
