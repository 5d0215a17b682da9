"""Suppliers: what is true of them on which days, and the people and programs that act for them."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils import timezone

from accounts.models import Role, User
from policy.arrivals import ArrivalField
from suppliers import rights
from suppliers.announcing import RecordKind, announces_days, announces_supplier

NPI = RegexValidator(r"^[12]\d{9}$", "An NPI has ten digits and begins with 1 or 2.")
TIN = RegexValidator(r"^\d{9}$", "A tax id has nine digits.")
STATE = RegexValidator(r"^[A-Z]{2}$", "A State is two capital letters.")


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def visible_to(self, user: User) -> SupplierQuerySet:
        """All for staff of the contractor, their own for people of a supplier."""
        return self.filter(people__user=user) if user.role == Role.SUPPLIER else self

    def allowing(self, user: User, right: rights.Right) -> SupplierQuerySet:
        """Those that a person may see and for which they hold a right; one query more for people of suppliers."""
        if user.role != Role.SUPPLIER:
            return self
        return self.filter(pk__in=[held.supplier for held in rights.held_by(user) if right in held.rights])


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


class SupplierPersonQuerySet(models.QuerySet["SupplierPerson"]):
    def current(self) -> SupplierPersonQuerySet:
        """People who act now, without the programs."""
        return self.filter(user__isnull=False).exclude(duty=rights.Duty.PROGRAM)

    def former(self) -> SupplierPersonQuerySet:
        """People whose access has ended, without the programs."""
        return self.filter(user__isnull=True).exclude(duty=rights.Duty.PROGRAM)


@pghistory.track()
class SupplierPerson(models.Model):
    """A person, or a program with a key, that acts for a supplier; a billing agent acts for several.

    `user` is who may act now. When an access ends, the row stays and its user moves to `former`: every query by `user`,
    hence all that somebody may see and do, is right from that moment on without asking anything else.
    """

    Duty = rights.Duty

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="supplier_roles", null=True, blank=True
    )
    former = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_supplier_roles", null=True, blank=True
    )
    duty = models.CharField(max_length=20, choices=rights.Duty)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SupplierPersonQuerySet.as_manager()

    class Meta:
        ordering = ("supplier", "user")
        verbose_name = "person of a supplier"
        verbose_name_plural = "people of suppliers"
        constraints = (
            models.UniqueConstraint(fields=["supplier", "user"], name="suppliers_person_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, former__isnull=True, ended_at__isnull=True)
                | Q(user__isnull=True, former__isnull=False, ended_at__isnull=False),
                name="suppliers_person_acts_or_acted",
            ),
        )

    @property
    def person(self) -> User:
        """Who it is, whether they still act or not."""
        person = self.user or self.former
        assert person is not None
        return person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Those that were neither accepted nor withdrawn; they may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(models.Model):
    """That somebody may act for a supplier as soon as they open the link that went to their e-mail address.

    `digest` is the SHA-256 of the link's token, which is kept nowhere. A link works once and for days only.
    """

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="invitations", db_index=False)
    email = models.EmailField("e-mail address", max_length=254)
    duty = models.CharField(max_length=20, choices=rights.Duty)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                "supplier",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="suppliers_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at__isnull=True),
                name="suppliers_invitation_accepted_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and not self.has_expired

    @property
    def has_expired(self) -> bool:
        return timezone.now() >= self.expires_at


#: Days that a key lives at most.
LONGEST_KEY_DAYS = 365


class ApiKey(models.Model):
    """A key with which a program of a supplier uses the API.

    `account` is the program as the one who acts: it sees what its supplier's people see, is named in events, and can
    never sign in. `digest` is the SHA-256 of the key, which was shown once; `start` is what people recognise it by.
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="api_keys")
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_key")
    name = models.CharField(max_length=40)
    start = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "key of a program"
        verbose_name_plural = "keys of programs"
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at"))
                & Q(expires_at__lte=F("made_at") + dt.timedelta(days=LONGEST_KEY_DAYS)),
                name="suppliers_key_expires_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="suppliers_key_revoked_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        return timezone.now() >= self.expires_at

    @property
    def works(self) -> bool:
        return self.revoked_at is None and not self.has_expired

    @property
    def scopes_shown(self) -> list[rights.Right]:
        return [right for right in rights.Right if right in self.scopes]


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
