"""Marks that reviewers put on pages of the record: boxes with a note. They are only added, and withdrawn by a row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from beneficiaries.models import Document
from medical_review.models.case import Case
from policy.arrivals import ArrivalField

#: The edges of a page: places on it are thousandths of its width from the left, and of its height from the top.
WHOLE = 1000


class PageMarkQuerySet(models.QuerySet["PageMark"]):
    def standing(self) -> PageMarkQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawal__isnull=True)


class PageMark(models.Model):
    """A box on a page, from its left upper to its right lower corner; `point` is that of the checklist it shows."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    page = models.PositiveIntegerField()
    left = models.PositiveSmallIntegerField()
    top = models.PositiveSmallIntegerField()
    right = models.PositiveSmallIntegerField()
    bottom = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    point = models.PositiveSmallIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    objects = PageMarkQuerySet.as_manager()

    class Meta:
        ordering = ("case", "document", "page", "arrival")
        constraints = (
            models.CheckConstraint(
                name="review_mark_on_the_page",
                condition=Q(left__lt=F("right"), top__lt=F("bottom"), right__lte=WHOLE, bottom__lte=WHOLE),
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.name} on page {self.page}"

    @property
    def name(self) -> str:
        """ "P10", or "Note" of a mark without a point."""
        return f"P{self.point}" if self.point else "Note"


class MarkWithdrawal(models.Model):
    """Says that a mark stands no longer; the mark itself stays on the record."""

    mark = models.OneToOneField(PageMark, models.PROTECT, related_name="withdrawal")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.mark}, withdrawn"
