"""Requests for records: what a supplier is asked for, by when, and what came, in one go or in several."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from beneficiaries.models import Document
from medical_review.models.case import Case
from medical_review.models.people import SupplierTie
from policy.arrivals import ArrivalField
from policy.models.row import Basis
from suppliers.models import Supplier
from suppliers.rights import Right


class AskableDocument(models.Model):
    """A document that reviewers ask for, in force over `in_force` by the date of service.

    `shows` says what it must show, `points` are those of the checklist that it bears on. One that is for each day is
    asked for once for every day billed.
    """

    code = models.SlugField(max_length=30)
    in_force = DateRangeField()
    title = models.CharField(max_length=120)
    shows = models.CharField("what it must show", max_length=300)
    cites = models.CharField(max_length=120)
    points = ArrayField(models.PositiveSmallIntegerField(), default=list)
    is_for_each_day = models.BooleanField(default=False)
    basis = models.CharField(max_length=10, choices=Basis)

    class Meta:
        ordering = ("pk",)
        constraints = (
            ExclusionConstraint(
                name="review_askable_once_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
        )

    def __str__(self) -> str:
        return self.title


class RecordsRequestQuerySet(models.QuerySet["RecordsRequest"]):
    def visible_to(self, user: User) -> RecordsRequestQuerySet:
        """For staff all but those of suppliers to which they have a tie, for suppliers their own."""
        if user.role == Role.SUPPLIER:
            return self.filter(supplier__in=Supplier.objects.allowing(user, Right.RECORDS))
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("supplier_id"))
        return self.exclude(Exists(tied))

    def unanswered(self) -> RecordsRequestQuerySet:
        """Those of which nobody has said that the answer is all, while a case of theirs waits for records."""
        return self.filter(Exists(Case.objects.filter(requests=OuterRef("pk"), state="records")), completed_on=None)


class RecordsRequest(models.Model):
    """What one supplier is asked for about one or several of its claims; `due` is the last day.

    The answer is complete on `completed_on`, when who answers says so or the job takes over what came in time. A
    request for an attestation asks who wrote an entry to attest its signature (Pub. 100-08 ch. 3 §3.3.2.4).
    """

    class Kind(models.TextChoices):
        RECORDS = "records", "Records"
        ATTESTATION = "attestation", "Signature attestation"

    kind = models.CharField(max_length=11, choices=Kind, default=Kind.RECORDS)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="records_requests")
    cases = models.ManyToManyField(Case, related_name="requests")
    why = models.CharField(max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField()
    due = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    arrival = ArrivalField()

    objects = RecordsRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        constraints = (
            models.CheckConstraint(condition=Q(due__gt=models.F("asked_on")), name="review_request_leaves_days"),
        )
        indexes = (
            models.Index(fields=["supplier", "due"], condition=Q(completed_on=None), name="review_requests_open"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """ "RR-26-00012": the year in which it was made and its place."""
        return f"RR-{self.asked_on:%y}-{self.pk:05d}"

    @property
    def is_attestation(self) -> bool:
        return self.kind == self.Kind.ATTESTATION


class RequestedDocument(models.Model):
    """One document that is asked for: a slot of the answer, about the claim of one case.

    `lacking` is why who answers does not send it, in their words.
    """

    request = models.ForeignKey(RecordsRequest, models.PROTECT, related_name="slots")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    askable = models.ForeignKey(AskableDocument, models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=160)
    shows = models.CharField(max_length=300, blank=True)
    cites = models.CharField(max_length=120, blank=True)
    points = ArrayField(models.PositiveSmallIntegerField(), default=list)
    visit_on = models.DateField("day of the visit", null=True, blank=True)
    lacking = models.CharField("why it is not sent", max_length=300, blank=True)

    class Meta:
        ordering = ("request", "number")
        constraints = (models.UniqueConstraint(fields=["request", "number"], name="review_slot_number_once"),)

    def __str__(self) -> str:
        return self.title


class RecordsReceipt(models.Model):
    """One go of an answer: how it came, on which day, and who took it down. The last one says that it is all."""

    class How(models.TextChoices):
        PORTAL = "portal", "On these pages"
        POST = "post", "By post"
        FAX = "fax", "By fax"
        FILE = "file", "As a file"
        NOTHING_MORE = "job", "Taken over on the last day"

    request = models.ForeignKey(RecordsRequest, models.PROTECT, related_name="receipts")
    place = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=6, choices=How)
    came_on = models.DateField()
    is_all = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        ordering = ("request", "place")
        constraints = (
            models.UniqueConstraint(fields=["request", "place"], name="review_receipt_place_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(is_all=True), name="review_answer_all_once"),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """ "RR-26-00012-2": the second receipt of the request."""
        return f"{self.request.number}-{self.place}"


class ReceivedRecord(models.Model):
    """A document that came, in the slot of what was asked for."""

    receipt = models.ForeignKey(RecordsReceipt, models.PROTECT, related_name="records")
    slot = models.ForeignKey(RequestedDocument, models.PROTECT, related_name="records")
    document = models.OneToOneField(Document, models.PROTECT, related_name="record")

    class Meta:
        ordering = ("pk",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return str(self.document)


def days_left(due: dt.date, today: dt.date) -> str:
    """ "12 days left", "the last day is today", "2 days late"."""
    left = (due - today).days
    if left == 0:
        return "the last day is today"
    days = "1 day" if abs(left) == 1 else f"{abs(left)} days"
    return f"{days} left" if left > 0 else f"{days} late"
