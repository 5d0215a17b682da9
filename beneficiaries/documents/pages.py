"""Pages of documents as pictures: drawn once in a process of their own, kept by the hash of the document.

What is kept can be drawn anew at any time, so it goes with the document's bytes, and when nobody drew it for a month.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from beneficiaries.models import Document

logger = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("drawn.py")
SECONDS_TO_DRAW = 20
#: Seconds that a page is kept.
KEPT = 30 * 24 * 3600
FOLDER = "pages"

#: Why a page is not shown, and what to do; "page 3 of plan.pdf" stands before it.
SENTENCES = {
    "encrypted": "is protected by a password and cannot be shown. Ask the supplier for the document without it.",
    "broken": "cannot be drawn: it is damaged. Save the original and open it; if that fails, ask for it again.",
    "too_hard": "takes too long to draw, or too much memory. Save the original and open it on your computer.",
    "missing": "cannot be shown: the bytes of the document are not in the storage. Tell the administrator.",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its picture (WebP) of so many pixels, and its text; or `why` there is no picture, in words."""

    document: Document
    number: int
    width: int = 0
    height: int = 0
    text: str = ""
    why: str = ""
    picture: bytes = b""


def page_of(document: Document, number: int) -> Page:
    """A page of a document, numbered from 1; drawn when it is not kept yet."""
    path = f"{folder_of(document.sha256)}/{number}"
    if default_storage.exists(path):
        with default_storage.open(path) as kept:
            return _read(document, number, kept.read())
    content, why = _drawn(document, number)
    if content and not why:
        default_storage.save(path, ContentFile(content))
    return _read(document, number, content or orjson.dumps({"why": why}) + b"\n")


def folder_of(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def _drawn(document: Document, number: int) -> tuple[bytes, str]:
    """What the program wrote; or the code of why it could not, which another time it may."""
    command = [sys.executable, "-I", str(PROGRAM), document.kind, str(number)]
    try:
        with default_storage.open(document.path) as content:
            done = subprocess.run(command, stdin=content, capture_output=True, timeout=SECONDS_TO_DRAW, check=False)
    except FileNotFoundError:
        logger.exception("The bytes of document %s are missing", document.pk)
        return b"", "missing"
    except subprocess.TimeoutExpired:
        return b"", "too_hard"
    return (b"", "too_hard") if done.returncode else (done.stdout, "")


def _read(document: Document, number: int, content: bytes) -> Page:
    line, _, rest = content.partition(b"\n")
    said = orjson.loads(line)
    if "why" in said:
        return Page(document, number, why=f"Page {number} of {document.name} {SENTENCES[said['why']]}")
    picture, text = rest[: said["bytes"]], rest[said["bytes"] :].decode()
    return Page(document, number, said["width"], said["height"], text.strip(), picture=picture)


def forget_pages(sha256: str) -> None:
    """Delete what was drawn of these bytes."""
    folder = folder_of(sha256)
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")


def remove_old_pages(older_than: float = KEPT) -> int:
    """Delete pages that were drawn so many seconds ago; how many."""
    drawn = (Path(settings.MEDIA_ROOT) / FOLDER).glob("*/*/*")
    old = [page for page in drawn if time.time() - page.stat().st_mtime > older_than]
    for page in old:
        page.unlink(missing_ok=True)
    return len(old)
