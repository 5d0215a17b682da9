"""Mass adjustments: a list of decided claims that is decided anew together, what was previewed and what came of it."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claim import Claim
from claims.models.decision import Decision
from claims.models.status import Shown, ShownChoices

LONGEST_SENTENCE = 500


class MassState(ShownChoices):
    """Where a mass adjustment stands; the arrows between the states are MASS_TRANSITIONS, which a trigger enforces."""

    DRAFT = "draft", "Draft"
    PREVIEWING = "previewing", "Being previewed"
    PREVIEWED = "previewed", "Waits for approval"
    APPROVED = "approved", "Approved"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Stopped by a fault"

    @staticmethod
    def shown() -> Shown:
        return SHOWN


SHOWN: Shown = {
    "draft": ("ring-broken", "neutral", "Nothing was decided yet."),
    "previewing": ("ring-broken", "neutral", "The claims are decided in the dark; nothing about them changes."),
    "previewed": ("diamond-alert", "waits", "A second person must approve it."),
    "approved": ("ring-broken", "neutral", "It begins in a moment."),
    "running": ("ring-broken", "neutral", "The claims that change are decided anew."),
    "paused": ("square-pause", "hold", "It stands until somebody lets it go on."),
    "done": ("circle-check", "pays", "Every claim that was to change was decided anew or left out."),
    "cancelled": ("octagon-x", "neutral", "Nothing more is done; what was decided anew stands."),
    "failed": ("octagon-x", "denied", "It stopped, and says why."),
}

State = MassState
MASS_TRANSITIONS = {
    State.DRAFT: (State.PREVIEWING, State.CANCELLED),
    State.PREVIEWING: (State.PREVIEWED, State.RUNNING, State.CANCELLED, State.FAILED),
    State.PREVIEWED: (State.PREVIEWING, State.APPROVED, State.CANCELLED),
    State.APPROVED: (State.RUNNING, State.PAUSED, State.CANCELLED, State.FAILED),
    State.RUNNING: (State.PAUSED, State.DONE, State.CANCELLED, State.FAILED),
    State.PAUSED: (State.RUNNING, State.PREVIEWING, State.CANCELLED),
    State.FAILED: (State.PREVIEWING, State.RUNNING, State.CANCELLED),
    State.DONE: (),
    State.CANCELLED: (),
}


class MassAdjustment(models.Model):
    """One mass adjustment. `chosen_by` is what was asked for: "all", claim numbers, or filters of the worklist.

    `publication` and `engine_version` are what the preview decided with; they are empty on a draft, and so are the
    totals of the preview, in claims, lines and dollars. `at_stake` adds up what each claim would pay more or less.
    `reverses` is the mass adjustment that this one takes back; its list is that one's. `note` says why it stopped.
    """

    State = MassState
    #: Something is to be done in the background.
    AT_WORK = (State.PREVIEWING, State.APPROVED, State.RUNNING)
    OVER = (State.DONE, State.CANCELLED)

    title = models.CharField(max_length=60)
    reason = models.CharField(max_length=LONGEST_SENTENCE)
    good_cause = models.CharField("good cause, after a year", max_length=LONGEST_SENTENCE, blank=True)
    chosen_by = models.TextField("which claims")
    reverses = models.ForeignKey("self", models.PROTECT, related_name="reversals", null=True, blank=True)
    state = models.CharField(max_length=10, choices=MassState, default=MassState.DRAFT)
    note = models.CharField("why it stopped", max_length=LONGEST_SENTENCE, blank=True)

    publication = models.PositiveIntegerField(null=True, blank=True)
    engine_version = models.CharField(max_length=16, blank=True)
    previewed_on = models.DateField("business day of the preview", null=True, blank=True)
    claims_chosen = models.PositiveIntegerField(default=0)
    claims_changed = models.PositiveIntegerField("claims that would change", default=0)
    lines_changed = models.PositiveIntegerField(default=0)
    before = models.DecimalField("paid before", max_digits=14, decimal_places=2, default=0)
    after = models.DecimalField("would pay", max_digits=14, decimal_places=2, default=0)
    at_stake = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_on = models.DateField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    approved_on = models.DateField(null=True, blank=True)
    approved_reason = models.CharField("why it was approved", max_length=LONGEST_SENTENCE, blank=True)
    ended_on = models.DateField("business day on which it was done or cancelled", null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="claims_mass_second_person",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False) & ~Q(state="cancelled"),
                name="claims_mass_reversed_once",
            ),
        )
        triggers = (
            pgtrigger.FSM(
                name="mass_state_moves_along_the_arrows",
                field="state",
                transitions=[(start, end) for start, ends in MASS_TRANSITIONS.items() for end in ends],
            ),
        )

    def __str__(self) -> str:
        return f"Mass adjustment {self.pk}"

    @property
    def state_shown(self) -> MassState:
        return MassState(self.state)

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def difference(self) -> Any:
        """Dollars that the claims would pay more than they do."""
        return self.after - self.before

    @property
    def decision_reason(self) -> str:
        """Why the decisions that come of it were made, as staff and suppliers read it."""
        of = f" takes back mass adjustment {self.reverses_id}" if self.reverses_id else ""
        return f"{self}{of}: {self.title}"


class MassAdjustmentClaim(models.Model):
    """A claim of the list, frozen when the preview began, in the order in which the claims are worked.

    `decision` stood when it was previewed and is the one that is followed; `restored` is the earlier one that a
    reversal makes again. `told_digest` is what a remittance would tell of the previewed one (`claims.mass.telling`).
    `made` is the decision that came of it. Money in dollars.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen", "To be previewed"
        SAME = "same", "Comes out the same"
        CHANGES = "changes", "Would change"
        ASKED = "asked", "To be decided"
        DECIDED = "decided", "Decided anew"
        LEFT_OUT = "left_out", "Left out"

    mass = models.ForeignKey(MassAdjustment, models.PROTECT, related_name="claims", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="in_mass_adjustments", db_index=False)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.CHOSEN)
    sentence = models.CharField("why it was left out", max_length=LONGEST_SENTENCE, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    restored = models.ForeignKey(Decision, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    before = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    after = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    told_digest = models.CharField(max_length=64, blank=True)
    made = models.ForeignKey(Decision, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    came_out_otherwise = models.BooleanField(default=False)
    previewed_otherwise = models.BooleanField("previewed again, and otherwise than was approved", default=False)
    of_other_engine = models.BooleanField("decided by another version than the decision it makes again", default=False)

    class Meta:
        ordering = ("mass", "position")
        constraints = (
            models.UniqueConstraint(fields=["mass", "position"], name="claims_mass_position_once"),
            models.UniqueConstraint(fields=["claim", "mass"], name="claims_mass_claim_once"),
        )
        indexes = (models.Index(fields=["mass", "state", "position"], name="claims_mass_by_state"),)

    def __str__(self) -> str:
        return f"{self.claim} in {self.mass}"

    @property
    def difference(self) -> Any:
        return self.after - self.before


class MassAdjustmentLine(models.Model):
    """A line that would not be decided as it was, as the preview found it.

    `edit` is the edit that makes the difference, "" where none does; `before` and `after` are the fields of
    `claims.replay.lines.LineState`, their money as text. `difference` is what the line would pay more, in dollars.
    """

    of = models.ForeignKey(MassAdjustmentClaim, models.CASCADE, related_name="lines", db_index=False)
    mass = models.ForeignKey(MassAdjustment, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField("position of its claim")
    number = models.PositiveSmallIntegerField()
    date_of_service = models.DateField()
    hcpcs = models.CharField(max_length=10)
    supplier = models.CharField("supplier's NPI as billed", max_length=10)
    supplier_name = models.CharField(max_length=120, blank=True)
    edit = models.CharField(max_length=7, blank=True)
    difference = models.DecimalField(max_digits=12, decimal_places=2)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ("mass", "position", "number")
        constraints = (
            models.UniqueConstraint(fields=["mass", "position", "number"], name="claims_mass_line_once"),
            models.UniqueConstraint(fields=["of", "number"], name="claims_mass_claim_line_once"),
        )

    def __str__(self) -> str:
        return f"Line {self.number} of {self.of}"
