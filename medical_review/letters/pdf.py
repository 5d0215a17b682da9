"""The PDF/UA-1 of a letter (ISO 14289-1): tagged, with title and language, made of the kept text and kept for good."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from beneficiaries.documents.actions import bytes_locked
from claims.payment.pdf import Paper, paper_of
from medical_review.models import Letter, LetterFile
from medical_review.models.letter import letter_path

STYLE = Path(__file__).with_name("letter.css")


def make_pdf(letter: Letter) -> Paper:
    """The PDF of a kept letter; the same letter gives the same content."""
    return paper_of("medical_review/letters/pdf.html", {"letter": letter}, STYLE)


@transaction.atomic
def keep_pdf(letter: Letter) -> LetterFile:
    """Make the PDF and keep it: the bytes first, then the row."""
    made = make_pdf(letter)
    sha256 = hashlib.sha256(made.content).hexdigest()
    with bytes_locked(sha256):
        if not default_storage.exists(letter_path(sha256)):
            default_storage.save(letter_path(sha256), ContentFile(made.content))
        return LetterFile.objects.create(letter=letter, sha256=sha256, size=len(made.content), pages=made.pages)


@transaction.atomic
def make_next_file() -> LetterFile | None:
    """Make the file of the oldest letter that has none and that nobody else works on; None when there is none."""
    waiting = Letter.objects.select_for_update(of=("self",), skip_locked=True).filter(file=None)
    letter = waiting.order_by("pk").first()
    return keep_pdf(letter) if letter else None


def file_of(letter: Letter) -> LetterFile:
    """The file of a letter; made now where the background has not come to it yet."""
    with transaction.atomic():
        locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        return LetterFile.objects.filter(letter=locked).first() or keep_pdf(locked)
