"""What was decided on a case, by whom, and what the second reviewer said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from claims.models import ClaimLine, Decision
from medical_review.models.finding import LineWords
from policy.arrivals import ArrivalField


class ReviewDecision(models.Model):
    """A signed decision on every line of a case. It counts at once, or when the second reviewer agrees.

    `paid_before` and `paid_after` are dollars of the whole claim, as the reviewer saw them. `reviewed` is the claim's
    decision that it was signed on. Nobody signed what the job decided (records that never came).
    """

    class SecondReviewFor(models.TextChoices):
        """Why a second person looks at it, if one does."""

        NONE = "", "No second review"
        AMOUNT = "amount", "More is denied than the set amount"
        SHARE = "share", "Drawn for second review"
        LIMIT = "limit", "Above the reviewer's own amount limit"

    case = models.ForeignKey("medical_review.Case", models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    reviewed = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False, db_index=False
    )
    rationale = models.TextField()
    good_cause = models.CharField("good cause, after a year", max_length=500, blank=True)
    paid_before = models.DecimalField(max_digits=12, decimal_places=2)
    paid_after = models.DecimalField(max_digits=12, decimal_places=2)
    second_review_for = models.CharField(max_length=6, choices=SecondReviewFor, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    signed_on = models.DateField()
    signed_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        ordering = ("case", "number")
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="review_decision_number_once"),
            models.CheckConstraint(condition=~models.Q(rationale=""), name="review_nothing_without_a_rationale"),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.case}, decision {self.number}"


class ReviewedLine(LineWords):
    """A line of a signed decision, with its payment before and after in dollars."""

    decision = models.ForeignKey(ReviewDecision, models.PROTECT, related_name="lines")
    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="reviewed")
    paid_before = models.DecimalField(max_digits=12, decimal_places=2)
    paid_after = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("decision", "line__number")
        constraints = (models.UniqueConstraint(fields=["decision", "line"], name="review_line_once_in_a_decision"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.line}: {self.get_verdict_display()}"


class SecondReview(models.Model):
    """The second reviewer's word on a decision, once; who decides otherwise makes the next decision."""

    class Word(models.TextChoices):
        AGREE = "agree", "Agrees"
        SEND_BACK = "send_back", "Sends it back"
        OVERRULE = "overrule", "Decides otherwise"

    decision = models.OneToOneField(ReviewDecision, models.PROTECT, related_name="second_review")
    word = models.CharField(max_length=9, choices=Word)
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return str(self.get_word_display())
