"""A plan of care that a supplier is still writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import Role, User
from beneficiaries.models.beneficiary import Beneficiary
from beneficiaries.models.plan_of_care import PlanOfCare, PlanOfCareVersion
from suppliers.models import Supplier


class PlanDraftQuerySet(models.QuerySet["PlanDraft"]):
    def visible_to(self, user: User) -> PlanDraftQuerySet:
        """Their own suppliers' drafts for people of a supplier; nobody else reads what is not on file."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self.none()

    def open(self) -> PlanDraftQuerySet:
        """Those that are not on file yet."""
        return self.filter(filed=None)


class PlanDraft(models.Model):
    """A new plan, a change of one, or what was left out of one, as it was typed; `filed` is the version it became.

    `values` holds the fields of the form by name. `saved` counts the times it was saved.
    """

    class Purpose(models.TextChoices):
        NEW = "new", "New plan of care"
        CHANGE = "change", "Change of a plan of care"
        COMPLETE = "complete", "Completion of a plan of care"

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="plan_drafts")
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="+")
    plan = models.ForeignKey(PlanOfCare, models.CASCADE, related_name="drafts", null=True, blank=True)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.NEW)
    values = models.JSONField(default=dict, blank=True)
    saved = models.PositiveIntegerField("times saved", default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField(db_default=Now())
    filed = models.ForeignKey(PlanOfCareVersion, models.CASCADE, related_name="+", null=True, blank=True)

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(purpose="new", plan__isnull=True)
                | (~models.Q(purpose="new") & models.Q(plan__isnull=False)),
                name="beneficiaries_draft_of_a_plan",
            ),
        )

    def __str__(self) -> str:
        return f"Draft {self.pk}"
