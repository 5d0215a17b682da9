"""What a supplier asks of the contractor where it may not replace or void a claim by a file of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Role, User
from claims.models.claim import Claim
from claims.models.draft import ClaimDraft
from claims.models.status import ShownChoices


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    def visible_to(self, user: User) -> CorrectionRequestQuerySet:
        """All for staff of the contractor, those of their own suppliers for people of a supplier."""
        return self.filter(claim__supplier__people__user=user) if user.role == Role.SUPPLIER else self

    def open(self) -> CorrectionRequestQuerySet:
        return self.filter(state=CorrectionRequest.State.OPEN)


class CorrectionRequest(models.Model):
    """One request to correct a decided claim, or to take it back, from the asking to the answer.

    `asked` has what is to change, a mapping of `what`, `was` and `asked` each; `values` the draft as it stood then
    (empty when only a new decision is asked for). `answer` is what the supplier is told.
    """

    class Kind(models.TextChoices):
        REOPENING = "reopening", "Reopen for a clerical error"
        VOID = "void", "Take the claim back"

    class State(ShownChoices):
        OPEN = "open", "Waits for an examiner"
        CARRIED_OUT = "carried_out", "Carried out"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

        @staticmethod
        def shown() -> dict[str, tuple[str, str, str]]:
            return {
                "open": ("diamond-alert", "waits", "An examiner carries it out or declines it with a reason."),
                "carried_out": ("circle-check", "neutral", "The claim was decided anew, replaced or voided."),
                "declined": ("octagon-x", "neutral", "The decision that stood goes on standing."),
                "withdrawn": ("octagon-x", "neutral", "The supplier asks for it no more."),
            }

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="correction_requests")
    kind = models.CharField(max_length=9, choices=Kind)
    state = models.CharField(max_length=11, choices=State, default=State.OPEN)
    draft = models.ForeignKey(ClaimDraft, models.SET_NULL, related_name="requests", null=True, blank=True)
    values = models.JSONField(default=dict, blank=True)
    asked = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=500)
    good_cause = models.CharField("good cause, after a year", max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField("business day it was asked for")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    settled_on = models.DateField("business day of the answer", null=True, blank=True)
    answer = models.CharField("what the supplier is told", max_length=500, blank=True)
    made = models.ForeignKey(
        Claim, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="claim that came of it"
    )

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ("asked_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="open"), name="claims_one_open_request_of_a_claim"
            ),
        )
        indexes = (models.Index(fields=["asked_on", "id"], condition=Q(state="open"), name="claims_requests_open"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display().lower()}"

    @property
    def state_shown(self) -> State:
        return self.State(self.state)
