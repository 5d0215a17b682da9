"""Redeterminations: the request, the lines and papers it names, why a late one is taken, and how it ended.

Rows are only added (42 CFR 405.940 to 405.958). What is decided on the lines stands in the decision of the case.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from beneficiaries.models import Document
from claims.models import Claim, ClaimLine, Decision
from claims.models.status import Shown, ShownChoices
from medical_review.models.case import Case
from medical_review.models.decision import ReviewDecision
from medical_review.models.people import SupplierTie
from policy.arrivals import ArrivalField
from suppliers.models import Supplier
from suppliers.rights import Right


class RedeterminationRequestQuerySet(models.QuerySet["RedeterminationRequest"]):
    def visible_to(self, user: User) -> RedeterminationRequestQuerySet:
        """For staff all but those of suppliers to which they have a tie, for suppliers their own."""
        if user.role == Role.SUPPLIER:
            return self.filter(supplier__in=Supplier.objects.allowing(user, Right.CLAIMS_READ))
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("supplier_id"))
        return self.exclude(Exists(tied))

    def open(self) -> RedeterminationRequestQuerySet:
        return self.filter(end=None)


class RedeterminationRequest(models.Model):
    """A supplier asks that another person decides lines of a claim; its case is decided by a reviewer.

    `decision` is what is appealed, `review` the decision of medical review that it rests on, if any. `notice_on` is the
    day of the notice, `last_day` the last on which a request against it is in time. `good_cause` is why it came later,
    in the words of who asked; whether the cause is good a reviewer finds (`GoodCause`).
    """

    class How(models.TextChoices):
        PORTAL = "portal", "On these pages"
        POST = "post", "By post"
        FAX = "fax", "By fax"

    case = models.OneToOneField(Case, models.PROTECT, related_name="redetermination")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="redeterminations")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="redeterminations")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", db_constraint=False)
    review = models.ForeignKey(ReviewDecision, models.PROTECT, related_name="appeals", null=True, blank=True)
    notice_on = models.DateField("day of the notice")
    last_day = models.DateField()
    received_on = models.DateField()
    how = models.CharField(max_length=6, choices=How)
    why = models.TextField()
    good_cause = models.CharField("why it comes late", max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    made_on = models.DateField()
    arrival = ArrivalField()

    objects = RedeterminationRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="review_redetermination_says_why"),
            models.CheckConstraint(
                condition=Q(received_on__gte=models.F("notice_on")), name="review_redetermination_after_notice"
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """ "RD-26-00012": the year in which it was taken in and its place."""
        return f"RD-{self.made_on:%y}-{self.pk:05d}"

    @property
    def days_late(self) -> int:
        """Days after the last day; 0 when it came in time."""
        return max((self.received_on - self.last_day).days, 0)

    @property
    def needs_good_cause(self) -> bool:
        """Whether it came late and nobody has found a good cause for it yet."""
        return bool(self.days_late) and not hasattr(self, "cause_found")


class AppealedLine(models.Model):
    """A line that the request names; `edit` gave the reason of its denial ("REVIEW": medical review did; "": none)."""

    request = models.ForeignKey(RedeterminationRequest, models.PROTECT, related_name="lines")
    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="+")
    edit = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering = ("request", "line__number")
        constraints = (models.UniqueConstraint(fields=["request", "line"], name="review_line_appealed_once"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.request}: {self.line}"


class AppealPaper(models.Model):
    """A document that came with a request."""

    request = models.ForeignKey(RedeterminationRequest, models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, models.PROTECT, related_name="appeal_paper")

    class Meta:
        ordering = ("pk",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return str(self.document)


class GoodCause(models.Model):
    """A reviewer found that a late request has a good cause (42 CFR 405.942(b)): it counts as if it came in time."""

    request = models.OneToOneField(RedeterminationRequest, models.PROTECT, related_name="cause_found")
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    arrival = ArrivalField()

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Good cause: {self.reason}"


class RedeterminationEnd(models.Model):
    """How a request ended: by a decision, whose lines give the outcome, or without one, and why."""

    class Outcome(ShownChoices):
        FAVORABLE = "favorable", "Favorable"
        PARTIAL = "partial", "Partially favorable"
        UNFAVORABLE = "unfavorable", "Unfavorable"
        DISMISSED = "dismissed", "Dismissed"
        WITHDRAWN = "withdrawn", "Withdrawn"

        @staticmethod
        def shown() -> Shown:
            return {
                "favorable": ("circle-check", "pays", "Every line that was appealed is paid as billed."),
                "partial": (
                    "square-info",
                    "informs",
                    "A line that was appealed pays more, but not all of them in full.",
                ),
                "unfavorable": ("octagon-x", "denied", "No line that was appealed pays more."),
                "dismissed": ("octagon-x", "neutral", "The request was not decided on the lines."),
                "withdrawn": ("ring-broken", "neutral", "The supplier took the request back."),
            }

    #: Outcomes of a decision.
    DECIDED = (Outcome.FAVORABLE, Outcome.PARTIAL, Outcome.UNFAVORABLE)

    request = models.OneToOneField(RedeterminationRequest, models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=11, choices=Outcome)
    reason = models.CharField(max_length=500)
    decision = models.OneToOneField(ReviewDecision, models.PROTECT, related_name="+", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    made_on = models.DateField()
    arrival = ArrivalField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=("dismissed", "withdrawn"), decision=None)
                | Q(outcome__in=("favorable", "partial", "unfavorable"), decision__isnull=False),
                name="review_redetermination_decided_or_not",
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def outcome_shown(self) -> Outcome:
        return self.Outcome(self.outcome)
