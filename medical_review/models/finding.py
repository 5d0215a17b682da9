"""What reviewers write on a case, in versions that are only added: points, lines, visits of the record, the rationale.

The latest version of a thing stands. A version without a person was filled in by the system from what it knows.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from beneficiaries.models import Document
from claims.models import ClaimLine
from claims.models.status import Shown, ShownChoices
from medical_review.models.checklist import Ground
from policy.arrivals import ArrivalField


class Answer(ShownChoices):
    """What the record says of a point."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_DOCUMENTED = "not_documented", "Not documented"

    @staticmethod
    def shown() -> Shown:
        return {
            "met": ("circle-check", "pays", "The record shows it."),
            "not_met": ("octagon-x", "denied", "The record shows the contrary."),
            "not_documented": ("diamond-question", "hold", "The record does not say."),
        }


class LineVerdict(ShownChoices):
    """What a review says of a line (reading 26); `PAY` and `UPHOLD` are words of redeterminations alone."""

    AFFIRM = "affirm", "Affirm"
    ADJUST = "adjust", "Adjust"
    DENY = "deny", "Deny"
    PAY = "pay", "Pay as billed"
    UPHOLD = "uphold", "Uphold"

    @staticmethod
    def shown() -> Shown:
        return {
            "affirm": ("circle-check", "pays", "Medical review has nothing against the line as it was billed."),
            "adjust": ("square-info", "informs", "The line is priced as another visit code."),
            "deny": ("octagon-x", "denied", "The line is denied on one of the three grounds."),
            "pay": ("circle-check", "pays", "The line is paid as billed, whatever denied it before."),
            "uphold": ("ring-broken", "neutral", "The line stays as it was decided."),
        }


class Version(models.Model):
    """One version of something on a case: its number, who, when."""

    case = models.ForeignKey("medical_review.Case", models.PROTECT, related_name="%(class)ss")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        abstract = True


class Finding(Version):
    """A version of the answer to a point. An empty answer takes the one before back."""

    point = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=14, choices=Answer, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True, blank=True)
    page = models.CharField("page of the record", max_length=20, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("case", "point", "number")
        constraints = (models.UniqueConstraint(fields=["case", "point", "number"], name="review_finding_version"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"P{self.point}: {self.get_answer_display()}"


class LineWords(models.Model):
    """What is decided about a line: affirmed, adjusted to `code`, or denied with `codes` ("CO-272 N705").

    Adjusted and denied lines name their ground and the points they rest on; `reason` is a sentence, the supplier reads
    it.
    """

    verdict = models.CharField(max_length=6, choices=LineVerdict)
    code = models.CharField("visit code", max_length=5, blank=True)
    ground = models.PositiveSmallIntegerField(choices=Ground, null=True, blank=True)
    points = ArrayField(models.PositiveSmallIntegerField(), default=list)
    codes = models.CharField("reason codes", max_length=40, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True


class LineAnswer(Version, LineWords):
    """A version of what a reviewer thinks of a line, until it is signed."""

    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6, choices=LineVerdict, blank=True)

    class Meta:
        ordering = ("case", "line", "number")
        constraints = (models.UniqueConstraint(fields=["case", "line", "number"], name="review_line_answer_version"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.line}: {self.get_verdict_display()}"


class VisitNote(Version):
    """What the note of a visit in the record says, beside the line billed for it. Times are those of the place."""

    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="+")
    note_of = models.DateField("day of the note", null=True, blank=True)
    time_in = models.TimeField(null=True, blank=True)
    time_out = models.TimeField(null=True, blank=True)
    infused = models.CharField("what was infused", max_length=80, blank=True)
    professional = models.CharField(max_length=80, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True, blank=True)
    page = models.CharField("page of the record", max_length=20, blank=True)

    class Meta:
        ordering = ("case", "line", "number")
        constraints = (models.UniqueConstraint(fields=["case", "line", "number"], name="review_visit_note_version"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Note of {self.note_of}"


class Rationale(Version):
    """A version of the words that a decision is signed with."""

    text = models.TextField(blank=True)

    class Meta:
        ordering = ("case", "number")
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="review_rationale_version"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Rationale, version {self.number}"
