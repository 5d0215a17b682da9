"""Samples that were drawn, with all that is needed to draw them again."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from medical_review.models.people import SupplierTie
from policy.arrivals import ArrivalField
from suppliers.models import Supplier


class DrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, user: User) -> DrawQuerySet:
        """For staff all but those from the claims of a supplier to which the person has a tie; none for suppliers."""
        if user.role == Role.SUPPLIER:
            return self.none()
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("supplier_id"))
        return self.exclude(Exists(tied))


class Draw(models.Model):
    """A sample: the frame (claim numbers in order, each with its amount in dollars), the seed, the size, the result.

    Anyone draws it again (`medical_review.sampling`). `criteria` say what the frame was taken by.
    """

    class Method(models.TextChoices):
        RANDOM = "random", "At random"
        AMOUNT = "amount", "The largest amounts"

    method = models.CharField(max_length=6, choices=Method)
    is_probe = models.BooleanField(default=False)
    before_payment = models.BooleanField()
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", null=True, blank=True)
    criteria = models.JSONField()
    seed = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    frame = ArrayField(models.CharField(max_length=13))
    amounts = ArrayField(models.DecimalField(max_digits=12, decimal_places=2))
    frame_hash = models.CharField("SHA-256 of the frame", max_length=64)
    sample = ArrayField(models.CharField(max_length=13))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        constraints = (models.CheckConstraint(condition=models.Q(size__gte=1), name="review_draw_of_some"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Draw {self.pk}"
