"""Pages drawn as pictures: what they look like, what is kept of them, what is said of one that cannot be drawn."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django import Settings

from beneficiaries.documents import pages
from beneficiaries.documents.drawn import MOST_HEIGHT, WIDTH, draw
from beneficiaries.documents.pages import folder_of, forget_pages, page_of, remove_old_pages
from beneficiaries.models import Document
from tests.beneficiaries.documents.making import encrypted, pdf, picture


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(content: bytes, kind: Document.Kind = Document.Kind.PDF, number_of_pages: int = 1) -> Document:
    """A document whose bytes are in the storage, not in the database."""
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(sha256=sha256, kind=kind, name="plan.pdf", pages=number_of_pages, size=len(content))
    default_storage.save(document.path, ContentFile(content))
    return document


def image_of(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def fax(pages_of_it: int, size: tuple[int, int], dpi: tuple[int, int]) -> bytes:
    content = io.BytesIO()
    first, *rest = [Image.new("1", size, number % 2) for number in range(pages_of_it)]
    first.save(content, "TIFF", save_all=True, append_images=rest, dpi=dpi)
    return content.getvalue()


def test_a_page_of_a_pdf_is_a_picture_with_its_text() -> None:
    page = page_of(kept(pdf("Milrinone weekly", pages=2), number_of_pages=2), 2)
    assert (page.width, page.height, page.why) == (WIDTH, 1650, "")
    assert image_of(page.picture).size == (WIDTH, 1650)
    assert page.text == "Milrinone weekly"
    assert len(page.picture) < 100_000


def test_it_is_drawn_once_and_kept_until_the_document_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    document = kept(pdf())
    first = page_of(document, 1)
    monkeypatch.setattr(pages.subprocess, "run", None)
    assert page_of(document, 1).picture == first.picture
    forget_pages(document.sha256)
    assert default_storage.listdir(folder_of(document.sha256)) == ([], [])


def test_old_pages_are_deleted_and_new_ones_stay() -> None:
    page_of(kept(pdf()), 1)
    assert remove_old_pages() == 0
    assert remove_old_pages(older_than=-1) == 1


def test_a_page_of_a_fax_has_its_true_shape_and_each_page_its_own() -> None:
    content = fax(2, (408, 196), (204, 98))
    first = page_of(kept(content, Document.Kind.TIFF, 2), 1)
    second = page_of(kept(content, Document.Kind.TIFF, 2), 2)
    assert (first.width, first.height) == (408, 408)
    assert image_of(first.picture).getpixel((5, 5)) != image_of(second.picture).getpixel((5, 5))


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_large_pictures_become_small(kind: str) -> None:
    page = page_of(kept(picture(kind.upper(), (2000, 8000)), Document.Kind(kind)), 1)
    assert (page.width, page.height) == (round(2000 * MOST_HEIGHT / 8000), MOST_HEIGHT)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (encrypted(), "Page 1 of plan.pdf is protected by a password and cannot be shown."),
        (pdf()[:200], "Page 1 of plan.pdf cannot be drawn: it is damaged."),
    ],
)
def test_what_cannot_be_drawn_says_why_in_words(content: bytes, words: str) -> None:
    page = page_of(kept(content), 1)
    assert page.why.startswith(words)
    assert page.picture == b""


def test_bytes_that_are_missing_are_said_to_be_and_not_kept_as_that() -> None:
    document = kept(pdf())
    default_storage.delete(document.path)
    assert "are not in the storage" in page_of(document, 1).why
    assert not default_storage.exists(folder_of(document.sha256))


def test_a_process_that_dies_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    document = kept(pdf())
    dying = tmp_path / "dying.py"
    dying.write_text("import os; os.kill(os.getpid(), 9)")
    with monkeypatch.context() as patch:
        patch.setattr(pages, "PROGRAM", dying)
        assert "takes too long to draw" in page_of(document, 1).why
    assert page_of(document, 1).picture


def test_a_page_of_too_many_points_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beneficiaries.documents.drawn.MOST_PIXELS", 100)
    assert draw(io.BytesIO(picture(size=(11, 10))), "png", 1).startswith(b'{"why": "too_hard"')
