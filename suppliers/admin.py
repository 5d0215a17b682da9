"""Suppliers in the admin, to read."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from suppliers import models


class SpanInline(admin.TabularInline):
    extra = 0
    can_delete = False


class EnrollmentInline(SpanInline):
    model = models.Enrollment


class LicenseInline(SpanInline):
    model = models.License


class AccreditationInline(SpanInline):
    model = models.Accreditation


class RevocationInline(SpanInline):
    model = models.Revocation


class PrepaymentReviewInline(SpanInline):
    model = models.PrepaymentReview


class SubcontractorInline(SpanInline):
    model = models.Subcontractor


@admin.register(models.Supplier)
class SupplierAdmin(ReadOnlyAdmin):
    list_display = ("name", "npi", "tin", "kind", "specialty", "state")
    list_filter = ("kind", "specialty", "state")
    search_fields = ("name", "npi", "tin")
    inlines = (
        EnrollmentInline,
        LicenseInline,
        AccreditationInline,
        RevocationInline,
        PrepaymentReviewInline,
        SubcontractorInline,
    )


@admin.register(models.SupplierPerson)
class SupplierPersonAdmin(ReadOnlyAdmin):
    list_display = ("supplier", "user", "duty")
    list_filter = ("duty",)
    list_select_related = ("supplier", "user")
