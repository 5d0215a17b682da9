"""What others billed for the patient: drugs under the DME benefit, visits paid by other contractors."""

from __future__ import annotations

from django.db import models

from accounts.append_only import append_only_triggers
from beneficiaries.models.beneficiary import Beneficiary
from policy.arrivals import ArrivalField


class DmeDrugClaim(models.Model):
    """A drug line of the DME benefit. Append-only: a later record of the same drug, modifier and day replaces."""

    class Status(models.TextChoices):
        PAID = "paid", "Paid"
        PENDING = "pending", "Pending"
        DENIED = "denied", "Denied"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="dme_drug_claims")
    hcpcs = models.CharField("J-code", max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    date_of_service = models.DateField()
    status = models.CharField(max_length=8, choices=Status)
    supplier_name = models.CharField("DME supplier", max_length=120, blank=True)
    narrative = models.CharField(max_length=200, blank=True)
    claim_number = models.CharField("DME claim", max_length=30, blank=True)
    arrival = ArrivalField()
    loaded_on = models.DateField()

    class Meta:
        ordering = ("date_of_service", "arrival")
        verbose_name = "DME drug claim"
        indexes = (models.Index(fields=["beneficiary", "date_of_service"], name="beneficiaries_drug_day"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.hcpcs} {self.date_of_service}"


class OutsideVisit(models.Model):
    """A visit decided by another contractor. Append-only: a later record of supplier, code and day replaces."""

    class Status(models.TextChoices):
        PAID = "paid", "Paid"
        PENDING = "pending", "Undecided"
        DENIED = "denied", "Denied"

    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, related_name="outside_visits")
    hcpcs = models.CharField("visit code", max_length=5)
    date_of_service = models.DateField()
    status = models.CharField(max_length=8, choices=Status)
    supplier_npi = models.CharField("supplier's NPI", max_length=10)
    supplier_tin = models.CharField("supplier's tax id", max_length=9, blank=True)
    supplier_name = models.CharField(max_length=120, blank=True)
    contractor = models.CharField(max_length=5, blank=True)
    claim_number = models.CharField(max_length=30, blank=True)
    arrival = ArrivalField()
    loaded_on = models.DateField()

    class Meta:
        ordering = ("date_of_service", "arrival")
        indexes = (models.Index(fields=["beneficiary", "date_of_service"], name="beneficiaries_outside_day"),)
        triggers = append_only_triggers()
