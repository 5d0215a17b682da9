"""Letters, kept for good: the text as it was written, who it went to and how, and the PDF that was made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from medical_review.models.blind import judged_blind_by
from medical_review.models.case import Case
from medical_review.models.decision import ReviewDecision
from medical_review.models.people import SupplierTie
from medical_review.models.request import RecordsRequest
from policy.arrivals import ArrivalField
from suppliers.models import Supplier
from suppliers.rights import Right


class LetterKind(models.TextChoices):
    REQUEST = "request", "Request for records"
    ATTESTATION = "attestation", "Request for a signature attestation"
    REMINDER = "reminder", "Reminder"
    RESULTS = "results", "Results of the review"
    LATE = "late", "Receipt of late records"
    REDETERMINED = "redecided", "Redetermination"
    DISMISSAL = "dismissal", "Dismissal of a redetermination request"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> LetterQuerySet:
        """For staff all but those to suppliers to which they have a tie, for suppliers those addressed to them."""
        if user.role == Role.SUPPLIER:
            return self.filter(supplier__in=Supplier.objects.allowing(user, Right.RECORDS))
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("supplier_id"))
        return self.exclude(Exists(tied)).exclude(judged_blind_by(user, "case_id"))

    def about(self, case: Case) -> LetterQuerySet:
        """The letters of a case, those about several claims among them."""
        return self.filter(models.Q(case=case) | models.Q(request__in=case.requests.all()))


class Letter(models.Model):
    """One letter to a supplier. `key` names what it is for, so that nothing is written twice.

    `text` is the HTML that the template in its version gave on that day; the PDF is made of it and of nothing else.
    """

    class How(models.TextChoices):
        PORTAL = "portal", "On the supplier’s pages"
        POST = "post", "By post"

    key = models.CharField("what it is for", max_length=60, unique=True)
    kind = models.CharField(max_length=11, choices=LetterKind)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="letters")
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", null=True, blank=True)
    request = models.ForeignKey(RecordsRequest, models.PROTECT, related_name="letters", null=True, blank=True)
    decision = models.ForeignKey(ReviewDecision, models.PROTECT, related_name="letters", null=True, blank=True)
    title = models.CharField(max_length=160)
    addressee = models.TextField("name and address")
    template = models.CharField(max_length=60)
    template_version = models.PositiveSmallIntegerField()
    text = models.TextField()
    sent_how = models.CharField(max_length=6, choices=How)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        indexes = (models.Index(fields=["made_on"], name="review_letters_by_day"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """ "L-26-00031": the year in which it was written and its place."""
        return f"L-{self.made_on:%y}-{self.pk:05d}"


class LetterFile(models.Model):
    """The PDF/UA of a letter; its bytes lie in the storage under their SHA-256."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="file")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("bytes")
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        """Where the bytes lie: apart from what suppliers send, so that nothing they take back takes a letter along."""
        return letter_path(self.sha256)


def letter_path(sha256: str) -> str:
    return f"letters/{sha256[:2]}/{sha256}"
