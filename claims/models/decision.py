"""Decisions, stored whole and never changed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from accounts.append_only import append_only_triggers
from claims.models.claim import Claim, ClaimLine
from claims.models.status import LineOutcome


class Decision(models.Model):
    """One decision on a claim. `facts` and `trace` are canonical JSON: what was known, and all that follows from it.

    A decision is only followed by another, the next `number`, whose `previous` it is; the first on a claim that
    replaces another follows the decision that stood there. `asked_by` is the queue number it answers, so that the same
    request gives one decision however often its message comes.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="decisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    previous = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False, db_index=False
    )
    asked_by = models.BigIntegerField("queue number it answers")
    reason = models.CharField("why it was decided", max_length=120)
    decided_on = models.DateField("business day")
    decided_at = models.DateTimeField()
    status = models.CharField(max_length=7, choices=LineOutcome)
    allowed_amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid_amount = models.DecimalField(max_digits=12, decimal_places=2)
    next_look = models.DateField(null=True, blank=True)
    publication = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=16)
    facts = models.TextField()
    trace = models.TextField()

    class Meta:
        ordering = ("claim", "number")
        constraints = (
            models.UniqueConstraint(fields=["claim", "number"], name="claims_decision_number_once"),
            models.UniqueConstraint(fields=["claim", "asked_by"], name="claims_one_decision_a_request"),
        )
        # Decisions come in the order of their days, so that a few bytes for each stretch of the table find a day.
        indexes = (
            BrinIndex(fields=["decided_on"], name="claims_decision_by_day", pages_per_range=16, autosummarize=True),
        )
        triggers = append_only_triggers()


class LineDecision(models.Model):
    """One line of a decision, with its money in dollars; zero where the line does not pay."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines", db_index=False)
    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="decisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=7, choices=LineOutcome)
    edits = ArrayField(models.CharField(max_length=7), default=list)
    informs = ArrayField(models.CharField(max_length=7), default=list)
    group = models.CharField(max_length=2, blank=True)
    carc = models.CharField(max_length=4, blank=True)
    rarcs = ArrayField(models.CharField(max_length=5), default=list)
    allowed = models.DecimalField(max_digits=12, decimal_places=2)
    deductible = models.DecimalField(max_digits=12, decimal_places=2)
    coinsurance = models.DecimalField(max_digits=12, decimal_places=2)
    sequestration = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("decision", "number")
        constraints = (models.UniqueConstraint(fields=["decision", "number"], name="claims_line_decision_once"),)
        triggers = append_only_triggers()
