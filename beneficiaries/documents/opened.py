"""Opens one document from standard input and says as JSON what it is; run as a program, in a process of its own.

Whoever sends a document chooses what is done to the libraries that open it. So this process knows nothing of the
project, has bounds on memory and time, and may die: then the document is refused. Usage: opened.py pdf|tiff|jpeg|png.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
import zlib
from collections.abc import Iterator
from typing import IO, Any

MEGABYTE = 1024 * 1024
#: Bytes of memory and seconds of work of this process.
MOST_MEMORY, MOST_SECONDS = 1536 * MEGABYTE, 30
#: Decompressed bytes of one stream, and of all; pixels of one picture; frames of one file.
LARGEST_STREAM, LARGEST_TOGETHER = 256 * MEGABYTE, 2048 * MEGABYTE
MOST_PIXELS, MOST_FRAMES = 100_000_000, 1000
#: Seconds that are spent on reading text, and on decoding pictures; what is left is not looked at.
SECONDS_FOR_CONTENT = 8.0

#: A Medicare number in running text, as on the card or without its dashes.
_LETTER, _EITHER = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
MBI = re.compile(
    rf"(?<![A-Z0-9])[1-9]{_LETTER}{_EITHER}[0-9][- ]?{_LETTER}{_EITHER}[0-9][- ]?{_LETTER}{{2}}[0-9]{{2}}(?![A-Z0-9])"
)

#: Keys and names of a PDF that do something when it is opened, or bring something else along.
SCRIPTS = {"/JS": "script", "/JavaScript": "script", "/Launch": "launch", "/XFA": "script"}
ATTACHED = {"/EF": "attached", "/EmbeddedFiles": "attached", "/RichMedia": "attached"}
FORBIDDEN = {**SCRIPTS, **ATTACHED}


class Unfit(Exception):
    """The document is not taken; `str()` is the code of the refusal."""


# ---------- PDF ----------


def look_at_pdf(stream: IO[bytes]) -> dict[str, Any]:
    from pypdf import PdfReader

    refuse_cut_pdf(stream)
    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted:
        raise Unfit("encrypted")
    together = 0
    for found in objects_of(reader):
        refuse_forbidden(found)
        together += decompressed_size(found)
        if together > LARGEST_TOGETHER:
            raise Unfit("bomb")
    pages = len(reader.pages)
    if not pages:
        raise Unfit("damaged")
    return {"pages": pages, **text_of(reader)}


def refuse_cut_pdf(stream: IO[bytes]) -> None:
    """A whole PDF ends with the place of its table of contents, and that place is inside the file."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 2048))
    tail = stream.read()
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF[\s\x00]*\Z", tail)
    if not found:
        raise Unfit("appended" if re.search(rb"startxref\s+\d+\s+%%EOF", tail) else "cut")
    place = int(found[1])
    if place >= size:
        raise Unfit("cut")
    stream.seek(place)
    if not re.match(rb"\s*(xref|\d+\s+\d+\s+obj)", stream.read(64)):
        raise Unfit("cut")


def objects_of(reader: Any) -> Iterator[Any]:
    """Every object that the PDF names, also those that no page leads to."""
    from pypdf.generic import IndirectObject

    yield reader.trailer
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        if number:
            yield reader.get_object(IndirectObject(number, generation, reader))


def refuse_forbidden(found: Any, depth: int = 0) -> None:
    """Scripts, programs and attached files, wherever they stand in an object."""
    if depth > 50:
        raise Unfit("damaged")
    if isinstance(found, dict):
        for key, value in found.raw_items() if hasattr(found, "raw_items") else found.items():
            code = FORBIDDEN.get(str(key)) or (FORBIDDEN.get(value) if isinstance(value, str) else None)
            if code:
                raise Unfit(code)
            refuse_forbidden(value, depth + 1)
    elif isinstance(found, list):
        for value in found:
            refuse_forbidden(value, depth + 1)


def decompressed_size(found: Any) -> int:
    """The bytes that a stream unpacks to; refuses what is larger than any page of a plan of care."""
    from pypdf.generic import StreamObject

    if not isinstance(found, StreamObject):
        return 0
    filters = found.get("/Filter", [])
    names = [str(each) for each in (filters if isinstance(filters, list) else [filters])]
    width, height = found.get("/Width", 0), found.get("/Height", 0)
    if isinstance(width, int) and isinstance(height, int) and width * height > MOST_PIXELS:
        raise Unfit("pixels")
    if sum(name in ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL") for name in names) > 1:
        raise Unfit("bomb")
    if names[:1] in (["/FlateDecode"], ["/Fl"]):
        return inflated_size(found._data)
    return len(found._data)


def inflated_size(packed: bytes) -> int:
    """Counts without keeping; what cannot be inflated is counted as far as it can."""
    inflate, size, rest = zlib.decompressobj(), 0, packed
    while rest and not inflate.eof:
        try:
            size += len(inflate.decompress(rest, MEGABYTE))
        except zlib.error:
            break
        rest = inflate.unconsumed_tail
        if size > LARGEST_STREAM:
            raise Unfit("bomb")
    return size


def text_of(reader: Any) -> dict[str, Any]:
    """Whether any text was read, and the Medicare numbers in it by page. A page that cannot be read has none."""
    until, has_text, numbers = time.monotonic() + SECONDS_FOR_CONTENT, False, {}
    for number, page in enumerate(reader.pages, 1):
        if time.monotonic() > until:
            break
        try:
            text = page.extract_text()
        except Exception:  # noqa: BLE001, S112 # a page whose fonts are broken is still a page
            continue
        has_text = has_text or bool(text.strip())
        if found := sorted({re.sub("[- ]", "", each) for each in MBI.findall(text.upper())}):
            numbers[number] = found
    return {"has_text": has_text, "numbers": numbers}


# ---------- pictures ----------

#: How a whole picture ends.
ENDS = {"jpeg": b"\xff\xd9", "png": b"IEND\xaeB`\x82"}


def look_at_picture(stream: IO[bytes], kind: str) -> dict[str, Any]:
    from PIL import Image

    # Bounds of our own, which refuse and do not only warn.
    Image.MAX_IMAGE_PIXELS = None
    refuse_cut_picture(stream, kind)
    picture = Image.open(stream, formats=[kind.upper()])
    if (frames := getattr(picture, "n_frames", 1)) > MOST_FRAMES:
        raise Unfit("bomb")
    until = time.monotonic() + SECONDS_FOR_CONTENT
    for frame in range(frames):
        picture.seek(frame)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit("pixels")
        if time.monotonic() < until:
            picture.load()
    return {"pages": frames, "has_text": False, "numbers": {}}


def refuse_cut_picture(stream: IO[bytes], kind: str) -> None:
    end = ENDS.get(kind)
    if end:
        stream.seek(max(0, stream.seek(0, 2) - MEGABYTE))
        tail = stream.read().rstrip(b"\x00\n\r")
        if not tail.endswith(end):
            raise Unfit("appended" if end in tail else "cut")
    stream.seek(0)


# ---------- the process ----------


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def look(stream: IO[bytes], kind: str) -> dict[str, Any]:
    try:
        return look_at_pdf(stream) if kind == "pdf" else look_at_picture(stream, kind)
    except Unfit as unfit:
        return {"refusal": str(unfit)}
    except MemoryError:
        return {"refusal": "bomb"}
    except Exception as error:  # noqa: BLE001 # whatever a library says of a hostile file, it could not be opened
        return {"refusal": "damaged", "why": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    bound()
    sys.stdout.write(json.dumps(look(sys.stdin.buffer, sys.argv[1])))
