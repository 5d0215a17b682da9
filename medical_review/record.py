"""The record of a case: the documents that its supplier sent about its patient."""

from __future__ import annotations

from django.db.models import QuerySet

from beneficiaries.models import Document
from medical_review.models import Case


def documents_of(case: Case) -> QuerySet[Document]:
    """What the supplier of the claim sent about its patient, the latest first."""
    claim = case.claim
    found = Document.objects.filter(beneficiary=claim.beneficiary_id, supplier=claim.supplier_id)
    return found.order_by("-pk")
