"""The plan of care in versions, with everything that §320.5 asks for."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField, IntegerRangeField
from django.db import models

from accounts.models import Role, User
from beneficiaries.models.beneficiary import Beneficiary
from beneficiaries.models.kinds import MovedKind, announces
from policy.arrivals import ArrivalField
from suppliers.models import Supplier

#: The patient of a version or a review.
PATIENT_OF_PLAN = "p.beneficiary_id FROM beneficiaries_planofcare p WHERE p.id = NEW.plan_id"


class PlanOfCareQuerySet(models.QuerySet["PlanOfCare"]):
    def visible_to(self, user: User) -> PlanOfCareQuerySet:
        """All for staff of the contractor, their own suppliers' for people of a supplier."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self


@pghistory.track()
class PlanOfCare(models.Model):
    """A plan of care of one patient with one supplier; in force from `starts` through `ends` (reading 15)."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="plans_of_care")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="plans_of_care")
    established = models.DateField(null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    options_notified = models.DateField("infusion options discussed", null=True, blank=True)
    review_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    arrival = ArrivalField()

    objects = PlanOfCareQuerySet.as_manager()

    class Meta:
        ordering = ("established", "starts", "pk")
        verbose_name = "plan of care"
        verbose_name_plural = "plans of care"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="beneficiaries_plan_ends_after_it_starts",
            ),
        )
        triggers = announces(MovedKind.PLANS)

    def __str__(self) -> str:
        return f"Plan of care from {self.starts}"


@pghistory.track()
class PlanOfCareVersion(models.Model):
    """The content of a plan from `changed_on` on.

    Version 1 is the plan as established; each later one is a dated change.
    `signed` is the date beside the physician's signature on the paper; the system only keeps it.
    `drugs` lists code and modifier ("J1559 JB"); `visits_per_week` is the ordered range, both ends included.
    """

    class Credential(models.TextChoices):
        MD = "MD", "MD"
        DO = "DO", "DO"
        NP = "NP", "NP"
        PA = "PA", "PA"

    plan = models.ForeignKey(PlanOfCare, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    changed_on = models.DateField()
    physician_npi = models.CharField("physician's NPI", max_length=10, blank=True)
    physician_name = models.CharField("physician", max_length=120, blank=True)
    credential = models.CharField(max_length=2, choices=Credential, blank=True)
    signed = models.DateField("signed and dated", null=True, blank=True)
    drugs = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    dosage = models.CharField(max_length=120, blank=True)
    frequency = models.CharField(max_length=120, blank=True)
    route = models.CharField(max_length=20, blank=True)
    therapy_type = models.CharField("type of therapy", max_length=120, blank=True)
    amount = models.CharField(max_length=120, blank=True)
    duration = models.CharField(max_length=120, blank=True)
    professional_services = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    discipline = models.CharField(max_length=60, blank=True)
    visits_per_week = IntegerRangeField(null=True, blank=True)
    needs = models.CharField("needs of this patient", max_length=500, blank=True)
    signed_page = models.PositiveSmallIntegerField("page of the signature", null=True, blank=True)
    dme_supplier = models.CharField("DME supplier", max_length=120, blank=True)
    dme_consulted = models.DateField("DME supplier consulted", null=True, blank=True)
    prescriber_consulted = models.DateField("prescriber of the drug consulted", null=True, blank=True)
    arrival = ArrivalField()

    class Meta:
        ordering = ("plan", "number")
        verbose_name = "version of a plan of care"
        verbose_name_plural = "versions of plans of care"
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="beneficiaries_plan_version_once"),)
        triggers = announces(MovedKind.PLANS, PATIENT_OF_PLAN)

    @property
    def ordered_visits(self) -> tuple[int, int] | None:
        """The ordered visits a week, fewest and most."""
        span = self.visits_per_week
        return (span.lower, span.upper - 1) if span else None


@pghistory.track()
class PlanReview(models.Model):
    """A periodic review of the plan by the physician (§320.5 D); no interval is set by regulation."""

    plan = models.ForeignKey(PlanOfCare, models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    arrival = ArrivalField()

    class Meta:
        ordering = ("reviewed_on",)
        verbose_name = "review of a plan of care"
        verbose_name_plural = "reviews of plans of care"
        triggers = announces(MovedKind.PLANS, PATIENT_OF_PLAN)

    def __str__(self) -> str:
        return f"Reviewed {self.reviewed_on}"
