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
    list_display = ("supplier", "user", "former", "duty", "ended_at")
    list_filter = ("duty",)
    list_select_related = ("supplier", "user", "former")


@admin.register(models.Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Invitations, without what is kept of their links."""

    list_display = ("made_at", "supplier", "email", "duty", "made_by", "expires_at", "accepted_at", "withdrawn_at")
    exclude = ("digest",)
    list_select_related = ("supplier", "made_by")


@admin.register(models.ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Keys of programs, without what is kept of them."""

    list_display = ("name", "start", "supplier", "scopes", "made_by", "expires_at", "last_used_at", "revoked_at")
    exclude = ("digest",)
    list_select_related = ("supplier", "made_by")
