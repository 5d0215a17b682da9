"""What a visit pays: amounts, geographic factors, ZIP to locality, deductible, coinsurance, sequestration, interest."""

from __future__ import annotations

import pghistory
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from policy.models.row import PolicyRow, basis_is_known, no_overlap

LOCALITY = RegexValidator(r"^(\d{5}-\d{2})?$", "Five digits of contractor, a hyphen, two of locality: 12302-01.")


@pghistory.track()
class PaymentAmount(PolicyRow):
    """The amount of a visit code in dollars: national, or of one locality, which beats national × factor.

    A locality is written "contractor-locality".
    """

    KEY = ("hcpcs", "locality")

    hcpcs = models.CharField("visit code", max_length=5)
    locality = models.CharField(max_length=8, blank=True, validators=[LOCALITY])
    amount = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(0)])
    method = models.TextField(blank=True)

    class Meta:
        ordering = ("hcpcs", "locality", "in_force")
        verbose_name = "payment amount"
        constraints = (
            no_overlap("policy_amount_no_overlap", "hcpcs", "locality"),
            basis_is_known("policy_amount_basis"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="policy_amount_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.hcpcs} {self.locality}".strip()


@pghistory.track()
class GeographicFactor(PolicyRow):
    """The geographic adjustment factor of a locality."""

    KEY = ("locality",)

    locality = models.CharField(max_length=8, validators=[LOCALITY])
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    factor = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        ordering = ("state", "locality", "in_force")
        verbose_name = "geographic factor"
        constraints = (
            no_overlap("policy_factor_no_overlap", "locality"),
            basis_is_known("policy_factor_basis"),
            models.CheckConstraint(condition=models.Q(factor__gt=0), name="policy_factor_positive"),
        )

    def __str__(self) -> str:
        return f"{self.locality} {self.name}"


class ZipLocality(PolicyRow):
    """The locality of a ZIP. A bulk feed without row history: each load is one publication."""

    KEY = ("zip5",)

    zip5 = models.CharField("ZIP", max_length=5)
    state = models.CharField(max_length=2)
    locality = models.CharField(max_length=8, validators=[LOCALITY])
    share = models.DecimalField("share of addresses", max_digits=5, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ("zip5", "in_force")
        verbose_name = "ZIP to locality"
        verbose_name_plural = "ZIPs to localities"
        constraints = (no_overlap("policy_zip_no_overlap", "zip5"), basis_is_known("policy_zip_basis"))

    def __str__(self) -> str:
        return self.zip5


class RatePolicyRow(PolicyRow):
    """A rate that holds for everyone, as a fraction (0.02 is two percent)."""

    rate = models.DecimalField(max_digits=7, decimal_places=5)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.rate}"


@pghistory.track()
class PartBDeductible(PolicyRow):
    """The Part B deductible of a calendar year in dollars (42 USC 1395l(b))."""

    amount = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ("in_force",)
        verbose_name = "Part B deductible"
        constraints = (no_overlap("policy_deductible_no_overlap"), basis_is_known("policy_deductible_basis"))

    def __str__(self) -> str:
        return f"{self.amount}"


@pghistory.track()
class Coinsurance(RatePolicyRow):
    """The patient's share after the deductible (42 USC 1395l(a)(1)(BB))."""

    class Meta:
        ordering = ("in_force",)
        verbose_name = "coinsurance"
        verbose_name_plural = "coinsurance"
        constraints = (no_overlap("policy_coinsurance_no_overlap"), basis_is_known("policy_coinsurance_basis"))


@pghistory.track()
class Sequestration(RatePolicyRow):
    """The reduction of the Medicare payment, by date of service (CARC 253)."""

    class Meta:
        ordering = ("in_force",)
        verbose_name = "sequestration"
        verbose_name_plural = "sequestration"
        constraints = (no_overlap("policy_sequestration_no_overlap"), basis_is_known("policy_sequestration_basis"))


@pghistory.track()
class InterestRate(RatePolicyRow):
    """An annual interest rate: on clean claims paid late (31 USC 3902(a)), or on overpayments (42 CFR 405.378)."""

    KEY = ("kind",)

    class Kind(models.TextChoices):
        CLEAN_CLAIM = "clean_claim", "Clean claims"
        OVERPAYMENT = "overpayment", "Overpayments"

    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        ordering = ("kind", "in_force")
        verbose_name = "interest rate"
        constraints = (no_overlap("policy_interest_no_overlap", "kind"), basis_is_known("policy_interest_basis"))
