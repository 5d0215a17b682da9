"""The whole demonstration before it is stored: the same seed and size give the same world, to the byte."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from django.db.models import Model

from claims.demo.bills import Bill, Biller, Mailing
from claims.demo.cast import Cast, make_cast
from claims.demo.courses import bill_drugs, bill_visits, visit_days, write_plan
from claims.demo.days import FIRST_DAY, LAST_DAY, mailing_day
from claims.demo.drafts import DOCTORS, Draft, DrugBill, SentBill, new_home, new_person, settle
from claims.demo.identifiers import mbi
from claims.demo.mishaps import bill_with_mishaps
from claims.demo.stories import tell_a_story
from claims.demo.suppliers import DemoSupplier, make_suppliers
from claims.demo.therapies import THERAPIES
from claims.demo.write_837p import write_837p

SEED = 20260310
PATIENTS = 600


@dataclass(slots=True)
class DemoWorld:
    """Suppliers and patients as unsaved rows, drug bills with the day of their arrival, files with their day.

    The cast of the sample files are the last of the drafts; they send nothing themselves.
    """

    suppliers: list[DemoSupplier]
    cast: Cast
    drafts: list[Draft]
    drug_bills: list[DrugBill] = field(default_factory=list)
    mailings: dict[dt.date, list[Mailing]] = field(default_factory=dict)

    def rows(self) -> Iterator[Model]:
        """Every row to store, each after those it points to."""
        for supplier in self.suppliers:
            yield from (supplier.supplier, *supplier.rows)
        for draft in self.drafts:
            plan = [draft.plan] if draft.plan else []
            yield from (draft.beneficiary, *plan, *draft.versions, *draft.rows)

    @property
    def bill_count(self) -> int:
        return sum(len(bills) for day in self.mailings.values() for mailing in day for _, bills in mailing.bills)


def make_world(patients: int = PATIENTS, seed: int = SEED) -> DemoWorld:
    """The first so many patients of the world with this seed, and the cast; nothing is stored."""
    suppliers = make_suppliers()
    cast = make_cast(suppliers)
    drafts = [make_patient(number, seed, suppliers) for number in range(patients)]
    world = DemoWorld(suppliers, cast, [*drafts, *cast.members.values()])
    world.drug_bills = sorted(
        (bill for draft in world.drafts for bill in draft.drug_bills if bill.arrives <= LAST_DAY),
        key=lambda bill: bill.arrives,
    )
    world.mailings = sort_into_mailings([sent for draft in world.drafts for sent in draft.bills])
    return world


def make_patient(number: int, seed: int, suppliers: Sequence[DemoSupplier]) -> Draft:
    """One patient; the dice depend on the seed and the number alone, so that nobody else's story changes theirs."""
    rng = Random(f"{seed}/{number}")  # noqa: S311 - a demonstration, and it must repeat itself
    supplier = rng.choices(suppliers, [found.share for found in suppliers])[0]
    therapy = rng.choices(THERAPIES, [found.share for found in THERAPIES])[0]
    monday = FIRST_DAY - dt.timedelta(days=7) + dt.timedelta(weeks=rng.randrange(51))
    states = sorted(supplier.licensed, key=lambda state: state != supplier.supplier.state)
    draft = Draft(
        number=number,
        rng=rng,
        beneficiary=new_person(number, rng),
        mbi=mbi(number),
        home=new_home(rng, states),
        doctor=rng.choice(DOCTORS),
        supplier=supplier,
        therapy=therapy,
        visits=visit_days(rng, therapy, monday),
    )
    settle(draft)
    write_plan(draft)
    bill_drugs(draft)
    bill_visits(draft)
    tell_a_story(draft)
    bill_with_mishaps(draft)
    return draft


def sort_into_mailings(sent: Sequence[SentBill]) -> dict[dt.date, list[Mailing]]:
    """One interchange for each day and submitter, its billing providers by NPI; control numbers by submitter."""
    grouped: dict[dt.date, dict[str, dict[Biller, list[Bill]]]] = defaultdict(dict)
    for one in sent:
        if day := mailing_day(one.ready, one.supplier.bills_every_weeks):
            of_day = grouped[day].setdefault(one.supplier.supplier.submitter_id, {})
            of_day.setdefault(one.supplier.biller, []).append(one.bill)
    return {
        day: [_mailing(day, number, submitter, bills) for submitter, bills in sorted(grouped[day].items())]
        for number, day in enumerate(sorted(grouped), 1)
    }


def _mailing(day: dt.date, number: int, submitter: str, bills: dict[Biller, list[Bill]]) -> Mailing:
    billers = sorted(bills, key=lambda biller: biller.npi)
    return Mailing(
        sender=submitter,
        sender_name=billers[0].name.upper() if len(billers) == 1 else "COMMON BILLING AGENT",
        control_number=number,
        sent=dt.datetime.combine(day, dt.time(8)),
        bills=tuple((biller, tuple(bills[biller])) for biller in billers),
    )


def fingerprint(world: DemoWorld) -> str:
    """SHA-256 over every row, drug bill and file of the world."""
    digest = hashlib.sha256()
    for row in (*world.rows(), *(bill.claim for bill in world.drug_bills)):
        digest.update(f"{row._meta.label}{_values(row)}".encode())
    for day in sorted(world.mailings):
        for mailing in world.mailings[day]:
            digest.update(write_837p(mailing))
    return digest.hexdigest()


def _values(row: Model) -> list[str]:
    """What a row says, without the numbers that the database gives."""
    fields = (field for field in row._meta.concrete_fields if field.name not in ("id", "arrival"))
    return [f"{field.name}={getattr(row, field.name)}" for field in fields]
