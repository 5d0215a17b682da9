"""The record of a case: the documents that its supplier sent about its patient, and those that came for its claim."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from beneficiaries.models import Document
from claims.models import AttachmentDocument
from medical_review.models import Case


def documents_of(case: Case) -> QuerySet[Document]:
    """What the supplier of the claim sent about its patient, the latest first.

    Papers that came for the claim under a control number lie in it whoever's number stands on them.
    """
    claim = case.claim
    of_patient = Q(beneficiary=claim.beneficiary_id, supplier=claim.supplier_id)
    of_claim = Q(pk__in=AttachmentDocument.objects.filter(attachment__claim=claim).values("document"))
    return Document.objects.filter(of_patient | of_claim).order_by("-pk")
