"""Medical review: cases, who has them, the checklist, what was found, what was decided, samples that were drawn."""

from medical_review.models.case import Case
from medical_review.models.checklist import ChecklistPoint, Ground
from medical_review.models.decision import ReviewDecision, ReviewedLine, SecondReview
from medical_review.models.draw import Draw
from medical_review.models.finding import Answer, Finding, LineAnswer, LineVerdict, Rationale, VisitNote
from medical_review.models.people import CaseAssignment, ReviewerProfile, Skill, SupplierTie

__all__ = [
    "Answer",
    "Case",
    "CaseAssignment",
    "ChecklistPoint",
    "Draw",
    "Finding",
    "Ground",
    "LineAnswer",
    "LineVerdict",
    "Rationale",
    "ReviewDecision",
    "ReviewedLine",
    "ReviewerProfile",
    "SecondReview",
    "Skill",
    "SupplierTie",
    "VisitNote",
]
