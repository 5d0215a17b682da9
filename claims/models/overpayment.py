"""Overpayments: what a supplier owes after a reversal, that it was demanded, sent back, and disputed.

How much is still owed, and how much interest on it, is not kept here: the ledger has it (42 USC 1395ddd(f),
42 CFR 405.378 and 405.379).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum, Value, When
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

Account = LedgerTransfer.Account

#: Recoupment begins on day 41 after the demand at the earliest (42 USC 1395ddd(f)(2); 42 CFR 405.379).
DAYS_BEFORE_RECOUPMENT = 41
#: A redetermination is asked for within 120 days of receipt of the demand, which is presumed five days after its date
#: (42 CFR 405.942(a)).
DAYS_TO_APPEAL = 125
#: After a redetermination that upholds the debt it begins on day 61, so that a reconsideration can be asked for first.
DAYS_BEFORE_RESUMING = 61
#: A reconsideration is asked for within 180 days of receipt of the redetermination's notice, presumed five days after
#: its date (42 CFR 405.962).
DAYS_TO_RECONSIDERATION = 185


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
    "appealed": ("square-pause", "hold", "An appeal stops it; nothing is taken from payments."),
    "recouping": ("ring-broken", "neutral", "What is owed is taken from the next payments."),
    "closed": ("circle-check", "pays", "Nothing is owed any more."),
}


class OverpaymentQuerySet(models.QuerySet["Overpayment"]):
    def visible_to(self, user: User) -> OverpaymentQuerySet:
        """All for staff of the contractor, their own suppliers' for people of a supplier."""
        return self.filter(supplier__people__user=user) if user.role == Role.SUPPLIER else self

    def with_owed(self) -> OverpaymentQuerySet:
        """Each with what is owed by now, in dollars.

        `owed` is what the reversed decision paid less what settled that, `interest_owed` the interest that was charged
        on it and not collected; less than zero when more was collected than is left of the charge.
        """
        return self.annotate(owed=still_owed(), interest_owed=interest_still_owed())

    def owing(self) -> OverpaymentQuerySet:
        """Those on which something is still owed, be it only interest."""
        return self.with_owed().filter(Q(owed__gt=0) | Q(interest_owed__gt=0))

    def recoupable_on(self, day: dt.date) -> OverpaymentQuerySet:
        """Those still owed that may be taken from other payments on a day, the one demanded first in front."""
        return self.owing().filter(may_be_recouped(day)).order_by("demand__sent_on", "pk")

    def for_payment_on(self, day: dt.date) -> OverpaymentQuerySet:
        """What a payment on a day settles, in this order: what may be recouped, and interest that is to be given back.

        `is_recoupable` tells whether anything may be kept for it.
        """
        recoupable = ExpressionWrapper(may_be_recouped(day), output_field=models.BooleanField())
        owing = Q(is_recoupable=True) & (Q(owed__gt=0) | Q(interest_owed__gt=0))
        rows = self.with_owed().annotate(is_recoupable=recoupable).filter(owing | Q(interest_owed__lt=0))
        return rows.order_by("demand__sent_on", "pk")

    def with_state(self, day: dt.date) -> OverpaymentQuerySet:
        """Each with what is owed and its `state` on a day, a value of `OverpaymentState`."""
        state = Case(
            When(owed__lte=0, interest_owed__lte=0, then=Value(OverpaymentState.CLOSED)),
            When(demand__isnull=True, then=Value(OverpaymentState.OPEN)),
            When(may_be_recouped(day), then=Value(OverpaymentState.RECOUPING)),
            When(redetermination__isnull=False, then=Value(OverpaymentState.APPEALED)),
            default=Value(OverpaymentState.DEMANDED),
            output_field=models.CharField(),
        )
        return self.with_owed().annotate(state=state)


def may_be_recouped(day: dt.date) -> Q:
    """Whether a debt may be taken from other payments on a day.

    Not before its day after the demand, not while an appeal is open, not while a reconsideration may be asked for in
    time. What was decided for the supplier waits until the claim's correction was told, and what that leaves is
    recouped. After a reconsideration nothing more is waited for (42 USC 1395ddd(f)(2)(A)).
    """
    began = Q(demand__sent_on__lte=day - dt.timedelta(days=DAYS_BEFORE_RECOUPMENT))
    outcome = Redetermination.Outcome
    resumed = Q(
        redetermination__outcome=outcome.UPHELD,
        redetermination__decided_on__lte=day - dt.timedelta(days=DAYS_BEFORE_RESUMING),
    )
    after_first = resumed | Q(corrected_after("redetermination"), redetermination__outcome=outcome.REVERSED)
    first_settled = Q(redetermination__outcome=outcome.UPHELD) | Q(corrected_after("redetermination"))
    after_second = first_settled & Q(reconsideration__outcome=outcome.UPHELD) | Q(
        corrected_after("reconsideration"), reconsideration__outcome=outcome.REVERSED
    )
    undisputed = Q(redetermination__isnull=True)
    return began & (undisputed | Q(after_first, reconsideration__isnull=True) | after_second)


def corrected_after(appeal: str) -> Exists:
    """Whether a decision on the claim, or on the one that took its place, was told after an appeal was decided."""
    told = RemittedDecision.objects.filter(
        claim=Coalesce(OuterRef("correction__claim"), OuterRef("claim")),
        remittance__payment_day__gt=OuterRef(f"{appeal}__decided_on"),
        is_reversal=False,
    )
    return Exists(told)


def still_owed() -> Combinable:
    """What the reversed decision of an overpayment paid less what settled that by now, as an annotation."""
    return F("decision__paid_amount") - booked(target=Account.OVERPAYMENT, settles=OuterRef("decision"))


def interest_still_owed() -> Combinable:
    """The interest charged on an overpayment, and given back, less what was collected or lessened, as an annotation."""
    charged = booked(source=Account.INTEREST_DUE, decision=OuterRef("decision"))
    return charged - booked(target=Account.INTEREST_DUE, settles=OuterRef("decision"))


def booked(**lookups: object) -> Coalesce:
    """The dollars that were moved so, as an annotation."""
    moved = LedgerTransfer.objects.filter(**lookups).order_by().values(next(reversed(lookups)))
    return Coalesce(Subquery(moved.annotate(total=Sum("amount")).values("total")), Decimal(0))


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


class InterestCharge(models.Model):
    """Interest charged on an overpayment, or a charge lessened: `amount` dollars, less than zero for the latter.

    `total` is the simple interest for `periods` full periods of 30 days since the demand, at the annual `rate`
    (42 CFR 405.378); `amount` is that less what was charged before. A charge is lessened when a refund turns out to
    have come in time, or a later decision on the claim leaves less to owe.
    """

    overpayment = models.ForeignKey(Overpayment, models.PROTECT, related_name="charges")
    charged_on = models.DateField("business day")
    periods = models.PositiveSmallIntegerField()
    rate = models.DecimalField(max_digits=7, decimal_places=5)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("charged_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(total__gte=0), name="claims_interest_charge_of_something"
            ),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Interest of {self.amount} for {self.periods} periods"


class OverpaymentAppeal(models.Model):
    """An appeal of an overpayment. While it is open nothing is recouped (42 CFR 405.379); `outcome` is empty then.

    A debt that is reversed is taken away, in whole or in part, by the adjustment of the claim that follows, and what
    that leaves is recouped again.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "The overpayment is upheld"
        REVERSED = "reversed", "Decided for the supplier, in whole or in part"

    received_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def decided_on_a_day(name: str) -> models.CheckConstraint:
    condition = Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False))
    return models.CheckConstraint(condition=condition, name=name)


class Redetermination(OverpaymentAppeal):
    """The first appeal, decided by the contractor. A debt that is upheld is recouped from day 61 after the outcome."""

    overpayment = models.OneToOneField(Overpayment, models.PROTECT, related_name="redetermination")

    class Meta:
        ordering = ("-received_on", "-pk")
        constraints = (decided_on_a_day("claims_redetermination_decided_on_a_day"),)

    def __str__(self) -> str:
        return f"Redetermination asked for on {self.received_on}"

    @property
    def resumes_on(self) -> dt.date | None:
        """The first day of recoupment after the debt was upheld, unless a reconsideration is asked for."""
        if self.outcome != self.Outcome.UPHELD or self.decided_on is None:
            return None
        return self.decided_on + dt.timedelta(days=DAYS_BEFORE_RESUMING)

    @property
    def reconsideration_by(self) -> dt.date | None:
        """The last day on which a request for a reconsideration is timely; none while it is open."""
        return self.decided_on and self.decided_on + dt.timedelta(days=DAYS_TO_RECONSIDERATION)


class Reconsideration(OverpaymentAppeal):
    """The second appeal, decided by a qualified independent contractor; what is upheld is recouped from then on."""

    overpayment = models.OneToOneField(Overpayment, models.PROTECT, related_name="reconsideration")

    class Meta:
        ordering = ("-received_on", "-pk")
        constraints = (decided_on_a_day("claims_reconsideration_decided_on_a_day"),)

    def __str__(self) -> str:
        return f"Reconsideration asked for on {self.received_on}"
