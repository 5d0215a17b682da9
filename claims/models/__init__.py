"""Claims from the file they came in to the remittance they went out with."""

from claims.models.adjustment import Adjustment
from claims.models.attachment import AnnouncedAttachment, Attachment, AttachmentDocument
from claims.models.claim import Claim, ClaimLine
from claims.models.correction import CorrectionRequest
from claims.models.decision import Decision, LineDecision
from claims.models.determination import (
    ClaimHold,
    ClaimHoldEnd,
    Determination,
    DeterminationApproval,
    DeterminationRevocation,
    ReviewReferral,
    ReviewReferralEnd,
)
from claims.models.draft import ClaimDraft, PatientLook
from claims.models.file import Acknowledgement, Interchange, ReceivedFile
from claims.models.impact import ImpactChunk, ImpactLine, ImpactRun, ImpactState
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
from claims.models.ledger import LedgerTransfer
from claims.models.mass import MassAdjustment, MassAdjustmentClaim, MassAdjustmentLine, MassState
from claims.models.note import ClaimNote, NoteDraft
from claims.models.notice import NoticeChoice, NoticeKind, NoticeRead, SupplierNotice, ToldUpTo
from claims.models.overpayment import (
    Demand,
    InterestCharge,
    Overpayment,
    OverpaymentAppeal,
    OverpaymentState,
    Reconsideration,
    Redetermination,
    Refund,
)
from claims.models.payment import ClockStop, Remittance, RemittedDecision
from claims.models.seal import Seal
from claims.models.status import ClaimStatus, LineOutcome
from claims.models.watch import LookedThrough
from claims.models.webhook import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from claims.models.worklist import SavedFilter, WorklistTaste

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "AnnouncedAttachment",
    "Attachment",
    "AttachmentDocument",
    "Claim",
    "ClaimCourse",
    "ClaimDay",
    "ClaimDraft",
    "ClaimHold",
    "ClaimHoldEnd",
    "ClaimLine",
    "ClaimNote",
    "ClaimStatus",
    "ClockStop",
    "CorrectionRequest",
    "CountedUpTo",
    "DailyCount",
    "DailyPaid",
    "Decision",
    "Demand",
    "Determination",
    "DeterminationApproval",
    "DeterminationRevocation",
    "ImpactChunk",
    "ImpactLine",
    "ImpactRun",
    "ImpactState",
    "Interchange",
    "InterestCharge",
    "Inventory",
    "LedgerTransfer",
    "LineDecision",
    "LineDenial",
    "LineOutcome",
    "LookedThrough",
    "MassAdjustment",
    "MassAdjustmentClaim",
    "MassAdjustmentLine",
    "MassState",
    "NoteDraft",
    "NoticeChoice",
    "NoticeKind",
    "NoticeRead",
    "Overpayment",
    "OverpaymentAppeal",
    "OverpaymentState",
    "PatientLook",
    "ReceivedFile",
    "Reconsideration",
    "RecurringCount",
    "Redetermination",
    "Refund",
    "Remittance",
    "RemittedDecision",
    "ReviewReferral",
    "ReviewReferralEnd",
    "SavedFilter",
    "Seal",
    "SupplierNotice",
    "ToldUpTo",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WorklistTaste",
]
