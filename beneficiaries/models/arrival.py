"""What came from outside: the files that were loaded, and the outbox that tells the claims room of new history."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from beneficiaries.models.beneficiary import Beneficiary
from beneficiaries.models.kinds import HistoryKind, MovedKind
from policy.arrivals import ArrivalField


class HistoryFile(models.Model):
    """A history file under its SHA-256, with how far it is read: a load that broke off goes on from there.

    Loaded again it adds nothing; its refused lines, and no others, are tried anew.
    """

    sha256 = models.CharField("SHA-256", max_length=64)
    kind = models.CharField(max_length=20, choices=HistoryKind)
    name = models.CharField(max_length=200)
    lines_read = models.PositiveIntegerField(default=0)
    rows_loaded = models.PositiveIntegerField("rows that added or changed something", default=0)
    refused_lines = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    loaded_on = models.DateField("business day")
    loaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=["sha256", "kind"], name="beneficiaries_file_once"),)

    def __str__(self) -> str:
        return self.name


class HistoryArrival(models.Model):
    """An outbox row: history of a kind has come for a patient. The claims room takes it and looks at the claims anew.

    Loaded files and acts leave rows, and so do triggers wherever an MBI or a plan of care is written or changed.
    `arrival` is later than that of every row it tells of. `beneficiaries.actions.take_arrived_history` hands rows out
    and deletes them in the caller's transaction, so that what is taken and not worked is there again.
    """

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="history_arrivals")
    kind = models.CharField(max_length=20, choices=[*HistoryKind.choices, *MovedKind.choices])
    arrival = ArrivalField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("arrival",)
        indexes = (models.Index(fields=["arrival"], name="beneficiaries_outbox"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, arrival {self.arrival}"
