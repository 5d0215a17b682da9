"""What goes out: the remittance of each supplier and payment day, the decisions it tells, the payment clock."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from claims.models.claim import Claim
from claims.models.decision import Decision
from suppliers.models import Supplier


class RemittanceQuerySet(models.QuerySet["Remittance"]):
    def visible_to(self, user: User) -> RemittanceQuerySet:
        """All for staff of the contractor, their own suppliers' remittances for people of a supplier."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self


class Remittance(models.Model):
    """What one supplier is told and paid on one payment day: one 835 (reading 22).

    `paid_amount` is what goes out, `interest_amount` the part of it that is interest.
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="remittances")
    payment_day = models.DateField()
    trace_number = models.CharField("trace number of the payment", max_length=30, unique=True)
    control_number = models.PositiveIntegerField()
    claim_count = models.PositiveIntegerField()
    charge_amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_amount = models.DecimalField(max_digits=14, decimal_places=2)
    interest_amount = models.DecimalField(max_digits=14, decimal_places=2)
    content = models.TextField("835")
    created_at = models.DateTimeField()

    objects = RemittanceQuerySet.as_manager()

    class Meta:
        ordering = ("-payment_day", "supplier")
        constraints = (
            models.UniqueConstraint(fields=["supplier", "payment_day"], name="claims_one_remittance_a_day"),
            models.CheckConstraint(
                condition=Q(paid_amount__gte=F("interest_amount"), interest_amount__gte=0),
                name="claims_remittance_not_negative",
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Remittance {self.trace_number}"


class RemittedDecision(models.Model):
    """A decision told on a remittance, once; and once more, as a reversal, when another takes its place.

    `interest_amount` was paid on top of it; a reversal does not take it back.
    """

    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="decisions")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="remitted", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="remitted")
    is_reversal = models.BooleanField(default=False)
    interest_amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("remittance", "claim", "-is_reversal")
        constraints = (
            models.UniqueConstraint(fields=["decision", "is_reversal"], name="claims_decision_told_once"),
            models.CheckConstraint(
                condition=Q(is_reversal=False) | Q(interest_amount=0), name="claims_reversal_without_interest"
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        told = "Reversal of decision" if self.is_reversal else "Decision"
        return f"{told} {self.decision_id} on remittance {self.remittance_id}"


class ClockStop(models.Model):
    """Days on which a claim's payment clock stands: records are asked for, or a review is open (reading 22).

    `resumed_on` is the first day on which it runs again; empty while it stands.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="clock_stops")
    stopped_on = models.DateField()
    resumed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ("claim", "stopped_on")
        constraints = (
            models.UniqueConstraint(
                fields=["claim"], condition=Q(resumed_on__isnull=True), name="claims_clock_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("stopped_on")),
                name="claims_clock_resumes_after_it_stopped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason}, from {self.stopped_on}"
