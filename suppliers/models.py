"""Suppliers and what is true of them on which days: enrolment, licences, accreditations, revocations, people."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now

from accounts.models import Role, User
from policy.arrivals import ArrivalField
from suppliers.announcing import RecordKind, announces_days, announces_supplier

NPI = RegexValidator(r"^[12]\d{9}$", "An NPI has ten digits and begins with 1 or 2.")
TIN = RegexValidator(r"^\d{9}$", "A tax id has nine digits.")
STATE = RegexValidator(r"^[A-Z]{2}$", "A State is two capital letters.")


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def visible_to(self, user: User) -> SupplierQuerySet:
        """All for staff of the contractor, their own for people of a supplier."""
        return self.filter(people__user=user) if user.role == Role.SUPPLIER else self


@pghistory.track()
class Supplier(models.Model):
    """A home infusion therapy supplier: one NPI and tax id, its enrolments below (Pub. 100-02 ch. 15 §320.3)."""

    class Kind(models.TextChoices):
        PHARMACY = "pharmacy", "Pharmacy"
        PHYSICIAN = "physician", "Physician"
        HOME_HEALTH_AGENCY = "home_health_agency", "Home health agency"
        HOSPITAL = "hospital", "Hospital"
        OTHER = "other", "Other provider or supplier"

    npi = models.CharField("NPI", max_length=10, validators=[NPI])
    tin = models.CharField("tax id", max_length=9, validators=[TIN])
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    specialty = models.CharField("billing specialty", max_length=2)
    taxonomy = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2, validators=[STATE])
    zip = models.CharField("ZIP", max_length=9)
    submitter_id = models.CharField("interchange id of the submitter", max_length=15, blank=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        ordering = ("name", "npi")
        constraints = (models.UniqueConstraint(fields=["npi", "tin"], name="suppliers_npi_and_tin"),)
        triggers = (announces_supplier(),)

    def __str__(self) -> str:
        return self.name


class SupplierSpan(models.Model):
    """Something true of a supplier from a day through a day."""

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="%(class)ss")
    in_force = DateRangeField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def first_day(self) -> dt.date:
        return self.in_force.lower

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force; None while it is open."""
        return self.in_force.upper - dt.timedelta(days=1) if self.in_force.upper else None


def once_a_day(name: str, *key: str) -> ExclusionConstraint:
    same = [(field, RangeOperators.EQUAL) for field in ("supplier", *key)]
    return ExclusionConstraint(name=name, expressions=[*same, ("in_force", RangeOperators.OVERLAPS)])


@pghistory.track()
class Enrollment(SupplierSpan):
    """Enrolment with the contractor as a home infusion therapy supplier (42 CFR 424.68)."""

    class Meta:
        ordering = ("in_force",)
        constraints = (once_a_day("suppliers_enrollment_once"),)
        triggers = (announces_days(RecordKind.ENROLLMENT),)


@pghistory.track()
class License(SupplierSpan):
    """A State's licence to furnish infusion services there (§320.3)."""

    state = models.CharField(max_length=2, validators=[STATE])
    number = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("state", "in_force")
        constraints = (once_a_day("suppliers_license_once", "state", "number"),)
        triggers = (announces_days(RecordKind.LICENSE),)


@pghistory.track()
class Accreditation(SupplierSpan):
    """Accreditation by an organization; whether that organization counts is the policy table's to say."""

    organization = models.CharField(max_length=10)
    number = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("in_force",)
        constraints = (once_a_day("suppliers_accreditation_once", "organization"),)
        triggers = (announces_days(RecordKind.ACCREDITATION),)


@pghistory.track()
class Revocation(SupplierSpan):
    """Billing privileges revoked (42 CFR 424.535)."""

    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("in_force",)
        constraints = (once_a_day("suppliers_revocation_once"),)
        triggers = (announces_days(RecordKind.REVOCATION),)


@pghistory.track()
class PrepaymentReview(SupplierSpan):
    """Claims received in the span are selected for review before payment (Pub. 100-08 ch. 3)."""

    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("in_force",)
        constraints = (once_a_day("suppliers_prepayment_review_once"),)
        triggers = (announces_days(RecordKind.PREPAYMENT_REVIEW),)


@pghistory.track()
class Subcontractor(SupplierSpan):
    """Someone who furnishes services under arrangement; the enrolled supplier bills (§320.3)."""

    name = models.CharField(max_length=120)
    npi = models.CharField("NPI", max_length=10, blank=True)
    services = models.CharField(max_length=200)

    class Meta:
        ordering = ("name", "in_force")


@pghistory.track()
class SupplierPerson(models.Model):
    """A person who acts for a supplier; a billing agent acts for several."""

    class Duty(models.TextChoices):
        ADMINISTRATOR = "administrator", "Administrator"
        BILLER = "biller", "Biller"
        CLINICIAN = "clinician", "Clinician"
        BILLING_AGENT = "billing_agent", "Billing agent"

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supplier_roles")
    duty = models.CharField(max_length=20, choices=Duty)

    class Meta:
        ordering = ("supplier", "user")
        verbose_name = "person of a supplier"
        verbose_name_plural = "people of suppliers"
        constraints = (models.UniqueConstraint(fields=["supplier", "user"], name="suppliers_person_once"),)


class RecordArrival(models.Model):
    """An outbox row: a record about a supplier says something else than before, for these days.

    Triggers leave one wherever such a record is written; the claims room takes it and looks at the claims of the days.
    """

    # What was deleted leaves a row, too, when its supplier goes with it.
    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="record_arrivals", db_constraint=False)
    kind = models.CharField(max_length=20, choices=RecordKind)
    days = DateRangeField()
    arrival = ArrivalField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("arrival",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, arrival {self.arrival}"
