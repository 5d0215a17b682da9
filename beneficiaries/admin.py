"""Beneficiaries in the admin, to read."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from beneficiaries import models


class FactInline(admin.TabularInline):
    extra = 0
    can_delete = False


class MbiInline(FactInline):
    model = models.BeneficiaryMbi


class AddressInline(FactInline):
    model = models.BeneficiaryAddress


class CoverageInline(FactInline):
    model = models.CoverageSpan


class StayInline(FactInline):
    model = models.Stay


class ProviderInline(FactInline):
    model = models.ApplicableProvider


class DeductibleInline(FactInline):
    model = models.DeductibleElsewhere


@admin.register(models.Beneficiary)
class BeneficiaryAdmin(ReadOnlyAdmin):
    list_display = ("last_name", "first_name", "birth_date", "sex", "died")
    search_fields = ("last_name", "mbis__mbi")
    inlines = (MbiInline, AddressInline, CoverageInline, StayInline, ProviderInline, DeductibleInline)


class VersionInline(admin.StackedInline):
    model = models.PlanOfCareVersion
    extra = 0
    can_delete = False


class ReviewInline(FactInline):
    model = models.PlanReview


@admin.register(models.PlanOfCare)
class PlanOfCareAdmin(ReadOnlyAdmin):
    list_display = ("beneficiary", "supplier", "established", "starts", "ends")
    list_select_related = ("beneficiary", "supplier")
    search_fields = ("beneficiary__last_name", "supplier__name")
    inlines = (VersionInline, ReviewInline)


@admin.register(models.Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "size", "pages", "scan", "supplier", "sent_by", "sent_at")
    list_filter = ("scan", "kind")
    list_select_related = ("supplier", "sent_by")
    search_fields = ("sha256", "supplier__name")


@admin.register(models.DmeDrugClaim)
class DmeDrugClaimAdmin(ReadOnlyAdmin):
    list_display = ("beneficiary", "hcpcs", "modifier", "date_of_service", "status", "arrival", "loaded_on")
    list_filter = ("status",)
    list_select_related = ("beneficiary",)
    search_fields = ("hcpcs", "beneficiary__last_name")


@admin.register(models.OutsideVisit)
class OutsideVisitAdmin(ReadOnlyAdmin):
    list_display = ("beneficiary", "hcpcs", "date_of_service", "status", "supplier_name", "contractor")
    list_filter = ("status",)
    list_select_related = ("beneficiary",)


@admin.register(models.HistoryFile)
class HistoryFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "loaded_on", "lines_read", "rows_loaded", "is_clean")
    list_filter = ("kind",)

    @admin.display(boolean=True, description="no row refused")
    def is_clean(self, file: models.HistoryFile) -> bool:
        return not file.refused_lines
