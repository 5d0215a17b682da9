"""Patients and what is known of them, for tests.

Plain `BeneficiaryFactory()` has Part B since 2013, lives in Baltimore, is under the care of a physician and has used up
the deductible elsewhere. Traits: `without_part_b`, `in_medicare_advantage`, `in_hospice`, `otherwise_insured`,
`in_hospital`, `in_nursing_facility`, `without_provider`, `owing_the_deductible`, `dead`. Spans cover January 2026.
"""

from __future__ import annotations

import datetime as dt

import factory
from django.db.backends.postgresql.psycopg_any import NumericRange
from factory.django import DjangoModelFactory

from beneficiaries import models
from claims.demo.identifiers import mbi, npi
from suppliers.spans import days
from tests.factories.suppliers import SupplierFactory

PHYSICIAN_NPI = "1987654328"
PHYSICIAN_NAME = "Marcus Welby"
SINCE_2025 = days(dt.date(2025, 1, 1))
ESTABLISHED = dt.date(2026, 1, 2)


class MbiFactory(DjangoModelFactory[models.BeneficiaryMbi]):
    class Meta:
        model = models.BeneficiaryMbi

    mbi = factory.Sequence(mbi)
    in_force = days(dt.date(2013, 2, 1))


class AddressFactory(DjangoModelFactory[models.BeneficiaryAddress]):
    class Meta:
        model = models.BeneficiaryAddress

    address = "12 Elm Street"
    city = "Baltimore"
    state = "MD"
    zip = "21201"
    in_force = days(dt.date(2013, 2, 1))


class ApplicableProviderFactory(DjangoModelFactory[models.ApplicableProvider]):
    class Meta:
        model = models.ApplicableProvider

    npi = PHYSICIAN_NPI
    name = PHYSICIAN_NAME
    kind = "MD"
    in_force = days(dt.date(2020, 1, 1))


class CoverageFactory(DjangoModelFactory[models.CoverageSpan]):
    class Meta:
        model = models.CoverageSpan

    kind = models.CoverageSpan.Kind.PART_B
    in_force = days(dt.date(2013, 2, 1))


class StayFactory(DjangoModelFactory[models.Stay]):
    class Meta:
        model = models.Stay

    kind = models.Stay.Kind.INPATIENT
    admitted = dt.date(2025, 12, 31)
    discharged = dt.date(2026, 2, 1)


class DeductibleElsewhereFactory(DjangoModelFactory[models.DeductibleElsewhere]):
    class Meta:
        model = models.DeductibleElsewhere

    year = 2026
    amount = 1000
    source = "Other claims"


class BeneficiaryFactory(DjangoModelFactory[models.Beneficiary]):
    class Meta:
        model = models.Beneficiary
        skip_postgeneration_save = True

    class Params:
        without_part_b = factory.Trait(part_b=None)
        in_medicare_advantage = factory.Trait(
            advantage=factory.RelatedFactory(
                CoverageFactory, "beneficiary", kind="medicare_advantage", in_force=SINCE_2025
            )
        )
        in_hospice = factory.Trait(
            hospice=factory.RelatedFactory(CoverageFactory, "beneficiary", kind="hospice", in_force=SINCE_2025)
        )
        otherwise_insured = factory.Trait(
            insurance=factory.RelatedFactory(CoverageFactory, "beneficiary", kind="other_primary", in_force=SINCE_2025)
        )
        in_hospital = factory.Trait(stay=factory.RelatedFactory(StayFactory, "beneficiary"))
        in_nursing_facility = factory.Trait(stay=factory.RelatedFactory(StayFactory, "beneficiary", kind="snf"))
        without_provider = factory.Trait(provider=None)
        owing_the_deductible = factory.Trait(deductible=None, deductible_before=None)
        dead = factory.Trait(died=dt.date(2026, 1, 1))

    last_name = "Evans"
    first_name = "Dora"
    middle_name = "Q"
    birth_date = dt.date(1948, 2, 15)
    sex = "F"

    mbi = factory.RelatedFactory(MbiFactory, "beneficiary")
    home = factory.RelatedFactory(AddressFactory, "beneficiary")
    part_b = factory.RelatedFactory(CoverageFactory, "beneficiary")
    provider = factory.RelatedFactory(ApplicableProviderFactory, "beneficiary")
    deductible = factory.RelatedFactory(DeductibleElsewhereFactory, "beneficiary")
    deductible_before = factory.RelatedFactory(DeductibleElsewhereFactory, "beneficiary", year=2025)

    @factory.post_generation
    def long_known(self: models.Beneficiary, create: bool, given: bool | None) -> None:
        """The outbox told of the patient long ago, unless `long_known=False`: only what comes later moves anything."""
        if create and given is not False:
            self.history_arrivals.all().delete()


class PlanVersionFactory(DjangoModelFactory[models.PlanOfCareVersion]):
    """A version of a plan of care with all that §320.5 asks for, signed on the day of its change."""

    class Meta:
        model = models.PlanOfCareVersion

    number = 1
    changed_on = ESTABLISHED
    physician_npi = PHYSICIAN_NPI
    physician_name = PHYSICIAN_NAME
    credential = "MD"
    signed = factory.SelfAttribute("changed_on")
    drugs = ("J2260",)
    dosage = "0.375 mcg/kg/min"
    frequency = "continuous"
    route = "IV"
    therapy_type = "inotropic infusion"
    amount = "3 visits a week"
    duration = "12 weeks"
    professional_services = ("nursing",)
    discipline = "RN"
    visits_per_week = NumericRange(1, 4)


class PlanOfCareFactory(DjangoModelFactory[models.PlanOfCare]):
    """A plan of care of January 2 2026 for milrinone, with its first version.

    Traits: `unsigned`, `by_nurse_practitioner`, `incomplete`, `changed` (on January 4, signed), `changed_unsigned`,
    `options_not_discussed`.
    """

    class Meta:
        model = models.PlanOfCare
        skip_postgeneration_save = True

    class Params:
        unsigned = factory.Trait(version=factory.RelatedFactory(PlanVersionFactory, "plan", signed=None))
        by_nurse_practitioner = factory.Trait(
            version=factory.RelatedFactory(PlanVersionFactory, "plan", credential="NP")
        )
        incomplete = factory.Trait(
            version=factory.RelatedFactory(PlanVersionFactory, "plan", duration="", discipline="")
        )
        changed = factory.Trait(
            change=factory.RelatedFactory(PlanVersionFactory, "plan", number=2, changed_on=dt.date(2026, 1, 4))
        )
        changed_unsigned = factory.Trait(
            change=factory.RelatedFactory(
                PlanVersionFactory, "plan", number=2, changed_on=dt.date(2026, 1, 4), signed=None
            )
        )
        options_not_discussed = factory.Trait(options_notified=None)

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    supplier = factory.SubFactory(SupplierFactory)
    established = ESTABLISHED
    starts = ESTABLISHED
    options_notified = ESTABLISHED

    version = factory.RelatedFactory(PlanVersionFactory, "plan")


class DrugBillFactory(DjangoModelFactory[models.DmeDrugClaim]):
    """Milrinone of January 3 2026, paid. Traits: `pending`, `denied`, `subcutaneous` (category 2), `without_code`."""

    class Meta:
        model = models.DmeDrugClaim

    class Params:
        pending = factory.Trait(status="pending")
        denied = factory.Trait(status="denied")
        subcutaneous = factory.Trait(hcpcs="J1559", modifier="JB")
        without_code = factory.Trait(hcpcs="J7799", narrative="Drug of a test, 1 mg per ml")

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    hcpcs = "J2260"
    date_of_service = dt.date(2026, 1, 3)
    status = "paid"
    supplier_name = "Harbor DME"
    loaded_on = factory.SelfAttribute("date_of_service")


class OutsideVisitFactory(DjangoModelFactory[models.OutsideVisit]):
    """A visit of January 3 2026 that another contractor paid."""

    class Meta:
        model = models.OutsideVisit

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    hcpcs = "G0068"
    date_of_service = dt.date(2026, 1, 3)
    status = "paid"
    supplier_npi = npi(90_001)
    supplier_name = "Infusion Elsewhere"
    contractor = "12502"
    loaded_on = factory.SelfAttribute("date_of_service")


class DocumentFactory(DjangoModelFactory[models.Document]):
    """A signed plan of one page as a PDF, of which only the row is there; give `sent_by`."""

    class Meta:
        model = models.Document

    beneficiary = factory.SubFactory(BeneficiaryFactory)
    supplier = factory.SubFactory(SupplierFactory)
    sha256 = factory.Sequence("{:064x}".format)
    size = 412_000
    kind = "pdf"
    name = "signed plan.pdf"
    pages = 1
    scan = "not_scanned"
    sent_on = ESTABLISHED
