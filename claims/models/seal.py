"""Seals: what rows that never change looked like, in a chain in which each seal holds the one before."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.append_only import append_only_triggers


class Seal(models.Model):
    """The rows of one table with `first_id` ≤ id ≤ `last_id`, as they were on `sealed_at`.

    Every row that was ever to be in the range was there or never comes: an id without a row is sealed as such.
    `columns` are the columns that the digests are over. `digest` is the SHA-256 over the ids and digests of the rows in
    the order of their ids; `leaves` keeps 16 bytes a row (the id, and the beginning of its digest), so that a row that
    differs can be named. `chain` is the SHA-256 over all of this and `previous`, the chain of the seal before.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    table = models.CharField(max_length=63)
    columns = ArrayField(models.CharField(max_length=63))
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    row_count = models.PositiveIntegerField()
    digest = models.CharField("SHA-256 of the rows", max_length=64)
    leaves = models.BinaryField()
    previous = models.CharField("chain of the seal before", max_length=64, blank=True)
    chain = models.CharField("SHA-256 of the seal and all before it", max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["table", "first_id"], name="claims_range_sealed_once"),
            models.CheckConstraint(condition=models.Q(last_id__gte=models.F("first_id")), name="claims_seal_has_ids"),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Seal {self.number}"
