"""The Django admin of this room: everything to read, nothing to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from accounts.admin import ReadOnlyAdmin
from claims.models import (
    Acknowledgement,
    Adjustment,
    AnnouncedAttachment,
    Attachment,
    AttachmentDocument,
    Claim,
    ClaimDraft,
    ClaimHold,
    ClaimHoldEnd,
    ClaimLine,
    ClaimNote,
    CorrectionRequest,
    Decision,
    Demand,
    Determination,
    DeterminationApproval,
    DeterminationRevocation,
    ImpactChunk,
    ImpactLine,
    ImpactRun,
    Interchange,
    InterestCharge,
    LedgerTransfer,
    LineDecision,
    LookedThrough,
    MassAdjustment,
    MassAdjustmentClaim,
    MassAdjustmentLine,
    NoteDraft,
    NoticeChoice,
    NoticeRead,
    Overpayment,
    PatientLook,
    ReceivedFile,
    Reconsideration,
    Redetermination,
    Refund,
    Remittance,
    RemittedDecision,
    ReviewReferral,
    ReviewReferralEnd,
    SavedFilter,
    Seal,
    SupplierNotice,
    ToldUpTo,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WorklistTaste,
)
from claims.models.inventory import (
    ClaimCourse,
    ClaimDay,
    CountedUpTo,
    DailyCount,
    DailyPaid,
    Inventory,
    LineDenial,
    RecurringCount,
)
from claims.models.payment import ClockStop


class LargeTableAdmin(ReadOnlyAdmin):
    """A table that may hold millions of rows: it is never counted whole; `long_fields` are read for one row only."""

    show_full_result_count = False
    long_fields: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).defer(*self.long_fields)


@admin.register(Claim)
class ClaimAdmin(LargeTableAdmin):
    long_fields = ("billed", "gateway_findings")
    list_display = ("icn", "status", "received_on", "billing_name", "total_charge", "paid_amount")
    list_filter = ("status", "is_test", "channel")
    search_fields = ("=icn", "=mbi")
    raw_id_fields = ("supplier", "beneficiary", "file", "interchange", "current_decision", "assigned_to")


@admin.register(ClaimLine)
class ClaimLineAdmin(LargeTableAdmin):
    list_display = ("claim", "number", "date_of_service", "hcpcs", "charge")
    list_select_related = ("claim",)
    search_fields = ("=claim__icn",)


@admin.register(Decision)
class DecisionAdmin(LargeTableAdmin):
    long_fields = ("facts", "trace")
    list_display = ("claim", "number", "status", "decided_on", "reason", "paid_amount")
    list_filter = ("status",)
    list_select_related = ("claim",)
    search_fields = ("=claim__icn",)


@admin.register(LineDecision)
class LineDecisionAdmin(LargeTableAdmin):
    long_fields = ("decision__facts", "decision__trace")
    list_display = ("decision", "number", "outcome", "group", "carc", "paid")
    list_filter = ("outcome",)
    list_select_related = ("decision",)


@admin.register(AnnouncedAttachment)
class AnnouncedAttachmentAdmin(LargeTableAdmin):
    list_display = ("claim", "line", "control_number", "report_type", "way")
    list_select_related = ("claim",)
    search_fields = ("=control_number", "=claim__icn")
    raw_id_fields = ("claim",)


@admin.register(Attachment)
class AttachmentAdmin(LargeTableAdmin):
    list_display = ("number", "control_number", "supplier", "source", "came_on", "claim")
    list_filter = ("source",)
    list_select_related = ("supplier", "claim")
    search_fields = ("=control_number", "=claim__icn")
    raw_id_fields = ("claim",)


@admin.register(AttachmentDocument)
class AttachmentDocumentAdmin(LargeTableAdmin):
    list_display = ("attachment", "document", "loinc", "report_type")
    list_select_related = ("attachment", "document")
    raw_id_fields = ("attachment", "document")


@admin.register(Adjustment)
class AdjustmentAdmin(LargeTableAdmin):
    long_fields = ("from_decision__facts", "from_decision__trace", "to_decision__facts", "to_decision__trace")
    list_display = ("claim", "kind", "state", "asked_by_label", "asked_on", "money_at_stake")
    list_filter = ("kind", "state")
    list_select_related = ("claim",)
    search_fields = ("=claim__icn",)


@admin.register(MassAdjustment)
class MassAdjustmentAdmin(ReadOnlyAdmin):
    list_display = ("title", "state", "claims_chosen", "claims_changed", "made_by", "made_on")
    list_filter = ("state",)
    list_select_related = ("made_by",)


@admin.register(MassAdjustmentClaim)
class MassAdjustmentClaimAdmin(LargeTableAdmin):
    long_fields = tuple(f"{of}__{text}" for of in ("decision", "restored", "made") for text in ("facts", "trace"))
    list_display = ("mass", "claim", "state", "before", "after")
    list_filter = ("state",)
    list_select_related = ("mass", "claim")
    search_fields = ("=claim__icn",)


@admin.register(MassAdjustmentLine)
class MassAdjustmentLineAdmin(LargeTableAdmin):
    list_display = ("mass", "position", "number", "hcpcs", "difference")
    list_select_related = ("mass",)


@admin.register(ImpactRun)
class ImpactRunAdmin(ReadOnlyAdmin):
    list_display = ("change_set", "state", "claims", "claims_changed", "before", "after", "asked_by", "asked_at")
    list_filter = ("state",)
    list_select_related = ("change_set", "asked_by")


@admin.register(ImpactChunk)
class ImpactChunkAdmin(LargeTableAdmin):
    long_fields = ("claims",)
    list_display = ("run", "number", "count", "is_done")
    list_select_related = ("run",)


@admin.register(ImpactLine)
class ImpactLineAdmin(LargeTableAdmin):
    list_display = ("run", "claim", "number", "hcpcs", "difference")
    list_select_related = ("run", "claim")
    search_fields = ("=claim__icn",)


@admin.register(Seal)
class SealAdmin(LargeTableAdmin):
    long_fields = ("leaves",)
    list_display = ("number", "table", "first_id", "last_id", "row_count", "sealed_at")
    list_filter = ("table",)


@admin.register(Determination)
class DeterminationAdmin(ReadOnlyAdmin):
    list_display = ("claim", "kind", "edit", "line_number", "made_by", "made_on")
    list_filter = ("kind",)
    list_select_related = ("claim", "made_by")


@admin.register(DeterminationApproval)
class DeterminationApprovalAdmin(ReadOnlyAdmin):
    list_display = ("determination", "is_granted", "made_by", "made_on")
    list_select_related = ("determination", "made_by")


@admin.register(DeterminationRevocation)
class DeterminationRevocationAdmin(ReadOnlyAdmin):
    list_display = ("determination", "made_by", "made_on")
    list_select_related = ("determination", "made_by")


@admin.register(ClaimHold)
class ClaimHoldAdmin(ReadOnlyAdmin):
    list_display = ("claim", "until", "made_by", "made_on")
    list_select_related = ("claim", "made_by")


@admin.register(ClaimHoldEnd)
class ClaimHoldEndAdmin(ReadOnlyAdmin):
    list_display = ("hold", "made_by", "made_on")
    list_select_related = ("hold", "made_by")


@admin.register(ClaimNote)
class ClaimNoteAdmin(ReadOnlyAdmin):
    list_display = ("claim", "made_by", "made_on")
    list_select_related = ("claim", "made_by")


@admin.register(NoteDraft)
class NoteDraftAdmin(ReadOnlyAdmin):
    list_display = ("claim", "person", "saved_at")
    list_select_related = ("claim", "person")


@admin.register(ReviewReferral)
class ReviewReferralAdmin(ReadOnlyAdmin):
    list_display = ("claim", "made_by", "made_on")
    list_select_related = ("claim", "made_by")


@admin.register(ReviewReferralEnd)
class ReviewReferralEndAdmin(ReadOnlyAdmin):
    list_display = ("referral", "made_by", "made_on")
    list_select_related = ("referral", "made_by")


@admin.register(ReceivedFile)
class ReceivedFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "state", "received_at", "submitted_by", "accepted", "rejected")
    list_filter = ("state",)
    list_select_related = ("submitted_by",)
    search_fields = ("name", "=sha256")


@admin.register(Interchange)
class InterchangeAdmin(ReadOnlyAdmin):
    list_display = ("file", "position", "sender", "control_number", "is_test", "is_accepted", "note_code")
    list_select_related = ("file",)
    search_fields = ("=sender", "=control_number")


@admin.register(Acknowledgement)
class AcknowledgementAdmin(LargeTableAdmin):
    long_fields = ("content",)
    list_display = ("file", "kind", "control_number", "created_at")
    list_filter = ("kind",)
    list_select_related = ("file",)


@admin.register(Remittance)
class RemittanceAdmin(LargeTableAdmin):
    long_fields = ("content",)
    list_display = ("trace_number", "supplier", "payment_day", "claim_count", "paid_amount", "interest_amount")
    list_select_related = ("supplier",)
    search_fields = ("=trace_number", "supplier__name")


@admin.register(RemittedDecision)
class RemittedDecisionAdmin(LargeTableAdmin):
    long_fields = ("decision__facts", "decision__trace", "remittance__content")
    list_display = ("remittance", "claim", "decision", "is_reversal", "interest_amount")
    list_select_related = ("remittance", "claim", "decision")


@admin.register(LedgerTransfer)
class LedgerTransferAdmin(LargeTableAdmin):
    list_display = ("on", "supplier", "claim", "source", "target", "amount")
    list_filter = ("source", "target")
    list_select_related = ("supplier", "claim")
    search_fields = ("=claim__icn",)


@admin.register(Overpayment)
class OverpaymentAdmin(LargeTableAdmin):
    long_fields = ("decision__facts", "decision__trace", "correction__facts", "correction__trace")
    list_display = ("found_on", "supplier", "claim", "amount", "reason")
    list_select_related = ("supplier", "claim")
    search_fields = ("=claim__icn",)


@admin.register(Demand)
class DemandAdmin(ReadOnlyAdmin):
    list_display = ("sent_on", "overpayment")
    list_select_related = ("overpayment__claim",)


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ("received_on", "overpayment", "amount", "reference")
    list_select_related = ("overpayment__claim",)


@admin.register(Redetermination)
class RedeterminationAdmin(ReadOnlyAdmin):
    list_display = ("received_on", "overpayment", "outcome", "decided_on")
    list_select_related = ("overpayment__claim",)


@admin.register(Reconsideration)
class ReconsiderationAdmin(ReadOnlyAdmin):
    list_display = ("received_on", "overpayment", "outcome", "decided_on")
    list_select_related = ("overpayment__claim",)


@admin.register(InterestCharge)
class InterestChargeAdmin(ReadOnlyAdmin):
    list_display = ("charged_on", "overpayment", "periods", "rate", "total", "amount")
    list_select_related = ("overpayment__claim",)


@admin.register(LookedThrough)
class LookedThroughAdmin(ReadOnlyAdmin):
    list_display = ("look", "day")


@admin.register(ClockStop)
class ClockStopAdmin(ReadOnlyAdmin):
    list_display = ("claim", "stopped_on", "resumed_on", "reason")
    list_select_related = ("claim",)


@admin.register(Inventory)
class InventoryAdmin(ReadOnlyAdmin):
    list_display = ("counted_for", "counted_at", "seconds")


@admin.register(DailyCount)
class DailyCountAdmin(ReadOnlyAdmin):
    list_display = ("day", "received", "rejected", "decided", "paid", "paid_amount")


@admin.register(DailyPaid)
class DailyPaidAdmin(ReadOnlyAdmin):
    list_display = ("day", "category", "locality", "lines", "allowed", "paid")


@admin.register(RecurringCount)
class RecurringCountAdmin(ReadOnlyAdmin):
    list_display = ("day", "what", "key", "previous_on", "number")
    list_filter = ("what",)


@admin.register(ClaimCourse)
class ClaimCourseAdmin(LargeTableAdmin):
    list_display = ("claim", "received_on", "is_first_pass", "was_suspended", "final_on")
    list_select_related = ("claim",)
    search_fields = ("=claim__icn",)


@admin.register(ClaimDay)
class ClaimDayAdmin(LargeTableAdmin):
    list_display = ("claim", "what", "day", "previous_on")
    list_select_related = ("claim",)
    search_fields = ("=claim__icn",)


@admin.register(LineDenial)
class LineDenialAdmin(LargeTableAdmin):
    long_fields = ("decision__facts", "decision__trace")
    list_display = ("claim", "line_number", "edit", "group", "carc", "charge", "decided_on")
    list_filter = ("edit",)
    list_select_related = ("claim",)
    search_fields = ("=claim__icn",)


@admin.register(CountedUpTo)
class CountedUpToAdmin(ReadOnlyAdmin):
    list_display = ("table", "last_id")


@admin.register(ClaimDraft)
class ClaimDraftAdmin(ReadOnlyAdmin):
    """That drafts exist; what their suppliers wrote is theirs until they send it."""

    list_display = ("pk", "supplier", "saved_by", "saved_at", "claim")
    list_select_related = ("supplier", "saved_by", "claim")
    exclude = ("values",)
    raw_id_fields = ("claim",)


@admin.register(PatientLook)
class PatientLookAdmin(ReadOnlyAdmin):
    list_display = ("supplier", "day", "person", "is_match")
    list_select_related = ("supplier", "person")
    list_filter = ("is_match",)


@admin.register(SavedFilter)
class SavedFilterAdmin(ReadOnlyAdmin):
    """That filters are saved; what they search for may name a patient and is their owner's."""

    list_display = ("name", "owner", "is_shared", "query")
    list_select_related = ("owner",)
    exclude = ("search",)


@admin.register(WorklistTaste)
class WorklistTasteAdmin(ReadOnlyAdmin):
    list_display = ("person", "columns", "opens_with")
    list_select_related = ("person", "opens_with")


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(LargeTableAdmin):
    long_fields = ("values",)
    list_display = ("claim", "state", "asked_by", "asked_on")
    list_filter = ("state",)
    list_select_related = ("claim", "asked_by")
    search_fields = ("=claim__icn",)
    raw_id_fields = ("claim",)


@admin.register(SupplierNotice)
class SupplierNoticeAdmin(LargeTableAdmin):
    list_display = ("pk", "kind", "supplier", "person", "claim", "on")
    list_filter = ("kind",)
    list_select_related = ("supplier", "person", "claim")
    search_fields = ("=claim__icn",)
    raw_id_fields = ("supplier", "person", "claim", "file")


@admin.register(NoticeRead)
class NoticeReadAdmin(LargeTableAdmin):
    list_display = ("notice", "user")
    list_select_related = ("notice", "user")
    raw_id_fields = ("notice", "user")


@admin.register(NoticeChoice)
class NoticeChoiceAdmin(ReadOnlyAdmin):
    list_display = ("user", "mail", "mailed_on")
    list_select_related = ("user",)


@admin.register(ToldUpTo)
class ToldUpToAdmin(ReadOnlyAdmin):
    list_display = ("table", "last_id")


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ReadOnlyAdmin):
    """That webhooks exist and where they go; their secrets are their owners'."""

    list_display = ("url", "supplier", "made_by", "made_at", "stopped_at")
    list_select_related = ("supplier", "made_by")
    exclude = ("secret",)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(LargeTableAdmin):
    list_display = ("pk", "endpoint", "notice", "state", "tries", "next_try")
    list_filter = ("state",)
    list_select_related = ("endpoint", "notice")
    raw_id_fields = ("endpoint", "notice")


@admin.register(WebhookAttempt)
class WebhookAttemptAdmin(LargeTableAdmin):
    list_display = ("delivery", "at", "status", "error", "milliseconds")
    list_select_related = ("delivery",)
    raw_id_fields = ("delivery",)
