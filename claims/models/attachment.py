"""Papers sent apart from their claim: those that claims announce (PWK), and those that came under a control number."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from beneficiaries.models import Document
from claims.models.claim import Claim
from policy.arrivals import ArrivalField
from suppliers.models import Supplier
from suppliers.rights import Right


class AnnouncedAttachment(models.Model):
    """Papers that a claim says are sent apart (PWK, loops 2300 and 2400), as it was billed; `line` is empty for all."""

    class Way(models.TextChoices):
        """PWK02: how they are sent."""

        ELECTRONIC = "EL", "electronically"
        E_MAIL = "EM", "by e-mail"
        FILE = "FT", "as a file"
        FAX = "FX", "by fax"
        MAIL = "BM", "by mail"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="announced")
    line = models.PositiveSmallIntegerField("number of the line", null=True, blank=True)
    control_number = models.CharField("attachment control number", max_length=50, db_index=True)
    report_type = models.CharField("report type (PWK01)", max_length=2)
    way = models.CharField(max_length=2, choices=Way)

    class Meta:
        ordering = ("claim", "pk")

    def __str__(self) -> str:
        return self.control_number


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """All for staff of the contractor; for people of suppliers those of suppliers for whom they send records."""
        if user.role != Role.SUPPLIER:
            return self
        return self.filter(supplier__in=Supplier.objects.allowing(user, Right.RECORDS))


class Attachment(models.Model):
    """One sending of papers under a control number, whatever way it came; it waits until `claim` is there.

    What stood on its cover (control number, NPI, MBI, day of service) is kept as it was given. `is_all` is false when
    who sent it says that more comes.
    """

    class Source(models.TextChoices):
        PORTAL = "portal", "On these pages"
        CDEX = "cdex", "By FHIR (CDex)"
        FAX = "fax", "By fax"
        MAIL = "mail", "By mail"

    control_number = models.CharField("attachment control number", max_length=50)
    npi = models.CharField("NPI", max_length=10)
    mbi = models.CharField("MBI", max_length=12)
    service_day = models.DateField("day of service")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="attachments", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="attachments", null=True, blank=True)
    source = models.CharField(max_length=6, choices=Source)
    came_on = models.DateField()
    is_all = models.BooleanField(default=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        indexes = (
            models.Index(fields=["-arrival"], name="claims_papers_latest"),
            models.Index(fields=["supplier", "-arrival"], name="claims_papers_of_supplier"),
            models.Index(fields=["control_number"], condition=Q(claim=None), name="claims_papers_waiting"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The receipt number, "AT-26-00012"."""
        return f"AT-{self.came_on:%y}-{self.pk:05d}"

    @property
    def is_waiting(self) -> bool:
        return self.claim_id is None


class AttachmentDocument(models.Model):
    """A document of an attachment, with what it is by LOINC or by PWK01, and the lines of the claim it is about."""

    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="documents")
    document = models.OneToOneField(Document, models.PROTECT, related_name="attached")
    loinc = models.CharField("LOINC code", max_length=10, blank=True)
    report_type = models.CharField("report type (PWK01)", max_length=2, blank=True)
    lines = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ("pk",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return str(self.document)
