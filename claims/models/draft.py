"""A claim that a supplier is still writing, and what is kept of the looks at patients while it is checked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import Role, User
from claims.models.claim import Claim
from suppliers.models import Supplier


class ClaimDraftQuerySet(models.QuerySet["ClaimDraft"]):
    def visible_to(self, user: User) -> ClaimDraftQuerySet:
        """Their own suppliers' drafts for people of a supplier; nobody else reads what was not sent."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self.none()

    def open(self) -> ClaimDraftQuerySet:
        """Those that were not submitted."""
        return self.filter(claim=None)


class ClaimDraft(models.Model):
    """A claim of one supplier before it is billed, kept as it was typed; `claim` is what it became.

    `values` holds the fields of the form by name, and under "lines" those of each visit. `version` counts the times it
    was saved. `corrects` is the claim that it was filled from, to be corrected.
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", db_index=False)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField(db_default=Now())
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="draft", null=True, blank=True)
    corrects = models.ForeignKey(Claim, models.PROTECT, related_name="corrections", null=True, blank=True)

    objects = ClaimDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=models.Q(claim__isnull=True), name="claims_one_open_correction"
            ),
        )
        indexes = (models.Index(fields=["supplier", "-saved_at"], name="claims_drafts_of_supplier"),)

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class PatientLook(models.Model):
    """That a supplier asked about a person on a business day; `digest` stands for what it gave to name the person.

    It is a keyed hash, so that numbers which were only guessed are not kept.
    """

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    digest = models.CharField(max_length=64)
    is_match = models.BooleanField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["supplier", "day", "digest"], name="claims_look_once_a_day"),)

    def __str__(self) -> str:
        return f"Look of supplier {self.supplier_id}, {self.day}"
