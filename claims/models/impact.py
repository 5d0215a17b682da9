"""Impacts: what a change set of the policy tables does to the claims decided so far, known before it is approved."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from claims.models.claim import Claim
from claims.models.mass import LONGEST_SENTENCE, MassAdjustment
from claims.models.status import Shown, ShownChoices
from policy.models import ChangeSet


class ImpactState(ShownChoices):
    """Where an impact stands; the arrows between the states are IMPACT_ARROWS, which a trigger enforces."""

    QUEUED = "queued", "Begins in a moment"
    RUNNING = "running", "Being worked out"
    DONE = "done", "Worked out"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Stopped by a fault"

    @staticmethod
    def shown() -> Shown:
        return SHOWN


SHOWN: Shown = {
    "queued": ("ring-broken", "neutral", "The claims that it can touch are being looked for."),
    "running": ("ring-broken", "neutral", "The claims are decided in the dark; nothing about them changes."),
    "done": ("circle-check", "pays", "Every claim that it can touch was decided in the dark."),
    "cancelled": ("octagon-x", "neutral", "It was cancelled before it was whole, and says nothing."),
    "failed": ("octagon-x", "denied", "It stopped, and says why."),
}

State = ImpactState
IMPACT_ARROWS = {
    State.QUEUED: (State.RUNNING, State.CANCELLED, State.FAILED),
    State.RUNNING: (State.DONE, State.CANCELLED, State.FAILED),
    State.DONE: (),
    State.CANCELLED: (),
    State.FAILED: (),
}


class ImpactRun(models.Model):
    """One working out of the impact of a change set, kept with it for good.

    `fingerprint` is that of the rows of the set, `publication` and `engine_version` what the claims were compared with:
    when one of them is another now, the impact is outdated. `claims` are those that the set can touch. Money in
    dollars: `before` and `after` are what the decided claims that change pay and would pay; `waiting_after` is what the
    waiting claims that change would pay. `summary` holds the dollars by supplier, edit and month and a sample of the
    claims (`claims.impact.summary`), so that the page never adds them up anew. `mass` is the mass adjustment that was
    made of it, `waiting_asked_on` the business day on which its waiting claims were asked anew, after the publication.
    """

    State = ImpactState
    #: Something is to be done in the background.
    AT_WORK = (State.QUEUED, State.RUNNING)

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    publication = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=ImpactState, default=ImpactState.QUEUED)
    note = models.CharField("why it stopped", max_length=LONGEST_SENTENCE, blank=True)

    claims = models.PositiveIntegerField("claims that it can touch", default=0)
    claims_changed = models.PositiveIntegerField("decided claims that change", default=0)
    lines_changed = models.PositiveIntegerField("lines of theirs that change", default=0)
    before = models.DecimalField("paid before", max_digits=14, decimal_places=2, default=0)
    after = models.DecimalField("would pay", max_digits=14, decimal_places=2, default=0)
    waiting_changed = models.PositiveIntegerField("waiting claims that change", default=0)
    waiting_after = models.DecimalField("waiting claims would pay", max_digits=14, decimal_places=2, default=0)
    summary: models.Field[Any, Any] = models.JSONField(default=dict)

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    mass = models.OneToOneField(MassAdjustment, models.PROTECT, related_name="impact", null=True, blank=True)
    waiting_asked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["change_set"],
                condition=models.Q(state__in=("queued", "running")),
                name="claims_impact_one_at_work",
            ),
        )
        triggers = (
            pgtrigger.FSM(
                name="impact_state_moves_along_the_arrows",
                field="state",
                transitions=[(start, end) for start, ends in IMPACT_ARROWS.items() for end in ends],
            ),
        )

    def __str__(self) -> str:
        return f"Impact {self.pk}"

    @property
    def state_shown(self) -> ImpactState:
        return ImpactState(self.state)

    @property
    def is_at_work(self) -> bool:
        return self.state in self.AT_WORK

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def difference(self) -> Any:
        """Dollars that the decided claims would pay more than they do."""
        return self.after - self.before


class ImpactChunk(models.Model):
    """Claims that are worked together, with all claims of their patients, in the order of their standing decisions.

    `before` is what those of them that are decided and change were paid, in dollars.
    """

    run = models.ForeignKey(ImpactRun, models.PROTECT, related_name="chunks", db_index=False)
    number = models.PositiveIntegerField()
    claims = ArrayField(models.BigIntegerField())
    count = models.PositiveIntegerField("how many claims")
    before = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ("run", "number")
        constraints = (models.UniqueConstraint(fields=["run", "number"], name="claims_impact_chunk_once"),)

    def __str__(self) -> str:
        return f"Chunk {self.number} of {self.run}"


class ImpactLine(models.Model):
    """A line that would not be decided as it was.

    `is_waiting` tells that its claim waits for a person or a drug. `edit` is the edit that makes the difference, ""
    where none does; `before` and `after` are the fields of `claims.replay.lines.LineState`, their money as text.
    `difference` is what the line would pay more, in dollars.
    """

    run = models.ForeignKey(ImpactRun, models.PROTECT, related_name="lines", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    is_waiting = models.BooleanField()
    date_of_service = models.DateField()
    hcpcs = models.CharField(max_length=10)
    supplier = models.CharField("supplier's NPI as billed", max_length=10)
    supplier_name = models.CharField(max_length=120, blank=True)
    edit = models.CharField(max_length=7, blank=True)
    difference = models.DecimalField(max_digits=12, decimal_places=2)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ("run", "claim", "number")
        constraints = (models.UniqueConstraint(fields=["run", "claim", "number"], name="claims_impact_line_once"),)

    def __str__(self) -> str:
        return f"Line {self.number} of {self.claim}"
