"""Documents as they were received: the bytes in the storage under their SHA-256, what is known of them here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.models import Role, User
from beneficiaries.models.beneficiary import Beneficiary
from beneficiaries.models.plan_draft import PlanDraft
from beneficiaries.models.plan_of_care import PlanOfCareVersion
from suppliers.models import Supplier


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> DocumentQuerySet:
        """All for staff of the contractor; for people of a supplier those that it sent."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self

    def with_same_bytes(self, document: Document) -> DocumentQuerySet:
        """Other documents of the same patient and supplier that are byte for byte the same."""
        same = self.filter(
            sha256=document.sha256, beneficiary_id=document.beneficiary_id, supplier_id=document.supplier_id
        )
        return same.exclude(pk=document.pk)


class Document(models.Model):
    """One document of a supplier about a patient, with a version of a plan of care or with the draft of one.

    `kind` is what the content is, whatever its name says. `other_mbi_pages` are pages whose text holds a Medicare
    number that is not the patient's; None when no text could be read.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        TIFF = "tiff", "TIFF"
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"

        @property
        def content_type(self) -> str:
            return "application/pdf" if self == Document.Kind.PDF else f"image/{self.value}"

    class Scan(models.TextChoices):
        """What the virus scanner said; only what is clean or was never to be scanned is handed out."""

        NOT_SCANNED = "not_scanned", "Not scanned"
        WAITING = "waiting", "Held until it is scanned"
        CLEAN = "clean", "Scanned, clean"
        INFECTED = "infected", "Refused by the scanner"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="documents")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="documents")
    version = models.ForeignKey(PlanOfCareVersion, models.PROTECT, related_name="documents", null=True, blank=True)
    draft = models.ForeignKey(PlanDraft, models.PROTECT, related_name="documents", null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("bytes")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=120)
    pages = models.PositiveIntegerField()
    other_mbi_pages = models.JSONField(null=True, blank=True)
    scan = models.CharField(max_length=12, choices=Scan)
    scanned_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    sent_on = models.DateField("business day")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["scan"], condition=models.Q(scan="waiting"), name="beneficiaries_to_be_scanned"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return path_of(self.sha256)

    @property
    def may_be_opened(self) -> bool:
        return self.scan in (Document.Scan.NOT_SCANNED, Document.Scan.CLEAN)


def path_of(sha256: str) -> str:
    return f"documents/{sha256[:2]}/{sha256}"
