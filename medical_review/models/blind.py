"""The second judgement of a case by a reviewer who saw nothing of the first, and what it said once it is signed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from beneficiaries.models import Document
from claims.models import ClaimLine
from medical_review.blind.states import BLIND_ARROWS, BlindState
from medical_review.models.finding import Answer, LineWords
from medical_review.models.people import SupplierTie
from policy.arrivals import ArrivalField


class BlindReviewQuerySet(models.QuerySet["BlindReview"]):
    def visible_to(self, user: User) -> BlindReviewQuerySet:
        """While it is open those who have it, once it is signed the two and medical directors; never with a tie."""
        signed = Q(state=BlindState.SIGNED)
        if user.role != Role.MEDICAL_DIRECTOR:
            signed &= Q(decision__signed_by=user)
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("case__supplier_id"))
        return self.filter(signed | Q(assigned_to=user)).exclude(Exists(tied))

    def compared(self) -> BlindReviewQuerySet:
        """Those that count as two independent judgements: signed, by a person who saw nothing of the first."""
        return self.filter(state=BlindState.SIGNED, was_blind=True)


class BlindReview(models.Model):
    """A second judgement of the claim as `decision`, which the first reviewer signed, found it.

    Until it is signed what was written lies in `draft`: the values of each point, line and the rationale, by its name
    on the page. `was_blind` says whether its reviewer looked at nothing that shows the first one's word. Nobody drew
    those that the share gave.
    """

    case = models.OneToOneField("medical_review.Case", models.PROTECT, related_name="blind_review")
    decision = models.OneToOneField("medical_review.ReviewDecision", models.PROTECT, related_name="blind_review")
    why = models.CharField(max_length=500)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    drawn_on = models.DateField()
    state = models.CharField(max_length=10, choices=BlindState, default=BlindState.WAITS)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="blind_reviews", null=True, blank=True
    )
    draft = models.JSONField(default=dict, blank=True)
    rationale = models.TextField(blank=True)
    was_blind = models.BooleanField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=500, blank=True)
    arrival = ArrivalField()

    objects = BlindReviewQuerySet.as_manager()

    class Meta:
        ordering = ("arrival",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=("in_review", "signed")) | Q(assigned_to__isnull=False),
                name="review_blind_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | (Q(signed_on__isnull=False) & Q(was_blind__isnull=False) & ~Q(rationale="")),
                name="review_blind_signed_whole",
            ),
        )
        indexes = (models.Index(fields=["state", "arrival"], name="review_blind_by_state"),)
        triggers = (pgtrigger.FSM(name="state_moves_along_the_arrows", field="state", transitions=BLIND_ARROWS),)

    def __str__(self) -> str:
        return f"Blind review of {self.case}"

    @property
    def state_shown(self) -> BlindState:
        return BlindState(self.state)


def judged_blind_by(person: User, case: str) -> Exists:
    """Whether the person is at the second judgement of the case that `case` names; its first is out of their sight."""
    open_ones = BlindReview.objects.filter(assigned_to=person, state=BlindState.IN_REVIEW)
    return Exists(open_ones.filter(case=OuterRef(case)))


class BlindFinding(models.Model):
    """The answer to a point as it was signed; one that only the file gave says so."""

    review = models.ForeignKey(BlindReview, models.PROTECT, related_name="findings")
    point = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=14, choices=Answer)
    page = models.CharField("page of the record", max_length=20, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", null=True, blank=True)
    is_from_file = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("review", "point")
        constraints = (models.UniqueConstraint(fields=["review", "point"], name="review_blind_finding_once"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"P{self.point}: {self.get_answer_display()}"


class BlindLine(LineWords):
    """What was said of a line as it was signed, with what it would pay by that, in dollars."""

    review = models.ForeignKey(BlindReview, models.PROTECT, related_name="lines")
    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="+")
    paid_after = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("review", "line__number")
        constraints = (models.UniqueConstraint(fields=["review", "line"], name="review_blind_line_once"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.line}: {self.get_verdict_display()}"
