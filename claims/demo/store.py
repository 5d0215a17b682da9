"""Storing the demonstration's suppliers and patients in bulk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Model

from accounts.demo import make_people
from beneficiaries.actions import announce_history
from beneficiaries.models import DmeDrugClaim, HistoryKind
from claims.demo.drafts import DrugBill
from claims.demo.world import DemoWorld
from suppliers.models import SupplierPerson

SUPPLIER_PERSON, BILLING_AGENT = "supplier@demo.example", "agent@demo.example"


@transaction.atomic
def store_world(world: DemoWorld) -> int:
    """Store suppliers, patients and what is known of them, and let the demonstration's people in; how many rows."""
    count = store_rows(world.rows())
    link_people(world)
    return count


def store_rows(rows: Iterable[Model]) -> int:
    """Rows of any models, each model's in one go; a model comes after those that its rows point to."""
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    for model, found in by_model.items():
        model._default_manager.bulk_create(found, batch_size=1000)
    return sum(map(len, by_model.values()))


def link_people(world: DemoWorld) -> None:
    """The supplier's person acts for the first supplier, the billing agent for the next three."""
    people = make_people()
    suppliers = [found.supplier for found in world.suppliers]
    duties = [(SUPPLIER_PERSON, suppliers[:1], SupplierPerson.Duty.ADMINISTRATOR)]
    duties.append((BILLING_AGENT, suppliers[1:4], SupplierPerson.Duty.BILLING_AGENT))
    for email, acts_for, duty in duties:
        if user := people.get(email):
            SupplierPerson.objects.bulk_create(
                SupplierPerson(supplier=supplier, user=user, duty=duty) for supplier in acts_for
            )


@transaction.atomic
def drugs_arrive(bills: Sequence[DrugBill], day: dt.date) -> None:
    """The drug bills reach the history on a day, and the claims room is told."""
    for bill in bills:
        bill.claim.loaded_on = day
    DmeDrugClaim.objects.bulk_create([bill.claim for bill in bills], batch_size=1000)
    announce_history([bill.claim.beneficiary_id for bill in bills], HistoryKind.DRUG_CLAIMS)
