"""Links to the bytes of a document: signed, for one person, for some minutes."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from accounts.models import User
from beneficiaries.models import Document

SALT = "beneficiaries.documents"
#: Seconds for which a link opens a document.
LIFE = 300


def signed_address(document: Document, person: User) -> str:
    token = signing.dumps([document.pk, person.pk], salt=SALT)
    return reverse("beneficiaries:document_content", args=[document.pk, token])


def opens(token: str, document_id: int, person: User) -> bool:
    """Whether a token of an address opens this document for this person now."""
    try:
        return bool(signing.loads(token, salt=SALT, max_age=LIFE) == [document_id, person.pk])
    except signing.BadSignature:
        return False
