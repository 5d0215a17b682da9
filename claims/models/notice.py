"""What suppliers are told when something happens to what is theirs: one row feeds inbox, e-mail and webhooks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Role, User
from claims.models.claim import Claim
from claims.models.file import ReceivedFile
from suppliers.models import Supplier
from suppliers.rights import Right, held_by


class NoticeKind(models.TextChoices):
    """What happened. The values are also the event types that webhooks name."""

    CLAIM_DECIDED = "claim.decided", "Claim decided"
    CLAIM_HELD = "claim.held", "Claim waits"
    CLAIM_PAID = "claim.paid", "Claim paid"
    RECORDS_REQUESTED = "records.requested", "Records asked for"
    FILE_REFUSED = "file.refused", "File or claims refused"
    KEY_EXPIRING = "key.expiring", "Key of a program expires"
    TEST = "test", "Test"


#: The right without which somebody is not told; a test event goes to webhooks only.
NEEDED = {
    NoticeKind.CLAIM_DECIDED: Right.CLAIMS_READ,
    NoticeKind.CLAIM_HELD: Right.CLAIMS_READ,
    NoticeKind.CLAIM_PAID: Right.REMITTANCES_READ,
    NoticeKind.RECORDS_REQUESTED: Right.RECORDS,
    NoticeKind.FILE_REFUSED: Right.CLAIMS_READ,
    NoticeKind.KEY_EXPIRING: Right.KEYS,
}


class SupplierNoticeQuerySet(models.QuerySet["SupplierNotice"]):
    def visible_to(self, user: User) -> SupplierNoticeQuerySet:
        """What went to one's suppliers, as far as one's duty there goes, and to oneself; nothing for staff."""
        if user.role != Role.SUPPLIER:
            return self.none()
        seen = Q(person=user)
        held = held_by(user)
        for kind, right in NEEDED.items():
            allowing = [each.supplier for each in held if right in each.rights]
            if allowing:
                seen |= Q(supplier__in=allowing, kind=kind)
        return self.filter(seen)

    def unread_by(self, user: User, read_up_to: int) -> SupplierNoticeQuerySet:
        """Those behind the last that was read with all before it, and not read one by one."""
        return self.filter(pk__gt=read_up_to).exclude(reads__user=user)


class SupplierNotice(models.Model):
    """One thing that a supplier is told, or the one person who sent a file. No health information: numbers and states.

    `source` names the row that it comes from ("decision/17"), so that nothing is told twice. `outcome` is that of the
    decision, `due` the last day to answer. `is_passed_on` says that its deliveries to webhooks are written.
    """

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="+", null=True, blank=True, db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True, db_index=False
    )
    kind = models.CharField(max_length=20, choices=NoticeKind)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+", null=True, blank=True, db_index=False)
    file = models.ForeignKey(ReceivedFile, models.CASCADE, related_name="+", null=True, blank=True, db_index=False)
    outcome = models.CharField(max_length=7, blank=True)
    on = models.DateField("business date")
    due = models.DateField("to be answered by", null=True, blank=True)
    source = models.CharField(max_length=60)
    at = models.DateTimeField(db_default=Now(), editable=False)
    is_passed_on = models.BooleanField(db_default=False, default=False)

    objects = SupplierNoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["source"], name="claims_notice_once"),
            models.CheckConstraint(
                condition=Q(supplier__isnull=False) | Q(person__isnull=False), name="claims_notice_to_somebody"
            ),
        )
        indexes = (
            models.Index(fields=["supplier", "-id"], name="claims_notices_of_supplier"),
            models.Index(fields=["person", "-id"], condition=Q(person__isnull=False), name="claims_notices_of_person"),
            models.Index(fields=["id"], condition=Q(is_passed_on=False), name="claims_notices_to_pass_on"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, notice {self.pk}"


class NoticeRead(models.Model):
    """That a person has read one notice."""

    notice = models.ForeignKey(SupplierNotice, models.CASCADE, related_name="reads", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notice", "user"], name="claims_notice_read_once"),)

    def __str__(self) -> str:
        return f"Notice {self.notice_id} read by {self.user_id}"


class NoticeChoice(models.Model):
    """How one person is told: by which mail, read up to which notice at once, mailed up to which."""

    class Mail(models.TextChoices):
        DIGEST = "digest", "One e-mail a day, when there is something new"
        AT_ONCE = "at_once", "An e-mail as soon as there is something new"
        NONE = "none", "No e-mail"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.DIGEST)
    read_up_to = models.BigIntegerField(default=0)
    mailed_up_to = models.BigIntegerField(default=0)
    mailed_on = models.DateField("day of the last mail", null=True, blank=True)

    def __str__(self) -> str:
        return f"Notices of {self.user_id}: {self.get_mail_display()}"


class ToldUpTo(models.Model):
    """Up to which id the rows of a table were looked at for notices; none comes in between any more."""

    table = models.CharField(max_length=63, primary_key=True)
    last_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "told up to"

    def __str__(self) -> str:
        return f"{self.table} up to {self.last_id}"
