"""A beneficiary: a person with dated MBIs, addresses and the providers who care for them."""

from __future__ import annotations

import datetime as dt

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from beneficiaries.models.kinds import HistoryKind, announces
from policy.arrivals import ArrivalField


@pghistory.track()
class Beneficiary(models.Model):
    """A person. Claims find them by MBI and (birth date or surname)."""

    last_name = models.CharField(max_length=60)
    first_name = models.CharField(max_length=35)
    middle_name = models.CharField(max_length=25, blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=[("F", "Female"), ("M", "Male"), ("U", "Unknown")])
    died = models.DateField("date of death", null=True, blank=True)

    class Meta:
        ordering = ("last_name", "first_name", "pk")
        verbose_name_plural = "beneficiaries"
        indexes = (models.Index(models.functions.Upper("last_name"), name="beneficiaries_surname"),)

    def __str__(self) -> str:
        return f"{self.last_name}, {self.first_name}"


class BeneficiarySpan(models.Model):
    """Something true of a beneficiary from a day through a day; it counts from its arrival on."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="%(class)ss")
    in_force = DateRangeField()
    arrival = ArrivalField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def first_day(self) -> dt.date:
        return self.in_force.lower

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force; None while it is open."""
        return self.in_force.upper - dt.timedelta(days=1) if self.in_force.upper else None


@pghistory.track()
class BeneficiaryMbi(models.Model):
    """The Medicare Beneficiary Identifier a person has over a span of days."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="mbis")
    mbi = models.CharField("MBI", max_length=11)
    in_force = DateRangeField()

    class Meta:
        ordering = ("in_force",)
        verbose_name = "MBI"
        constraints = (
            ExclusionConstraint(
                name="beneficiaries_mbi_of_one_person",
                expressions=[("mbi", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
        )
        triggers = announces(HistoryKind.PEOPLE)

    def __str__(self) -> str:
        return self.mbi


@pghistory.track()
class BeneficiaryAddress(BeneficiarySpan):
    """The address on file."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="addresses")
    address = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    zip = models.CharField("ZIP", max_length=9)

    class Meta:
        ordering = ("in_force",)
        verbose_name_plural = "beneficiary addresses"


@pghistory.track()
class ApplicableProvider(BeneficiarySpan):
    """The physician, nurse practitioner or physician assistant who cares for the patient (§320.4 A)."""

    npi = models.CharField("NPI", max_length=10)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=2, choices=[("MD", "MD"), ("DO", "DO"), ("NP", "NP"), ("PA", "PA")])

    class Meta:
        ordering = ("in_force",)
