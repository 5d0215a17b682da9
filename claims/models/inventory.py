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
    `claims.inventory.stuck.Stuck`; `denials` has those of `claims.inventory.denials.Denials`, by EDIT and REASON.
    """

    counted_for = models.DateField("business date of the count")
    counted_at = models.DateTimeField()
    seconds = models.FloatField()
    open_claims = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    denials = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    stuck = models.JSONField(default=list, encoder=DjangoJSONEncoder)

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

    What the trace of the decision says, in columns: a decision never changes, so neither does this.
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

    class Meta:
        ordering = ("decision", "line_number")
        constraints = (models.UniqueConstraint(fields=["decision", "line_number"], name="claims_line_denial_once"),)
        indexes = (models.Index(fields=["decided_on", "edit"], name="claims_denials_by_day"),)

    def __str__(self) -> str:
        return f"Line {self.line_number}, denied by {self.edit or 'a person'}"
