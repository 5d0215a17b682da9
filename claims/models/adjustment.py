"""Adjustments: that another decision takes the place of one that stands, why, who asked for it and who approved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from claims.models.decision import Decision
from claims.models.status import ShownChoices
from policy.arrivals import ArrivalField


class Adjustment(models.Model):
    """One adjustment of one claim, from the proposal to the decision that came of it.

    `from_decision` is the decision that stood when it was proposed, `to_decision` the one that took its place (none for
    a void, which leaves nothing in its place). `cause` names what moved, by kind and row, when the system proposes it,
    so that the same cause is proposed once. `money_at_stake` is what the claim was paid, in dollars.
    """

    class Kind(models.TextChoices):
        REOPENING = "reopening", "Clerical reopening"
        REVIEW = "review", "Medical review"
        APPEAL = "appeal", "Decision of an appeal"
        HISTORY = "history", "What it was judged by has changed"
        REPLACEMENT = "replacement", "Replaced by the supplier"
        VOID = "void", "Voided"
        MASS = "mass", "Mass adjustment"
        # The supplier reads the kind: what it is about stands in the reason, which only staff read.
        ANY_TIME = "any_time", "Reopening at any time"

    class State(ShownChoices):
        PROPOSED = "proposed", "Waits for approval"
        APPROVED = "approved", "Approved, to be decided"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    #: In one of these states it is open, and there is no other for the claim.
    OPEN = (State.PROPOSED, State.APPROVED)

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    reason = models.CharField(max_length=500)
    cause = models.CharField("what moved, by kind and row", max_length=120, blank=True)
    good_cause = models.CharField("good cause, after a year", max_length=500, blank=True)
    money_at_stake = models.DecimalField(max_digits=12, decimal_places=2)
    from_decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="adjusted_by", null=True, blank=True, db_index=False
    )
    to_decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="adjustment_of", null=True, blank=True, db_index=False
    )
    replacement = models.ForeignKey(
        Claim, models.PROTECT, related_name="replacement_of", null=True, blank=True, db_index=False
    )
    mass = models.ForeignKey(
        "claims.MassAdjustment", models.PROTECT, related_name="adjustments", null=True, blank=True, db_index=False
    )
    # A job that proposes has no person; its name is kept.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    asked_by_label = models.CharField("who asked", max_length=160)
    asked_on = models.DateField("business day it was asked for")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    settled_on = models.DateField("business day of the approval or refusal", null=True, blank=True)
    settled_reason = models.CharField("why it was approved or refused", max_length=500, blank=True)
    arrival = ArrivalField()

    class Meta:
        ordering = ("-arrival",)
        constraints = (
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state__in=("proposed", "approved")), name="claims_one_open_adjustment"
            ),
        )
        indexes = (models.Index(fields=["state", "-arrival"], name="claims_adjustment_by_state"),)

    def __str__(self) -> str:
        return f"{self.kind_words}, {self.get_state_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def state_shown(self) -> State:
        return self.State(self.state)

    @property
    def kind_words(self) -> str:
        """The kind as staff and suppliers read it; it is also why the decision that follows was made."""
        if self.kind == self.Kind.REPLACEMENT and self.asked_by_id:
            return "Keyed anew"
        return str(self.Kind(self.kind).label)
