"""Factories whose defaults are the base world of docs: a complete, payable claim in Baltimore in January 2026."""

from tests.factories.beneficiaries import (
    BeneficiaryFactory,
    DrugBillFactory,
    OutsideVisitFactory,
    PlanOfCareFactory,
    PlanVersionFactory,
)
from tests.factories.claims import ClaimFactory, ClaimLineFactory
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World, base_world

__all__ = [
    "BeneficiaryFactory",
    "ClaimFactory",
    "ClaimLineFactory",
    "DrugBillFactory",
    "OutsideVisitFactory",
    "PlanOfCareFactory",
    "PlanVersionFactory",
    "SupplierFactory",
    "World",
    "base_world",
]
