"""Codes and what they mean: drugs, visit codes, places, organizations, reason codes, dispositions, settings."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from policy.models.row import PolicyRow, basis_is_known, no_overlap


class PaymentCategory(models.IntegerChoices):
    """The three payment categories of Pub. 100-02 ch. 15 §320.8."""

    INTRAVENOUS = 1, "Category 1, intravenous"
    SUBCUTANEOUS = 2, "Category 2, subcutaneous"
    COMPLEX = 3, "Category 3, chemotherapy and complex"


@pghistory.track()
class HomeInfusionDrug(PolicyRow):
    """A J-code (with JB or without) that qualifies a visit; without a category a reviewer decides (J7799, J7999)."""

    KEY = ("hcpcs", "modifier")

    hcpcs = models.CharField("J-code", max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    payment_category = models.SmallIntegerField(choices=PaymentCategory, null=True, blank=True)
    route = models.CharField(max_length=20, blank=True)
    descriptor = models.CharField(max_length=300)
    on_sad_exception = models.BooleanField("kept although on a self-administered drug list", default=False)

    class Meta:
        ordering = ("payment_category", "hcpcs", "modifier", "in_force")
        verbose_name = "home infusion drug"
        constraints = (no_overlap("policy_drug_no_overlap", "hcpcs", "modifier"), basis_is_known("policy_drug_basis"))

    def __str__(self) -> str:
        return f"{self.hcpcs} {self.modifier}".strip()


@pghistory.track()
class VisitCode(PolicyRow):
    """A G-code for a visit: payment category, and whether it is the initial or a subsequent visit (§320.8.1)."""

    KEY = ("hcpcs",)

    class VisitType(models.TextChoices):
        INITIAL = "initial", "Initial"
        SUBSEQUENT = "subsequent", "Subsequent"

    hcpcs = models.CharField("visit code", max_length=5)
    payment_category = models.SmallIntegerField(choices=PaymentCategory)
    visit_type = models.CharField(max_length=10, choices=VisitType)
    short_descriptor = models.CharField(max_length=60)
    descriptor = models.CharField(max_length=600)
    descriptor_basis = models.CharField(max_length=10)

    class Meta:
        ordering = ("hcpcs", "in_force")
        verbose_name = "visit code"
        constraints = (no_overlap("policy_visit_code_no_overlap", "hcpcs"), basis_is_known("policy_visit_code_basis"))

    def __str__(self) -> str:
        return self.hcpcs


@pghistory.track()
class PlaceOfService(PolicyRow):
    """A place of service code; `is_home` tells whether a visit there is payable (§320.4)."""

    KEY = ("code",)

    code = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    is_home = models.BooleanField("payable as a home")

    class Meta:
        ordering = ("code", "in_force")
        verbose_name = "place of service"
        verbose_name_plural = "places of service"
        constraints = (no_overlap("policy_place_no_overlap", "code"), basis_is_known("policy_place_basis"))

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class AccreditingOrganization(PolicyRow):
    """An organization designated to accredit home infusion therapy suppliers; `in_force` is its approval."""

    KEY = ("code",)

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("code", "in_force")
        verbose_name = "accrediting organization"
        constraints = (
            no_overlap("policy_organization_no_overlap", "code"),
            basis_is_known("policy_organization_basis"),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class ReasonCode(PolicyRow):
    """A group code, CARC or RARC with our own paraphrase of its meaning."""

    KEY = ("kind", "code")

    class Kind(models.TextChoices):
        GROUP = "GROUP", "Group code"
        CARC = "CARC", "Adjustment reason"
        RARC = "RARC", "Remark"

    kind = models.CharField(max_length=5, choices=Kind)
    code = models.CharField(max_length=5)
    meaning = models.CharField(max_length=200)

    class Meta:
        ordering = ("kind", "code", "in_force")
        verbose_name = "reason code"
        constraints = (no_overlap("policy_reason_no_overlap", "kind", "code"), basis_is_known("policy_reason_basis"))

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


@pghistory.track()
class EditDisposition(PolicyRow):
    """What an edit does when it fires and the reason codes of its denial; `in_force` counts by the day of receipt."""

    KEY = ("edit",)

    class Disposition(models.TextChoices):
        DENY = "deny", "Deny"
        SUSPEND = "suspend", "Suspend"
        HOLD = "hold", "Hold"
        INFORM = "inform", "Inform"
        IGNORE = "ignore", "Ignore"

    edit = models.CharField(max_length=7)
    title = models.CharField(max_length=200)
    disposition = models.CharField(max_length=7, choices=Disposition)
    group = models.CharField("group code", max_length=2, blank=True)
    carc = models.CharField("CARC", max_length=4, blank=True)
    rarcs = ArrayField(models.CharField(max_length=5), verbose_name="RARCs", default=list, blank=True)
    remedy = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("edit", "in_force")
        verbose_name = "edit disposition"
        constraints = (
            no_overlap("policy_disposition_no_overlap", "edit"),
            basis_is_known("policy_disposition_basis"),
        )

    def __str__(self) -> str:
        return f"{self.edit}: {self.get_disposition_display()}"


@pghistory.track()
class PolicySetting(PolicyRow):
    """A dated setting of the contractor, by the day of receipt."""

    KEY = ("name",)

    name = models.CharField(max_length=60)
    value = models.CharField(max_length=60)

    class Meta:
        ordering = ("name", "in_force")
        verbose_name = "setting"
        constraints = (no_overlap("policy_setting_no_overlap", "name"), basis_is_known("policy_setting_basis"))

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
