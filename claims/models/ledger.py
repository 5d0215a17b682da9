"""The ledger: transfers of dollars between accounts, with what the database itself refuses."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.append_only import append_only_triggers
from claims.models.claim import Claim
from claims.models.decision import Decision
from claims.models.payment import Remittance
from suppliers.models import Supplier

#: No more leaves a decision than was booked on it, and a claim is paid by one decision at a time. The decision's row is
#: locked so that no two processes move its money at once.
WITHIN_WHAT_WAS_BOOKED = """
PERFORM FROM claims_decision WHERE id = NEW.decision_id FOR NO KEY UPDATE;
SELECT coalesce(sum(amount) FILTER (WHERE target = 'payable'), 0)
         - coalesce(sum(amount) FILTER (WHERE source = 'payable'), 0),
       coalesce(sum(amount) FILTER (WHERE source = 'payable' AND target <> 'benefit'), 0)
         - coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0)
  INTO still_payable, paid
  FROM claims_ledgertransfer WHERE decision_id = NEW.decision_id;
IF still_payable < 0 OR paid < 0 THEN
    RAISE EXCEPTION 'claims_transfer_within_what_was_booked: % from % to % is more than decision % has there',
        NEW.amount, NEW.source, NEW.target, NEW.decision_id USING ERRCODE = 'check_violation';
END IF;
IF NEW.source = 'payable' AND NEW.target <> 'benefit' AND EXISTS (
    SELECT FROM claims_ledgertransfer t WHERE t.claim_id = NEW.claim_id AND t.decision_id <> NEW.decision_id
     GROUP BY t.decision_id
    HAVING coalesce(sum(amount) FILTER (WHERE source = 'payable' AND target <> 'benefit'), 0)
         > coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0)
) THEN
    RAISE EXCEPTION 'claims_claim_paid_once: claim % is paid by another decision that was not reversed', NEW.claim_id
        USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""

#: No more is paid back on a reversal than it left to owe.
WITHIN_WHAT_IS_OWED = """
PERFORM FROM claims_decision WHERE id = NEW.settles_id FOR NO KEY UPDATE;
SELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer
                  WHERE decision_id = NEW.settles_id AND source = 'overpayment'), 0)
     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer
                  WHERE settles_id = NEW.settles_id AND target = 'overpayment'), 0)
  INTO owed;
IF owed < 0 THEN
    RAISE EXCEPTION 'claims_debt_settled_once: % is more than is owed on decision %', NEW.amount, NEW.settles_id
        USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""

#: No more interest is collected on a reversal than was charged, and no more given back than was collected too much.
#: When a charge is lessened afterwards what was collected may be more than is left of it, until it is given back.
WITHIN_THE_INTEREST = """
PERFORM FROM claims_decision WHERE id = coalesce(NEW.settles_id, NEW.decision_id) FOR NO KEY UPDATE;
SELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer
                  WHERE decision_id = coalesce(NEW.settles_id, NEW.decision_id) AND source = 'interest_due'), 0)
     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer
                  WHERE settles_id = coalesce(NEW.settles_id, NEW.decision_id) AND target = 'interest_due'), 0)
  INTO owed;
IF (NEW.target = 'interest_due' AND owed < 0) OR (NEW.target = 'bank' AND owed > 0) THEN
    RAISE EXCEPTION 'claims_interest_within_what_was_charged: % from % to % is more than the interest on decision %',
        NEW.amount, NEW.source, NEW.target, coalesce(NEW.settles_id, NEW.decision_id)
        USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


class LedgerTransfer(models.Model):
    """Dollars moved from one account to another, so that all accounts together are zero at every moment.

    benefit → payable when a claim becomes payable, payable → benefit when it no longer is; payable → bank when it is
    paid, and interest → bank for the interest on a late one. overpayment → benefit when what was paid is reversed: the
    supplier owes it from then on. payable → overpayment when money that would be paid is kept for such a debt, bank →
    overpayment when the supplier sends it back; `settles` is the reversed decision whose debt that lessens. What
    reaches the bank, or is kept, is told on a remittance.

    interest_due → income when interest on such a debt is charged, income → interest_due when a charge is lessened; both
    belong to a `charge`. It is collected as the debt is (payable or bank → interest_due); interest_due → bank gives
    back what was collected and is not owed any more.

    Triggers refuse that more leaves a decision than was booked on it, that a second decision on a claim pays while a
    first was not reversed, that more is paid back than is owed, and that more interest is collected than was charged.
    """

    class Account(models.TextChoices):
        BENEFIT = "benefit", "Benefit expense"
        INTEREST = "interest", "Interest expense"
        PAYABLE = "payable", "Payable to the supplier"
        BANK = "bank", "Paid out"
        OVERPAYMENT = "overpayment", "Owed by the supplier"
        INTEREST_DUE = "interest_due", "Interest owed by the supplier"
        INCOME = "income", "Interest earned"

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="ledger")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="ledger")
    # The unique constraint begins with it.
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="ledger", db_index=False)
    settles = models.ForeignKey(
        Decision, models.PROTECT, related_name="settled_by", null=True, blank=True, db_index=False
    )
    remittance = models.ForeignKey(
        Remittance, models.PROTECT, related_name="ledger", null=True, blank=True, db_index=False
    )
    refund = models.ForeignKey(
        "claims.Refund", models.PROTECT, related_name="ledger", null=True, blank=True, db_index=False
    )
    charge = models.ForeignKey(
        "claims.InterestCharge", models.PROTECT, related_name="ledger", null=True, blank=True, db_index=False
    )
    source = models.CharField("from", max_length=12, choices=Account)
    target = models.CharField("to", max_length=12, choices=Account)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    on = models.DateField("business day")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="claims_transfer_is_positive"),
            models.CheckConstraint(
                condition=Q(source="benefit", target="payable")
                | Q(source="payable", target__in=("benefit", "bank", "overpayment", "interest_due"))
                | Q(source="interest", target="bank")
                | Q(source="overpayment", target="benefit")
                | Q(source="bank", target__in=("overpayment", "interest_due"))
                | Q(source="interest_due", target__in=("income", "bank"))
                | Q(source="income", target="interest_due"),
                name="claims_transfer_between_known_accounts",
            ),
            models.CheckConstraint(
                condition=Q(remittance__isnull=True)
                ^ (Q(target="bank") | Q(source="payable", target__in=("overpayment", "interest_due"))),
                name="claims_transfer_to_the_bank_is_remitted",
            ),
            models.CheckConstraint(
                condition=Q(settles__isnull=True) ^ Q(target__in=("overpayment", "interest_due")),
                name="claims_transfer_settles_a_debt",
            ),
            models.CheckConstraint(
                condition=Q(charge__isnull=True) ^ (Q(source="income") | Q(target="income")),
                name="claims_transfer_to_income_is_a_charge",
            ),
            models.CheckConstraint(
                condition=Q(refund__isnull=True) ^ Q(source="bank"), name="claims_transfer_from_the_bank_is_a_refund"
            ),
            models.UniqueConstraint(
                fields=["decision", "source", "target", "settles", "refund"],
                condition=Q(charge__isnull=True),
                nulls_distinct=False,
                name="claims_transfer_once",
            ),
            models.UniqueConstraint(
                fields=["charge"], condition=Q(charge__isnull=False), name="claims_transfer_charged_once"
            ),
        )
        indexes = (
            models.Index(fields=["remittance"], condition=Q(remittance__isnull=False), name="claims_transfer_remitted"),
            models.Index(fields=["settles"], condition=Q(settles__isnull=False), name="claims_transfer_settling"),
            models.Index(fields=["refund"], condition=Q(refund__isnull=False), name="claims_transfer_refunded"),
        )
        triggers = (
            *append_only_triggers(),
            pgtrigger.Trigger(
                name="within_what_was_booked",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__source__in=("payable", "overpayment")),
                declare=[("still_payable", "numeric"), ("paid", "numeric")],
                func=WITHIN_WHAT_WAS_BOOKED,
            ),
            pgtrigger.Trigger(
                name="within_what_is_owed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__target="overpayment"),
                declare=[("owed", "numeric")],
                func=WITHIN_WHAT_IS_OWED,
            ),
            pgtrigger.Trigger(
                name="within_the_interest",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__source__in=("payable", "bank"), new__target="interest_due")
                | pgtrigger.Q(new__source="interest_due", new__target="bank"),
                declare=[("owed", "numeric")],
                func=WITHIN_THE_INTEREST,
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} from {self.source} to {self.target}"
