"""Where programs of suppliers are told of notices, what was sent to them, and what they answered."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models.notice import NoticeKind, SupplierNotice
from suppliers.models import Supplier


class WebhookEndpoint(models.Model):
    """An address of a supplier's program. `secret` signs what is sent, encrypted; people saw it once."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="webhooks")
    url = models.CharField("address", max_length=500)
    kinds = ArrayField(models.CharField(max_length=20, choices=NoticeKind))
    secret = models.TextField("encrypted secret")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["supplier", "url"], condition=Q(stopped_at__isnull=True), name="claims_webhook_once"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="claims_webhook_stopped_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """A notice on its way to an endpoint: tried again until it arrives, or dead after a day."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DELIVERED = "delivered", "Delivered"
        DEAD = "dead", "Given up"

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries", db_index=False)
    notice = models.ForeignKey(SupplierNotice, models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["endpoint", "notice"], name="claims_delivery_once"),)
        indexes = (
            models.Index(fields=["next_try"], condition=Q(state="waiting"), name="claims_deliveries_due"),
            models.Index(fields=["endpoint", "-id"], name="claims_deliveries_of"),
        )

    def __str__(self) -> str:
        return f"Delivery {self.pk}"


class WebhookAttempt(models.Model):
    """One request to an endpoint: what it answered, or why no answer came."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(db_default=Now(), editable=False)
    status = models.PositiveSmallIntegerField("HTTP status", null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Attempt {self.pk}: {self.status or self.error}"
