"""Medical review: cases, who has them, the checklist, findings, decisions, draws, requests for records, letters."""

from medical_review.models.blind import BlindFinding, BlindLine, BlindReview
from medical_review.models.case import Case
from medical_review.models.checklist import ChecklistPoint, Ground
from medical_review.models.decision import ReviewDecision, ReviewedLine, SecondReview
from medical_review.models.draw import Draw
from medical_review.models.finding import Answer, Finding, LineAnswer, LineVerdict, Rationale, VisitNote
from medical_review.models.letter import Letter, LetterFile, LetterKind
from medical_review.models.mark import MarkWithdrawal, PageMark
from medical_review.models.people import CaseAssignment, ReviewerProfile, Skill, SupplierTie
from medical_review.models.probe import Education, Probe, ProbeRound, RoundOutcome, RoundResult
from medical_review.models.redetermination import (
    AppealedLine,
    AppealPaper,
    GoodCause,
    RedeterminationEnd,
    RedeterminationRequest,
)
from medical_review.models.request import (
    AskableDocument,
    ReceivedRecord,
    RecordsReceipt,
    RecordsRequest,
    RequestedDocument,
)
from medical_review.models.training import TrainingAttempt

__all__ = [
    "Answer",
    "AppealPaper",
    "AppealedLine",
    "AskableDocument",
    "BlindFinding",
    "BlindLine",
    "BlindReview",
    "Case",
    "CaseAssignment",
    "ChecklistPoint",
    "Draw",
    "Education",
    "Finding",
    "GoodCause",
    "Ground",
    "Letter",
    "LetterFile",
    "LetterKind",
    "LineAnswer",
    "LineVerdict",
    "MarkWithdrawal",
    "PageMark",
    "Probe",
    "ProbeRound",
    "Rationale",
    "ReceivedRecord",
    "RecordsReceipt",
    "RecordsRequest",
    "RedeterminationEnd",
    "RedeterminationRequest",
    "RequestedDocument",
    "ReviewDecision",
    "ReviewedLine",
    "ReviewerProfile",
    "RoundOutcome",
    "RoundResult",
    "SecondReview",
    "Skill",
    "SupplierTie",
    "TrainingAttempt",
    "VisitNote",
]
