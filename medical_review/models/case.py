"""A case: the review of one claim, from its opening to the decision that counts."""

from __future__ import annotations

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from accounts.models import Role, User
from claims.models import Claim, Decision, ReviewReferral
from medical_review.models.blind import judged_blind_by
from medical_review.models.draw import Draw
from medical_review.models.people import SupplierTie
from medical_review.states import ARROWS, OPEN, CaseState
from policy.arrivals import ArrivalField
from suppliers.models import Supplier


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        """All for staff, without those of suppliers to which the person has a tie and those that the person is judging
        blind; none for people of a supplier.
        """
        if user.role == Role.SUPPLIER:
            return self.none()
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("supplier_id"))
        return self.exclude(Exists(tied)).exclude(judged_blind_by(user, "pk"))

    def open(self) -> CaseQuerySet:
        return self.filter(state__in=OPEN)

    def with_due(self) -> CaseQuerySet:
        """With `due`, the day by which something must happen; far ahead where no clock runs, for sorting."""
        waiting = models.Case(
            models.When(state=CaseState.RECORDS, then=F("records_due")),
            default=F("decide_by"),
            output_field=models.DateField(),
        )
        return self.annotate(due=Coalesce(waiting, models.Value(dt.date.max), output_field=models.DateField()))

    def in_order(self) -> CaseQuerySet:
        """The most urgent first."""
        rows: CaseQuerySet = self.with_due().order_by("due", "id")  # type: ignore[misc] # `due` is annotated
        return rows


@pghistory.track()
class Case(models.Model):
    """The review of one claim. `decision` is what stood when it was opened, `before` an earlier case of the claim.

    Clocks, in calendar days: records are due by `records_due`, the decision by `decide_by`, which is empty while
    records are awaited. `reminders` counts the reminders sent for them. While a case before payment is open its
    `referral` holds the claim: it is neither paid nor told.
    """

    class Kind(models.TextChoices):
        PREPAYMENT = "prepayment", "Before payment"
        POSTPAYMENT = "postpayment", "After payment"
        REDETERMINATION = "redetermination", "Redetermination"

    class Selection(models.TextChoices):
        """How the claim came here."""

        EDIT = "edit", "An edit suspended it"
        PREPAYMENT_REVIEW = "prepayment_review", "Supplier under prepayment review"
        REFERRAL = "referral", "Sent by an examiner"
        HAND = "hand", "Chosen by hand"
        AMOUNT = "amount", "By amount"
        RANDOM = "random", "At random"
        PROBE = "probe", "Probe round"
        APPEAL = "appeal", "Asked for by the supplier"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="review_cases")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", null=True, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False, db_index=False
    )
    before = models.ForeignKey("self", models.PROTECT, related_name="followed_by", null=True, blank=True)
    kind = models.CharField(max_length=15, choices=Kind)
    selection = models.CharField("how selected", max_length=17, choices=Selection)
    why = models.CharField(max_length=600)
    edits = ArrayField(models.CharField(max_length=7), default=list)
    needs = ArrayField(models.CharField(max_length=12), default=list, verbose_name="skills it needs")
    referral = models.ForeignKey(ReviewReferral, models.PROTECT, related_name="cases", null=True, blank=True)
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="cases", null=True, blank=True)
    draw_position = models.PositiveIntegerField(null=True, blank=True)

    state = models.CharField(max_length=9, choices=CaseState, default=CaseState.READY)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_cases", null=True, blank=True
    )
    opened_on = models.DateField()
    records_asked_on = models.DateField(null=True, blank=True)
    records_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    records_due = models.DateField(null=True, blank=True)
    records_in_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    decide_by = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=500, blank=True)
    arrival = ArrivalField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("arrival",)
        constraints = (
            models.UniqueConstraint(fields=["claim"], condition=Q(state__in=OPEN), name="review_one_open_case_a_claim"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(selection__in=("edit", "prepayment_review")),
                name="review_one_case_a_suspension",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_review") | Q(assigned_to__isnull=False), name="review_in_review_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="records") | Q(records_due__isnull=False), name="review_records_have_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) | Q(ended_on__isnull=False), name="review_ended_on_a_day"
            ),
        )
        indexes = (
            models.Index(fields=["state", "decide_by", "id"], name="review_cases_by_state"),
            models.Index(fields=["assigned_to", "state"], name="review_cases_of_a_person"),
        )
        triggers = (pgtrigger.FSM(name="state_moves_along_the_arrows", field="state", transitions=ARROWS),)

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """ "MR-26-00417": the year of its opening and its place."""
        return f"MR-{self.opened_on:%y}-{self.pk:05d}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_before_payment(self) -> bool:
        return self.kind == self.Kind.PREPAYMENT

    @property
    def is_redetermination(self) -> bool:
        return self.kind == self.Kind.REDETERMINATION

    @property
    def state_shown(self) -> CaseState:
        return CaseState(self.state)

    @property
    def clock_day(self) -> dt.date | None:
        """The day by which something must happen now: that records come, or that it is decided."""
        if not self.is_open:
            return None
        return self.records_due if self.state == CaseState.RECORDS else self.decide_by
