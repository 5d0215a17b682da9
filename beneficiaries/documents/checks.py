"""Whether a file can be taken as a document: whole, to be read by everybody, and nothing else besides."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import orjson

from beneficiaries.documents.names import clean_name
from beneficiaries.documents.receiving import FIELD, MEGABYTE
from beneficiaries.models import Document
from policy.refusals import Refused

#: How each kind begins.
BEGINNINGS = (
    (b"%PDF-", Document.Kind.PDF),
    (b"\xff\xd8\xff", Document.Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Document.Kind.PNG),
    (b"II*\x00", Document.Kind.TIFF),
    (b"MM\x00*", Document.Kind.TIFF),
)

#: How others begin that are sent by mistake.
WRONG = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a script"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a bitmap picture"),
    (b"RIFF", "a WebP picture or a recording"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"ISA", "an X12 file"),
    (b"<", "a web page"),
)
HEIC = b"ftyp"

#: What must not stand within the first kilobyte of a document of another kind, nor within the last of a picture.
FOREIGN_HEADS = (b"%PDF-", b"<html", b"<script", b"<?php", b"<!doctype")
#: A ZIP archive is read from its end, so it may hide behind anything: its last record lies within these bytes.
ZIP_END, ZIP_TAIL = b"PK\x05\x06", 65_557

#: Why a document is not taken, and what to do; the name of the file stands before it.
SENTENCES = {
    "empty": "is empty. Save or scan it again, look at it, then send it.",
    "wrong_type": "is not a PDF, TIFF, JPEG or PNG: it is {what}. Print it to PDF and send that.",
    "two_things": "is more than one thing: something else is hidden in it. Print it to PDF and send that.",
    "appended": "goes on after its end: something was added to it. Print it to PDF and send that.",
    "cut": "is not whole: its end is missing. Send it again from the original; if it fails again, scan it anew.",
    "damaged": "cannot be opened: it is damaged. Open it yourself; if you can, print it to PDF and send that.",
    "encrypted": "is protected by a password or encrypted. Save it without protection and send that.",
    "script": "carries a script. Print it to PDF and send that: the print has no scripts.",
    "launch": "would start a program. Print it to PDF and send that.",
    "attached": "carries other files inside it. Save those as documents of their own and print this one to PDF.",
    "bomb": "unpacks to far more than a document holds. Print it to PDF at 300 dpi and send that.",
    "pixels": "is a picture of more than 100 million points. Scan it at 300 dpi and send that.",
    "too_hard": "takes too long to open. Print it to PDF at 300 dpi and send that.",
}

SECONDS_TO_OPEN = 60
PROGRAM = Path(__file__).with_name("opened.py")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a document is. `numbers` are the Medicare numbers in its text by page; None when it has no text to read."""

    kind: Document.Kind
    pages: int
    numbers: dict[int, tuple[str, ...]] | None


def open_document(path: Path, name: str) -> Opened:
    """What the file at `path` is; raises `Refused` with the name of the file and what to do."""
    with path.open("rb") as content:
        head = content.read(1024)
        size = content.seek(0, 2)
        content.seek(max(0, size - ZIP_TAIL))
        tail = content.read()
    if not size:
        raise refusal("empty", name)
    kind = _kind_of(head, name)
    _refuse_two_things(kind, head, tail, name)
    return _opened(path, kind, name)


def refusal(code: str, name: str, what: str = "") -> Refused:
    return Refused(f"{clean_name(name)} {SENTENCES[code].format(what=what)}", code, FIELD)


def _kind_of(head: bytes, name: str) -> Document.Kind:
    for beginning, kind in BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if b"%PDF-" in head:
        raise refusal("two_things", name)
    if head[4:8] == HEIC:
        raise refusal("wrong_type", name, "a HEIC picture or a recording")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    what = next((words for beginning, words in WRONG if text.startswith(beginning)), "something else")
    raise refusal("wrong_type", name, what)


def _refuse_two_things(kind: Document.Kind, head: bytes, tail: bytes, name: str) -> None:
    """Files that are one thing to one program and another to the next."""
    last = b"" if kind == Document.Kind.PDF else tail[-MEGABYTE // 256 :]
    sides = (head[8:] + b"\n" + last).lower()
    if ZIP_END in tail or any(foreign.lower() in sides for foreign in FOREIGN_HEADS):
        raise refusal("two_things", name)


def _opened(path: Path, kind: Document.Kind, name: str) -> Opened:
    """Open it in a process that may die of it."""
    command = [sys.executable, "-I", str(PROGRAM), kind]
    try:
        with path.open("rb") as content:
            done = subprocess.run(command, stdin=content, capture_output=True, timeout=SECONDS_TO_OPEN, check=False)
    except subprocess.TimeoutExpired as error:
        raise refusal("too_hard", name) from error
    if done.returncode:
        raise refusal("too_hard", name)
    said = orjson.loads(done.stdout)
    if "refusal" in said:
        raise refusal(said["refusal"], name)
    numbers = {int(page): tuple(found) for page, found in said["numbers"].items()}
    return Opened(kind, said["pages"], numbers if said["has_text"] else None)
