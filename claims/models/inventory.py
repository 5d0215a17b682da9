"""What the home page and the reports read instead of the claims: figures that are counted again and again.

Nothing here is a record of its own. All of it can be emptied and counted anew from claims, decisions and remittances.
"""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from claims.models.claim import Claim
from claims.models.decision import Decision
from suppliers.models import Supplier


class Inventory(models.Model):
    """The one row with what stood at the last count; it is replaced whole, so that no page sees half of a count.

    `counted_for` is the business date at which it was counted, `counted_at` the moment on the machine's clock and
    `seconds` how long it took. `open_claims` and `stuck` list the fields of `claims.inventory.figures.OpenClaims` and
    `claims.inventory.stuck.Stuck`; `stuck_claims` are the ids of stuck claims by the kind of their check, none where
    they are too many; `denials` has those of `claims.inventory.denials.Denials`, by EDIT and REASON.
    """

    counted_for = models.DateField("business date of the count")
    counted_at = models.DateTimeField()
    seconds = models.FloatField()
    open_claims = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    denials = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    stuck = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    stuck_claims = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "inventory"
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="claims_one_inventory"),)

    def __str__(self) -> str:
        return f"Inventory of {self.counted_for}"


class CountedUpTo(models.Model):
    """Up to which id the rows of a table were counted: what came later says which days are to be counted anew."""

    table = models.CharField(max_length=63, primary_key=True)
    last_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "counted up to"

    def __str__(self) -> str:
        return f"{self.table} up to {self.last_id}"


class DailyCount(models.Model):
    """What one business day brought, in claims (test claims left out) and in dollars that went out.

    `received` were accepted and `rejected` refused by the gateway on the day of receipt; `decided` had a decision made
    on the day, final or not; `paid` were told as paid by a remittance of the day, of `paid_amount` in all.
    """

    day = models.DateField(primary_key=True)
    received = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0)
    paid_amount = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day}"


class LineDenial(models.Model):
    """A line that a final decision denied, with the edit that gave the reason ("" when a person did).

    What the trace of the decision says, in columns: a decision never changes, so neither does this, but for whether the
    line is paid now.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+", db_index=False)
    line_number = models.PositiveSmallIntegerField()
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="denials")
    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="+", null=True, blank=True, db_index=False)
    edit = models.CharField(max_length=7, blank=True)
    group = models.CharField(max_length=2, blank=True)
    carc = models.CharField(max_length=4, blank=True)
    charge = models.DecimalField(max_digits=12, decimal_places=2)
    decided_on = models.DateField()
    #: The decision that stands now pays the line.
    is_overturned = models.BooleanField(default=False)

    class Meta:
        ordering = ("decision", "line_number")
        constraints = (models.UniqueConstraint(fields=["decision", "line_number"], name="claims_line_denial_once"),)
        indexes = (
            models.Index(fields=["decided_on", "edit"], name="claims_denials_by_day"),
            models.Index(fields=["edit", "claim"], name="claims_denials_by_edit"),
            models.Index(fields=["group", "carc", "claim"], name="claims_denials_by_reason"),
        )

    def __str__(self) -> str:
        return f"Line {self.line_number}, denied by {self.edit or 'a person'}"


class ClaimCourse(models.Model):
    """How a claim went from receipt on: one row for each claim that was decided at least once, test claims left out.

    `is_first_pass`: its first decision paid or denied it; `final_on`: the day of the first decision that did.
    """

    # A summary need not have the database look each claim up again.
    claim = models.OneToOneField(Claim, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    received_on = models.DateField(db_index=True)
    is_first_pass = models.BooleanField()
    was_suspended = models.BooleanField()
    final_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("claim",)

    def __str__(self) -> str:
        return f"Course of claim {self.claim_id}"


class ClaimDay(models.Model):
    """A business day on which a claim was decided, or told as paid by a remittance; test claims left out.

    `previous_on` is the day before it on which the same happened to the claim: in a span of days a claim is met once,
    on its first day in it. Month, receipt and arrival stand here too, so that of any months the claims that were
    received first (or last) are at hand in their order.
    """

    class What(models.TextChoices):
        DECIDED = "D", "Decided"
        PAID = "P", "Told as paid"

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="days", db_index=False, db_constraint=False)
    what = models.CharField(max_length=1, choices=What)
    day = models.DateField()
    previous_on = models.DateField(null=True, blank=True)
    month = models.DateField("first day of the month")
    received_on = models.DateField()
    arrival = models.BigIntegerField()

    class Meta:
        ordering = ("claim", "what", "day")
        constraints = (models.UniqueConstraint(fields=["claim", "what", "day"], name="claims_day_once"),)
        indexes = (
            models.Index(
                fields=["what", "month", "received_on", "arrival", "claim"],
                include=["day", "previous_on"],
                name="claims_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.day}"


class RecurringCount(models.Model):
    """How many lines or claims something happened to on a day, with the day before on which it happened to the same.

    So any span of days can count each of them once, however often it happened: those of its days whose `previous_on`
    lies before the span, or is empty. `key` is the id of a supplier ("" for nobody on file), or an edit.
    """

    class What(models.TextChoices):
        LINES_DECIDED = "lines", "Lines of final decisions, by supplier"
        EDIT_FIRED = "fired", "Claims on which an edit fired with power to decide, by edit"

    what = models.CharField(max_length=5, choices=What)
    key = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    previous_on = models.DateField(null=True, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("what", "day", "key")
        constraints = (
            models.UniqueConstraint(
                fields=["what", "day", "key", "previous_on"], nulls_distinct=False, name="claims_recurring_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.key} on {self.day}"


class DailyPaid(models.Model):
    """What the remittances of a payment day told as paid for lines, less what they took back, in dollars.

    `category` is the payment category of the visit code (empty: an unknown code), `locality` with its name that of the
    ZIP on the claim ("": none), both on the date of service as the tables were known at the count.
    """

    day = models.DateField(db_index=True)
    category = models.PositiveSmallIntegerField(null=True, blank=True)
    locality = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=120, blank=True)
    lines = models.IntegerField()
    allowed = models.DecimalField(max_digits=16, decimal_places=2)
    paid = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ("day", "category", "locality")
        verbose_name_plural = "daily paid"

    def __str__(self) -> str:
        return f"{self.day}"
