"""Who reviews: what a reviewer is for, whom one never reviews, who had a case when."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from policy.arrivals import ArrivalField
from suppliers.models import Supplier

#: Open cases of a reviewer for whom no number was set.
USUAL_LOAD = 20


class Skill(models.TextChoices):
    """What a reviewer knows, by the payment category of the visit; the value of category N is SKILL_OF[N]."""

    INTRAVENOUS = "intravenous", "Intravenous infusion"
    SUBCUTANEOUS = "subcutaneous", "Subcutaneous infusion"
    COMPLEX = "complex", "Chemotherapy and other complex drugs"


SKILL_OF = {1: Skill.INTRAVENOUS, 2: Skill.SUBCUTANEOUS, 3: Skill.COMPLEX}


@pghistory.track()
class ReviewerProfile(models.Model):
    """What a reviewer takes: skills (none named means all) and at most so many open cases at a time."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviewer_profile", primary_key=True
    )
    skills = ArrayField(models.CharField(max_length=12, choices=Skill), default=list, blank=True)
    most_cases = models.PositiveSmallIntegerField("open cases at most", default=USUAL_LOAD)

    def __str__(self) -> str:
        return f"Profile of {self.person}"


class SupplierTieQuerySet(models.QuerySet["SupplierTie"]):
    def standing(self) -> SupplierTieQuerySet:
        return self.filter(ended_on__isnull=True)


@pghistory.track()
class SupplierTie(models.Model):
    """A declared tie of a person to a supplier: work, family, money. While it stands its cases are out of sight."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="supplier_ties")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    declared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = SupplierTieQuerySet.as_manager()

    class Meta:
        ordering = ("-declared_on", "pk")
        verbose_name = "tie to a supplier"
        verbose_name_plural = "ties to suppliers"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "supplier"], condition=Q(ended_on=None), name="review_one_standing_tie"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.supplier}"


class CaseAssignment(models.Model):
    """Who had a case from when; nobody when it was handed back. The latest one says who has it."""

    case = models.ForeignKey("medical_review.Case", models.PROTECT, related_name="assignments")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        ordering = ("arrival",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.case} to {self.to or 'nobody'}"
