"""Overpayments: what a supplier owes after a reversal, that it was demanded, sent back, and disputed.

How much is still owed is not kept here: the ledger has it (42 USC 1395ddd(f), 42 CFR 405.379).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from claims.models.claim import Claim
from claims.models.decision import Decision
from claims.models.ledger import LedgerTransfer
from claims.models.payment import Remittance, RemittedDecision
from claims.models.status import Shown, ShownChoices
from suppliers.models import Supplier

#: Recoupment begins on day 41 after the demand at the earliest (42 USC 1395ddd(f)(2); 42 CFR 405.379).
DAYS_BEFORE_RECOUPMENT = 41
#: A redetermination is asked for within 120 days of receipt of the demand, which is presumed five days after its date
#: (42 CFR 405.942(a)).
DAYS_TO_APPEAL = 125
#: After a redetermination that upholds the debt it begins on day 61, so that a reconsideration can be asked for first.
DAYS_BEFORE_RESUMING = 61


class OverpaymentState(ShownChoices):
    """Where an overpayment stands on a day; it follows from what is owed, the demand and the appeal."""

    OPEN = "open", "Not demanded yet"
    DEMANDED = "demanded", "Demanded"
    APPEALED = "appealed", "Stopped by an appeal"
    RECOUPING = "recouping", "Taken from payments"
    CLOSED = "closed", "Settled"

    @staticmethod
    def shown() -> Shown:
        return SHOWN


SHOWN: Shown = {
    "open": ("diamond-alert", "waits", "The demand was not sent yet."),
    "demanded": ("square-pause", "hold", "The demand was sent; nothing is taken from payments yet."),
    "appealed": ("square-pause", "hold", "A redetermination was asked for; nothing is taken from payments."),
    "recouping": ("ring-broken", "neutral", "What is owed is taken from the next payments."),
    "closed": ("circle-check", "pays", "Nothing is owed any more."),
}


class OverpaymentQuerySet(models.QuerySet["Overpayment"]):
    def visible_to(self, user: User) -> OverpaymentQuerySet:
        """All for staff of the contractor, their own suppliers' for people of a supplier."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self

    def with_owed(self) -> OverpaymentQuerySet:
        """Each with `owed`: what the reversed decision paid less what settled that by now, in dollars."""
        return self.annotate(owed=still_owed())

    def owing(self) -> OverpaymentQuerySet:
        """Those on which something is still owed, with `owed`."""
        return self.annotate(owed=still_owed()).filter(owed__gt=0)

    def recoupable_on(self, day: dt.date) -> OverpaymentQuerySet:
        """Those still owed that may be taken from other payments on a day, the one demanded first in front."""
        return self.owing().filter(may_be_recouped(day)).order_by("demand__sent_on", "pk")

    def with_state(self, day: dt.date) -> OverpaymentQuerySet:
        """Each with `owed` and its `state` on a day, a value of `OverpaymentState`."""
        state = Case(
            When(owed__lte=0, then=Value(OverpaymentState.CLOSED)),
            When(demand__isnull=True, then=Value(OverpaymentState.OPEN)),
            When(may_be_recouped(day), then=Value(OverpaymentState.RECOUPING)),
            When(redetermination__isnull=False, then=Value(OverpaymentState.APPEALED)),
            default=Value(OverpaymentState.DEMANDED),
            output_field=models.CharField(),
        )
        return self.annotate(owed=still_owed()).annotate(state=state)


def may_be_recouped(day: dt.date) -> Q:
    """Whether a debt may be taken from other payments on a day.

    Not before its day after the demand, not while a redetermination is open or its outcome is too fresh. What was
    decided for the supplier waits until the claim's correction was told, and what that leaves is recouped.
    """
    upheld = Q(
        redetermination__outcome=Redetermination.Outcome.UPHELD,
        redetermination__decided_on__lte=day - dt.timedelta(days=DAYS_BEFORE_RESUMING),
    )
    told = RemittedDecision.objects.filter(
        claim=Coalesce(OuterRef("correction__claim"), OuterRef("claim")),
        remittance__payment_day__gt=OuterRef("redetermination__decided_on"),
        is_reversal=False,
    )
    corrected = Q(Exists(told), redetermination__outcome=Redetermination.Outcome.REVERSED)
    began = Q(demand__sent_on__lte=day - dt.timedelta(days=DAYS_BEFORE_RECOUPMENT))
    return began & (Q(redetermination__isnull=True) | upheld | corrected)


def still_owed() -> Combinable:
    """What the reversed decision of an overpayment paid less what settled that by now, as an annotation."""
    settled = LedgerTransfer.objects.filter(settles=OuterRef("decision")).order_by().values("settles")
    total = Subquery(settled.annotate(total=Sum("amount")).values("total"))
    return F("decision__paid_amount") - Coalesce(total, Decimal(0))


class Overpayment(models.Model):
    """What a claim was paid too much, found when a remittance told the reversal of `decision` and its correction.

    `correction` is the decision that took its place; none after a void. `amount` in dollars is what the correction, and
    nothing else, left to owe.
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="overpayments")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="overpayments")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="overpayment")
    correction = models.ForeignKey(Decision, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="overpayments")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    found_on = models.DateField("business day")
    reason = models.CharField(max_length=500)

    objects = OverpaymentQuerySet.as_manager()

    class Meta:
        ordering = ("-found_on", "-pk")
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="claims_overpayment_is_positive"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Overpayment of {self.amount} on claim {self.claim}"


class Demand(models.Model):
    """The notice that asks a supplier to pay an overpayment back; its day begins the days before recoupment."""

    overpayment = models.OneToOneField(Overpayment, models.PROTECT, related_name="demand")
    sent_on = models.DateField("business day")

    class Meta:
        ordering = ("-sent_on", "-pk")
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Demand of {self.sent_on}"

    @property
    def recoups_from(self) -> dt.date:
        """The first day on which the debt may be taken from other payments."""
        return self.sent_on + dt.timedelta(days=DAYS_BEFORE_RECOUPMENT)

    @property
    def appeal_by(self) -> dt.date:
        """The last day on which a request for a redetermination is timely."""
        return self.sent_on + dt.timedelta(days=DAYS_TO_APPEAL)


class Refund(models.Model):
    """Dollars that a supplier sent back, before a demand or after it; `reference` is that of its check."""

    overpayment = models.ForeignKey(Overpayment, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    received_on = models.DateField()
    reference = models.CharField(max_length=50)
    recorded_on = models.DateField("business day")

    class Meta:
        ordering = ("received_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="claims_refund_is_positive"),
            models.UniqueConstraint(fields=["overpayment", "reference"], name="claims_refund_recorded_once"),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Refund of {self.amount}, {self.reference}"


class Redetermination(models.Model):
    """The first appeal of an overpayment. While it is open nothing is recouped (42 CFR 405.379).

    `outcome` is empty while it is open. A debt that is upheld is recouped from day 61 after the outcome; one that is
    reversed is taken away, in whole or in part, by the adjustment of the claim that follows, and what that leaves is
    recouped again.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "The overpayment is upheld"
        REVERSED = "reversed", "Decided for the supplier, in whole or in part"

    overpayment = models.OneToOneField(Overpayment, models.PROTECT, related_name="redetermination")
    received_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="claims_redetermination_decided_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"Redetermination asked for on {self.received_on}"

    @property
    def resumes_on(self) -> dt.date | None:
        """The first day of recoupment after the debt was upheld."""
        if self.outcome != self.Outcome.UPHELD or self.decided_on is None:
            return None
        return self.decided_on + dt.timedelta(days=DAYS_BEFORE_RESUMING)
