"""JSON with documents in it, read with flat memory: long texts go from base64 to the disk as they pass."""

from __future__ import annotations

import binascii
import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from rest_framework import exceptions
from rest_framework.parsers import BaseParser

from beneficiaries.documents.receiving import MEGABYTE, MOST_BYTES, MOST_FILES, MOST_TOGETHER, SentFile
from claims.api.errors import TooLarge

CHUNK = 64 * 1024
#: A text longer than this is no word of the request but a document.
LONGEST_TEXT = 8 * 1024
#: Bytes of a request without its documents.
MOST_ELSE = MEGABYTE
#: Bytes of a request that is too large which are still read, to no end but politeness.
MOST_READ_PAST = 4 * MOST_TOGETHER
LIMITS = (
    f"Up to {MOST_BYTES // MEGABYTE} MB a document, {MOST_TOGETHER // MEGABYTE} MB and {MOST_FILES} documents at once, "
    "before they are written in base64."
)

QUOTE_OR_ESCAPE = re.compile(rb'["\\]')
BLANKS = b" \t\r\n"
#: What may follow a backslash in base64 that was written as JSON, and what it stands for.
ESCAPED = {b"/": b"/", b"n": b"", b"r": b"", b"t": b""}
ESCAPES = re.compile(rb"\\(.)", re.DOTALL)


class Base64File:
    """A document that arrives in base64, piece by piece; `trouble` says why it is none."""

    def __init__(self) -> None:
        self.file = SentFile("document", None)
        self.hash = hashlib.sha256()
        self.size, self.left, self.has_ended, self.trouble = 0, b"", False, ""

    def feed(self, piece: bytes) -> int:
        """Decode a piece; how many bytes it gave."""
        text = self.left + piece.translate(None, BLANKS)
        whole = len(text) // 4 * 4
        self.left = text[whole:]
        if self.trouble or not whole:
            return 0
        try:
            content = binascii.a2b_base64(text[:whole], strict_mode=True)
        except binascii.Error:
            self.fail("is not base64")
            return 0
        if self.has_ended:
            self.fail("is not base64")
        self.has_ended = text[whole - 1 : whole] == b"="
        self.size += len(content)
        if not self.trouble:
            self.file.write(content)
            self.hash.update(content)
        return len(content)

    def fail(self, why: str) -> None:
        self.trouble = self.trouble or why

    def finish(self) -> Base64File:
        if self.left or not self.size:
            self.fail("is not base64" if self.left else "is empty")
        self.file.flush()
        self.file.size, self.file.sha256 = self.size, self.hash.hexdigest()
        return self


@dataclass(slots=True)
class Spooled:
    """A request: its JSON, where each long text is a word of `files`."""

    body: Any = None
    files: Mapping[str, Base64File] = field(default_factory=dict)
    text: bytes = b""

    @property
    def digest(self) -> bytes:
        """What tells the request from others, for idempotency keys."""
        text = self.text
        for name, found in self.files.items():
            text = text.replace(name.encode(), found.file.sha256.encode())
        return text

    def file_of(self, data: str) -> Base64File:
        """The document that a text of the JSON is, or stands for."""
        if data in self.files:
            return self.files[data]
        short = Base64File()
        short.feed(data.encode())
        return short.finish()


class Spooler:
    """One request on its way in; `files` are documents that go when they are closed."""

    def __init__(self) -> None:
        self.token = secrets.token_hex(16)
        self.json, self.text = bytearray(), bytearray()
        self.long: Base64File | None = None
        self.is_text = self.is_escaped = False
        self.files: dict[str, Base64File] = {}
        self.together = 0

    def feed(self, chunk: bytes) -> None:
        at = 0
        while at < len(chunk):
            at = self.in_text(chunk, at) if self.is_text else self.outside(chunk, at)
            if len(self.json) + len(self.text) > MOST_ELSE:
                raise TooLarge(f"Without its documents a request has at most {MOST_ELSE // MEGABYTE} MB.")

    def outside(self, chunk: bytes, at: int) -> int:
        """Pass on what is between texts, up to the quote that opens the next."""
        end = chunk.find(b'"', at)
        self.is_text = end >= 0
        end = end + 1 if self.is_text else len(chunk)
        self.json += chunk[at:end]
        return end

    def in_text(self, chunk: bytes, at: int) -> int:
        """Pass on a part of a text, up to what ends it or an escaped sign of it."""
        if self.is_escaped:
            self.take_escaped(chunk[at : at + 1])
            return at + 1
        found = QUOTE_OR_ESCAPE.search(chunk, at)
        end = found.start() if found else len(chunk)
        self.take(chunk[at:end])
        if found is None:
            return end
        if found.group() == b"\\":
            self.is_escaped = True
        else:
            self.end_text()
        return end + 1

    def take(self, piece: bytes) -> None:
        if self.long:
            self.decode(piece)
            return
        self.text += piece
        if len(self.text) > LONGEST_TEXT:
            self.begin_long()

    def take_escaped(self, sign: bytes) -> None:
        self.is_escaped = False
        if self.long is None:
            self.take(b"\\" + sign)
        elif sign in ESCAPED:
            self.decode(ESCAPED[sign])
        else:
            self.long.fail("is not base64")

    def begin_long(self) -> None:
        if len(self.files) >= MOST_FILES:
            raise TooLarge(f"A request has at most {MOST_FILES} documents. {LIMITS}")
        self.long = self.files[f"{self.token}:{len(self.files)}"] = Base64File()
        text, self.text = bytes(self.text), bytearray()
        self.decode(ESCAPES.sub(lambda found: ESCAPED.get(found[1], b"\\"), text))

    def decode(self, piece: bytes) -> None:
        assert self.long
        self.together += self.long.feed(piece)
        if self.long.size > MOST_BYTES or self.together > MOST_TOGETHER:
            raise TooLarge(f"The documents are too large. {LIMITS}")

    def end_text(self) -> None:
        if self.long:
            self.text = bytearray(f"{self.token}:{len(self.files) - 1}".encode())
            self.long.finish()
        self.json += self.text + b'"'
        self.text, self.long, self.is_text = bytearray(), None, False

    def read(self, stream: Any) -> Spooled:
        """Read a stream to its end. Raises what the API answers with."""
        for chunk in iter(lambda: stream.read(CHUNK), b""):
            self.feed(chunk)
        text = bytes(self.json)
        try:
            return Spooled(orjson.loads(text), self.files, text)
        except orjson.JSONDecodeError as error:
            raise exceptions.ParseError("The request is no JSON.") from error


def close_files(files: Iterable[Base64File]) -> None:
    for each in files:
        each.file.close()


class SpoolingParser(BaseParser):
    """Reads a request as `Spooled`; what it could not read to the end leaves nothing behind."""

    media_type = "application/fhir+json"

    def parse(self, stream: Any, media_type: str | None = None, context: Any = None) -> Spooled:  # type: ignore[override] # what `request.data` is then
        spooler = Spooler()
        try:
            return spooler.read(stream)
        except BaseException as error:
            close_files(spooler.files.values())
            if isinstance(error, TooLarge):
                read_past(stream)
            raise


def read_past(stream: Any) -> None:
    """Read what is left of a request that is too large, so that who sends it hears the answer; up to a limit."""
    for _ in range(MOST_READ_PAST // CHUNK):
        if not stream.read(CHUNK):
            return


class PlainSpoolingParser(SpoolingParser):
    media_type = "application/json"
