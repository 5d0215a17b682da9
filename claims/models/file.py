"""Files as they came, byte for byte, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from suppliers.models import Supplier


class ReceivedFile(models.Model):
    """A file kept under its SHA-256. The same content is received once; a broken-off receipt is taken up again."""

    class State(models.TextChoices):
        RECEIVING = "receiving", "Being received"
        FINISHED = "finished", "Received"
        REFUSED = "refused", "Refused"

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    path = models.CharField("path in the storage", max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVING)
    received_on = models.DateField("business day of receipt")
    received_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    accepted = models.PositiveIntegerField("claims accepted", default=0)
    rejected = models.PositiveIntegerField("claims rejected", default=0)
    inquiries = models.PositiveIntegerField("inquiries answered", default=0)
    #: The suppliers that its inquiries were asked for.
    asked_for = models.ManyToManyField(Supplier, related_name="+")
    account = models.TextField("what happened, in words", blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Interchange(models.Model):
    """One ISA to IEA of a file. A control number is accepted once for each sender and usage (TA1 025)."""

    file = models.ForeignKey(ReceivedFile, models.PROTECT, related_name="interchanges")
    position = models.PositiveSmallIntegerField()
    sender_qualifier = models.CharField(max_length=2)
    sender = models.CharField(max_length=15)
    control_number = models.CharField(max_length=9)
    is_test = models.BooleanField()
    is_accepted = models.BooleanField()
    note_code = models.CharField("TA1 note code", max_length=3, blank=True)

    class Meta:
        ordering = ("file", "position")
        constraints = (
            models.UniqueConstraint(fields=["file", "position"], name="claims_interchange_once"),
            models.UniqueConstraint(
                fields=["sender_qualifier", "sender", "control_number", "is_test"],
                condition=models.Q(is_accepted=True),
                name="claims_interchange_control_number_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender} {self.control_number}"


class Acknowledgement(models.Model):
    """An answer to a file: TA1, 999, 277CA, 271 or 277, kept as it was sent."""

    class Kind(models.TextChoices):
        TA1 = "TA1", "TA1 interchange acknowledgement"
        SYNTAX = "999", "999 implementation acknowledgement"
        CLAIMS = "277CA", "277CA claim acknowledgement"
        ELIGIBILITY = "271", "271 eligibility"
        STATUS = "277", "277 claim status"

    file = models.ForeignKey(ReceivedFile, models.PROTECT, related_name="acknowledgements")
    interchange = models.ForeignKey(Interchange, models.PROTECT, related_name="acknowledgements", null=True, blank=True)
    kind = models.CharField(max_length=5, choices=Kind)
    control_number = models.PositiveIntegerField()
    content = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
