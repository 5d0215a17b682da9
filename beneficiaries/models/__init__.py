"""Beneficiaries and what is true of them: identity, coverage, stays, drug bills, visits elsewhere, plans of care."""

from beneficiaries.models.arrival import HistoryArrival, HistoryFile
from beneficiaries.models.beneficiary import ApplicableProvider, Beneficiary, BeneficiaryAddress, BeneficiaryMbi
from beneficiaries.models.coverage import CoverageSpan, DeductibleElsewhere, Stay
from beneficiaries.models.document import Document
from beneficiaries.models.history import DmeDrugClaim, OutsideVisit
from beneficiaries.models.kinds import HistoryKind, MovedKind
from beneficiaries.models.plan_draft import PlanDraft
from beneficiaries.models.plan_of_care import PlanOfCare, PlanOfCareVersion, PlanReview

__all__ = [
    "ApplicableProvider",
    "Beneficiary",
    "BeneficiaryAddress",
    "BeneficiaryMbi",
    "CoverageSpan",
    "DeductibleElsewhere",
    "DmeDrugClaim",
    "Document",
    "HistoryArrival",
    "HistoryFile",
    "HistoryKind",
    "MovedKind",
    "OutsideVisit",
    "PlanDraft",
    "PlanOfCare",
    "PlanOfCareVersion",
    "PlanReview",
    "Stay",
]
