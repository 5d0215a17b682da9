"""The base world of the scenarios, in the database: supplier, patient, plan of care and drug bill of January 2026."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from beneficiaries.models import Beneficiary, DmeDrugClaim, HistoryArrival, PlanOfCare
from claims.models import Claim
from suppliers.models import RecordArrival, Supplier
from tests.factories.beneficiaries import BeneficiaryFactory, DrugBillFactory, PlanOfCareFactory
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory

SUPPLIER_NPI = "1234567893"
SUPPLIER_TIN = "521234567"
MBI = "1EG4TE5MK73"

#: Traits and values that differ from a factory's own.
Differences: TypeAlias = Mapping[str, Any]
AS_IT_IS: Differences = MappingProxyType({})


@dataclass(frozen=True)
class World:
    """Who and what is there; `claim()` adds one claim more for them, by default the payable base claim in the queue."""

    supplier: Supplier
    beneficiary: Beneficiary
    plan: PlanOfCare | None
    drug_bill: DmeDrugClaim | None

    def claim(self, **given: Any) -> Claim:
        """A claim as `ClaimFactory` makes it, of this world's supplier and patient."""
        return ClaimFactory(**{"supplier": self.supplier, "beneficiary": self.beneficiary, **given})

    def drug(self, **given: Any) -> DmeDrugClaim:
        return DrugBillFactory(beneficiary=self.beneficiary, **given)


def base_world(
    *,
    supplier: Differences = AS_IT_IS,
    beneficiary: Differences = AS_IT_IS,
    plan: Differences | None = AS_IT_IS,
    drug_bill: Differences | None = AS_IT_IS,
) -> World:
    """The base world in one call; each argument gives traits and values that differ, None leaves a thing out.

    `base_world(supplier={"unlicensed": True}, plan={"unsigned": True}, drug_bill=None)`
    """
    patient = BeneficiaryFactory(**{"mbi__mbi": MBI, **beneficiary})
    biller = SupplierFactory(
        **{"npi": SUPPLIER_NPI, "tin": SUPPLIER_TIN, "name": "Evergreen Home Infusion", **supplier}
    )
    world = World(
        supplier=biller,
        beneficiary=patient,
        plan=None if plan is None else PlanOfCareFactory(beneficiary=patient, supplier=biller, **plan),
        drug_bill=None if drug_bill is None else DrugBillFactory(beneficiary=patient, **drug_bill),
    )
    long_known(world)
    return world


def all_long_known() -> None:
    """The outboxes told of all that is on file long ago."""
    HistoryArrival.objects.all().delete()
    RecordArrival.objects.all().delete()


def long_known(world: World) -> None:
    """The outbox told of these records long ago: only what comes later moves anybody's history."""
    world.beneficiary.history_arrivals.all().delete()
    world.supplier.record_arrivals.all().delete()
