"""Claims for tests.

Plain `ClaimFactory()` is in the queue, received on January 16 2026, with one initial visit of January 5.
`ClaimFactory(lines=[{"hcpcs": "G0068", "date_of_service": day}, …])` gives the lines; each takes the base line's other
values. Traits: `payable`, `denied`, `on_hold`, `suspended`, `test_claim`, `for_nobody` (no such patient on file).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from claims.models import Claim, ClaimLine, ClaimStatus
from policy.arrivals import take_arrivals
from tests.factories.beneficiaries import PHYSICIAN_NAME, PHYSICIAN_NPI, BeneficiaryFactory
from tests.factories.suppliers import SupplierFactory


class ClaimLineFactory(DjangoModelFactory[ClaimLine]):
    class Meta:
        model = ClaimLine

    number = 1
    date_of_service = dt.date(2026, 1, 5)
    hcpcs = "G0088"
    modifiers: Sequence[str] = ()
    units = Decimal(6)
    charge = Decimal("400.00")
    diagnosis_pointers = (1,)


class ClaimFactory(DjangoModelFactory[Claim]):
    class Meta:
        model = Claim
        skip_postgeneration_save = True

    class Params:
        payable = factory.Trait(status=ClaimStatus.PAYABLE)
        denied = factory.Trait(status=ClaimStatus.DENIED)
        on_hold = factory.Trait(status=ClaimStatus.ON_HOLD, next_look=dt.date(2026, 1, 26))
        suspended = factory.Trait(status=ClaimStatus.SUSPENDED)
        test_claim = factory.Trait(is_test=True)
        for_nobody = factory.Trait(beneficiary=None, mbi="9AA9AA9AA99", patient_last_name="Nobody")

    icn = factory.Sequence("0226016{:06d}".format)
    arrival = factory.LazyFunction(lambda: take_arrivals(1)[0])
    received_on = dt.date(2026, 1, 16)
    status = ClaimStatus.QUEUED
    queue_number = factory.LazyAttribute(lambda claim: claim.arrival if claim.status == ClaimStatus.QUEUED else None)
    supplier = factory.SubFactory(SupplierFactory)
    beneficiary = factory.SubFactory(BeneficiaryFactory)
    patient_control_number = factory.Sequence("CLM{}".format)
    billing_npi = factory.SelfAttribute("supplier.npi")
    billing_tin = factory.SelfAttribute("supplier.tin")
    billing_name = factory.SelfAttribute("supplier.name")
    mbi = factory.LazyAttribute(lambda claim: claim.beneficiary.mbis.get().mbi)
    patient_last_name = factory.LazyAttribute(lambda claim: claim.beneficiary.last_name)
    patient_first_name = "Dora"
    patient_birth_date = dt.date(1948, 2, 15)
    patient_sex = "F"
    patient_state = "MD"
    patient_zip = "21201"
    place_of_service = "12"
    referring_npi = PHYSICIAN_NPI
    referring_name = PHYSICIAN_NAME
    diagnoses = ("I50.22",)
    total_charge = Decimal("0.00")

    @factory.post_generation
    def lines(self: Claim, create: bool, given: Sequence[Mapping[str, Any]] | None) -> None:
        """The claim's lines, one base line when none are given; the claim's total and days follow from them."""
        if not create:
            return
        made = [
            ClaimLineFactory(claim=self, **{"number": number, **values})
            for number, values in enumerate([{}] if given is None else given, 1)
        ]
        self.total_charge = sum((line.charge for line in made), Decimal("0.00"))
        self.first_day = min((line.date_of_service for line in made), default=None)
        self.last_day = max((line.date_of_service for line in made), default=None)
        self.save(update_fields=["total_charge", "first_day", "last_day"])
