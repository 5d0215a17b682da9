"""The PDF/UA-1 of a letter (ISO 14289-1): tagged, with title and language, made of the kept text and kept for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from beneficiaries.documents.actions import bytes_locked
from claims.payment.pdf import FONTS, FontsAlone
from medical_review.models import Letter, LetterFile
from medical_review.models.letter import letter_path

STYLE = Path(__file__).with_name("letter.css")


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of a PDF and its number of pages."""

    content: bytes
    pages: int


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """The style sheet with the fonts of the pages, read once in a process: no font of the machine is needed."""
    fonts = FontConfiguration()
    text = STYLE.read_text(encoding="utf-8").replace("{fonts}", FONTS.as_uri())
    return CSS(string=text, font_config=fonts, url_fetcher=FontsAlone()), fonts


def make_pdf(letter: Letter) -> Made:
    """The PDF of a kept letter; the same letter gives the same content."""
    page = render_to_string("medical_review/letters/pdf.html", {"letter": letter, "contractor": settings.CONTRACTOR})
    style, fonts = _style()
    document = HTML(string=page, url_fetcher=FontsAlone()).render(stylesheets=[style], font_config=fonts)
    content = document.write_pdf(pdf_variant="pdf/ua-1")
    assert content is not None
    return Made(content, len(document.pages))


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
