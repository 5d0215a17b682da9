"""Beneficiaries and what is true of them: identity, coverage, stays, drug bills, visits elsewhere, plans of care."""

from beneficiaries.models.arrival import HistoryArrival, HistoryFile, HistoryKind
from beneficiaries.models.beneficiary import ApplicableProvider, Beneficiary, BeneficiaryAddress, BeneficiaryMbi
from beneficiaries.models.coverage import CoverageSpan, DeductibleElsewhere, Stay
from beneficiaries.models.history import DmeDrugClaim, OutsideVisit
from beneficiaries.models.plan_of_care import PlanOfCare, PlanOfCareVersion, PlanReview

__all__ = [
    "ApplicableProvider",
    "Beneficiary",
    "BeneficiaryAddress",
    "BeneficiaryMbi",
    "CoverageSpan",
    "DeductibleElsewhere",
    "DmeDrugClaim",
    "HistoryArrival",
    "HistoryFile",
    "HistoryKind",
    "OutsideVisit",
    "PlanOfCare",
    "PlanOfCareVersion",
    "PlanReview",
    "Stay",
]
