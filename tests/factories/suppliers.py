"""Suppliers for tests. Plain `SupplierFactory()` is enrolled, accredited and licensed in Maryland since 2021.

Traits: `unenrolled`, `revoked`, `unaccredited`, `unlicensed`, `wrong_specialty`, `under_prepayment_review`.
"""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from claims.demo.identifiers import npi, tax_id
from suppliers import models
from suppliers.spans import days

SINCE_2021 = days(dt.date(2021, 1, 1))


class EnrollmentFactory(DjangoModelFactory[models.Enrollment]):
    class Meta:
        model = models.Enrollment

    in_force = SINCE_2021


class LicenseFactory(DjangoModelFactory[models.License]):
    class Meta:
        model = models.License

    state = "MD"
    in_force = SINCE_2021


class AccreditationFactory(DjangoModelFactory[models.Accreditation]):
    class Meta:
        model = models.Accreditation

    organization = "TJC"
    in_force = days(dt.date(2021, 1, 1), dt.date(2029, 12, 15))


class RevocationFactory(DjangoModelFactory[models.Revocation]):
    class Meta:
        model = models.Revocation

    in_force = SINCE_2021


class PrepaymentReviewFactory(DjangoModelFactory[models.PrepaymentReview]):
    class Meta:
        model = models.PrepaymentReview

    in_force = SINCE_2021


class SupplierFactory(DjangoModelFactory[models.Supplier]):
    class Meta:
        model = models.Supplier
        skip_postgeneration_save = True

    class Params:
        unenrolled = factory.Trait(enrollment=None)
        unaccredited = factory.Trait(accreditation=None)
        unlicensed = factory.Trait(license=None)
        wrong_specialty = factory.Trait(specialty="A5")
        revoked = factory.Trait(revocation=factory.RelatedFactory(RevocationFactory, "supplier"))
        under_prepayment_review = factory.Trait(review=factory.RelatedFactory(PrepaymentReviewFactory, "supplier"))

    npi = factory.Sequence(npi)
    tin = factory.Sequence(tax_id)
    name = factory.Sequence("Test Infusion {}".format)
    kind = models.Supplier.Kind.PHARMACY
    specialty = "D6"
    taxonomy = "251F00000X"
    address = "100 Main Street"
    city = "Baltimore"
    state = "MD"
    zip = "212011234"
    submitter_id = "HITSUP01"

    enrollment = factory.RelatedFactory(EnrollmentFactory, "supplier")
    license = factory.RelatedFactory(LicenseFactory, "supplier")
    accreditation = factory.RelatedFactory(AccreditationFactory, "supplier")
