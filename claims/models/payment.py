"""Money that goes out: the ledger of transfers, the remittance of each supplier and payment day, the payment clock."""

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
    """A decision told on a remittance; each decision is told once. `interest_amount` was paid on top of it."""

    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="decisions")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="remitted")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="remitted")
    interest_amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("remittance", "claim")
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Decision {self.decision_id} on remittance {self.remittance_id}"


class LedgerTransfer(models.Model):
    """Dollars moved from one account to another, so that all accounts together are zero at every moment.

    benefit → payable when a claim becomes payable, payable → benefit when it no longer is; payable → bank when it is
    paid, and interest → bank for the interest on a late one. What reaches the bank is told on a remittance.
    """

    class Account(models.TextChoices):
        BENEFIT = "benefit", "Benefit expense"
        INTEREST = "interest", "Interest expense"
        PAYABLE = "payable", "Payable to the supplier"
        BANK = "bank", "Paid out"

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="ledger")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="ledger")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="ledger")
    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="ledger", null=True, blank=True)
    source = models.CharField("from", max_length=10, choices=Account)
    target = models.CharField("to", max_length=10, choices=Account)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    on = models.DateField("business day")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="claims_transfer_is_positive"),
            models.CheckConstraint(
                condition=Q(source="benefit", target="payable")
                | Q(source="payable", target="benefit")
                | Q(source="payable", target="bank")
                | Q(source="interest", target="bank"),
                name="claims_transfer_between_known_accounts",
            ),
            models.CheckConstraint(
                condition=Q(target="bank", remittance__isnull=False) | (~Q(target="bank") & Q(remittance__isnull=True)),
                name="claims_transfer_to_the_bank_is_remitted",
            ),
            models.UniqueConstraint(fields=["decision", "source", "target"], name="claims_transfer_once"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(source="payable"), name="claims_payable_leaves_once"
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.amount} from {self.source} to {self.target}"


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
