"""What covers the patient and where the patient is: entitlement, other payers, stays, deductible used elsewhere."""

from __future__ import annotations

import pghistory
from django.db import models

from beneficiaries.models.beneficiary import Beneficiary, BeneficiarySpan
from policy.arrivals import ArrivalField


@pghistory.track()
class CoverageSpan(BeneficiarySpan):
    """Part B, Medicare Advantage, hospice, or another insurer that pays first."""

    class Kind(models.TextChoices):
        PART_B = "part_b", "Part B"
        MEDICARE_ADVANTAGE = "medicare_advantage", "Medicare Advantage"
        HOSPICE = "hospice", "Hospice"
        OTHER_PRIMARY = "other_primary", "Other insurer first"

    kind = models.CharField(max_length=20, choices=Kind)
    plan = models.CharField("plan or insurer", max_length=120, blank=True)

    class Meta:
        ordering = ("kind", "in_force")


@pghistory.track()
class Stay(models.Model):
    """A stay as an inpatient of a hospital or in a covered skilled nursing facility."""

    class Kind(models.TextChoices):
        INPATIENT = "inpatient", "Hospital"
        SNF = "snf", "Skilled nursing facility"

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="stays")
    kind = models.CharField(max_length=10, choices=Kind)
    facility = models.CharField(max_length=120, blank=True)
    admitted = models.DateField()
    discharged = models.DateField(null=True, blank=True)
    arrival = ArrivalField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("admitted",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(discharged__isnull=True) | models.Q(discharged__gte=models.F("admitted")),
                name="beneficiaries_stay_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["beneficiary", "kind", "admitted"], name="beneficiaries_stay_once"),
        )


@pghistory.track()
class DeductibleElsewhere(models.Model):
    """Part B deductible of a year used on claims that are not here; a later record of the same source replaces it."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="deductibles_elsewhere")
    year = models.SmallIntegerField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    arrival = ArrivalField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("year",)
        verbose_name = "deductible used elsewhere"
        verbose_name_plural = "deductible used elsewhere"
        constraints = (
            models.UniqueConstraint(fields=["beneficiary", "year", "source"], name="beneficiaries_deductible_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="beneficiaries_deductible_not_negative"),
        )
