"""A busy day: several claims a patient that share days, the deductible and initial visits, and history in between.

What happened in which order is drawn from a seed. Arrival numbers keep that order, whoever works it off and when.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from beneficiaries.models import Beneficiary
from claims.adjudication.queue import adjudicate_all, requeue
from claims.models import Claim, ClaimStatus
from policy import clock
from suppliers.models import Supplier
from tests.factories.beneficiaries import BeneficiaryFactory, DrugBillFactory, OutsideVisitFactory, PlanOfCareFactory
from tests.factories.claims import ClaimFactory
from tests.factories.policy import load_small_tables
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import all_long_known

RECEIVED = dt.date(2026, 1, 16)
DAYS = tuple(dt.date(2026, 1, day) for day in range(3, 16))
LAST_SUMMER = dt.date(2025, 6, 15)
DRUGS_LAST_SUMMER = (dt.date(2025, 6, 20), dt.date(2025, 8, 20))
VISITS_LAST_SUMMER = (dt.date(2025, 7, 1), dt.date(2025, 8, 25))
CODES = ("G0088", "G0068", "G0068", "G0068", "G0070")
REASON = "Asked for in the middle of the day"

Happening = Callable[[], object]


@dataclass(frozen=True)
class Patient:
    beneficiary: Beneficiary
    supplier: Supplier


def make_busy_day(seed: int, *, patients: int = 8, claims: int = 5) -> int:
    """Make the day in the present database, with `claims` + 2 claims a patient; the number of claims left in the queue.

    A first third of what happened is decided already and some of that is asked for anew, before the rest arrives.
    """
    chance = random.Random(seed)
    load_small_tables()
    clock.set_today(RECEIVED)
    suppliers = [SupplierFactory(), SupplierFactory()]
    everybody = [make_patient(suppliers[number % 2], chance) for number in range(patients)]
    all_long_known()
    happenings = [happening for patient in everybody for happening in of_patient(patient, claims, chance)]
    chance.shuffle(happenings)
    third = len(happenings) // 3
    happen(happenings[:third])
    adjudicate_all()
    happen(happenings[third : 2 * third])
    ask_anew(chance)
    happen(happenings[2 * third :])
    return Claim.objects.filter(status=ClaimStatus.QUEUED).count()


def make_patient(supplier: Supplier, chance: random.Random) -> Patient:
    """Most owe the deductible; one in three has no drug yet."""
    patient = BeneficiaryFactory(owing_the_deductible=chance.random() < 0.8)
    PlanOfCareFactory(beneficiary=patient, supplier=supplier)
    PlanOfCareFactory(
        beneficiary=patient,
        supplier=supplier,
        established=LAST_SUMMER,
        starts=LAST_SUMMER,
        options_notified=LAST_SUMMER,
        version__changed_on=LAST_SUMMER,
    )
    for day in DRUGS_LAST_SUMMER:
        DrugBillFactory(beneficiary=patient, date_of_service=day)
    if chance.random() < 0.67:
        DrugBillFactory(beneficiary=patient)
    return Patient(patient, supplier)


def of_patient(patient: Patient, claims: int, chance: random.Random) -> list[Happening]:
    """Claims, and of each kind of history at most one piece that arrives among them.

    Two of the claims are for visits of last summer, too long ago to be seen beside one another from January; the drug
    of the later one turns out to be denied.
    """
    found: list[Happening] = [partial(bill, patient, lines_of(chance)) for _ in range(claims)]
    found += [partial(bill, patient, [{"hcpcs": "G0068", "date_of_service": day}]) for day in VISITS_LAST_SUMMER]
    if chance.random() < 0.7:
        late = DRUGS_LAST_SUMMER[-1]
        found.append(partial(DrugBillFactory, beneficiary=patient.beneficiary, date_of_service=late, denied=True))
    if chance.random() < 0.5:
        found.append(partial(DrugBillFactory, beneficiary=patient.beneficiary, date_of_service=dt.date(2026, 1, 2)))
    if chance.random() < 0.3:
        found.append(partial(OutsideVisitFactory, beneficiary=patient.beneficiary, date_of_service=chance.choice(DAYS)))
    return found


def bill(patient: Patient, lines: Sequence[dict[str, object]]) -> Claim:
    return ClaimFactory(beneficiary=patient.beneficiary, supplier=patient.supplier, received_on=RECEIVED, lines=lines)


def lines_of(chance: random.Random) -> list[dict[str, object]]:
    """One to three visits on few days, so that duplicates, second visits of a day and second initial ones abound."""
    days = chance.sample(DAYS, chance.randint(1, 3))
    return [{"hcpcs": chance.choice(CODES), "date_of_service": day} for day in sorted(days)]


def happen(happenings: Sequence[Happening]) -> None:
    for happening in happenings:
        happening()


def ask_anew(chance: random.Random) -> None:
    """Ask for a new decision on half of the claims that were decided."""
    decided = Claim.objects.exclude(status=ClaimStatus.QUEUED).order_by("arrival").values_list("pk", flat=True)
    requeue([pk for pk in decided if chance.random() < 0.5], REASON)
