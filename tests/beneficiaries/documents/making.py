"""Documents made for tests: whole ones, and two hundred that must not be taken, from a seed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, PdfObject, TextStringObject

FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}


def pdf(text: str = "Plan of care", pages: int = 1, change: Callable[[PdfWriter], None] | None = None) -> bytes:
    """A PDF whose pages say `text`; `change` may add what does not belong there."""
    writer = PdfWriter()
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in FONT.items()})
    for _ in range(pages):
        page = writer.add_blank_page(612, 792)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if change:
        change(writer)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), color: int = 200) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, (color, 120, 90)).save(content, kind)
    return content.getvalue()


# ---------- what must not be taken ----------


def encrypted() -> bytes:
    return pdf(change=lambda writer: writer.encrypt("secret", algorithm="RC4-128"))


def with_script(script: str) -> bytes:
    return pdf(
        change=lambda writer: opening(writer, {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(script)})
    )


def with_attachment(name: str) -> bytes:
    return pdf(change=lambda writer: writer.add_attachment(name, b"Other things"))


def with_launch() -> bytes:
    return pdf(change=lambda writer: opening(writer, {"/S": NameObject("/Launch")}))


def opening(writer: PdfWriter, act: dict[str, PdfObject]) -> None:
    """Have something done when the PDF is opened."""
    done = DictionaryObject({NameObject(key): value for key, value in act.items()})
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(done)


def pdf_bomb(megabytes: int) -> bytes:
    """A small PDF with a stream that unpacks to so many megabytes of nothing."""
    return pdf(change=lambda writer: add_packed(writer, megabytes))


def add_packed(writer: PdfWriter, megabytes: int) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    stream = DecodedStreamObject()
    stream.set_data(packed)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer._add_object(stream)


def pdf_of_huge_picture(side: int) -> bytes:
    def add(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"\x00")
        for key, value in {"/Width": side, "/Height": side, "/BitsPerComponent": 1}.items():
            stream[NameObject(key)] = NumberObject(value)
        writer._add_object(stream)

    return pdf(change=add)


def huge_png(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is so large."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data)) for name, data in chunks
    )


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, bytes(100_000))
    return content.getvalue()


@dataclass(frozen=True)
class Bad:
    """A file that must be refused, and the code of the refusal; more than one where libraries may differ."""

    name: str
    content: bytes
    codes: tuple[str, ...]


ODD_NAMES = (
    "../../etc/passwd{}.pdf",
    "C:\\temp\\plan{}.pdf",
    "plan\u202efdp{}.exe",
    "a\x00b\x07{}.pdf",
    "naïve – plan {}.pdf",
    "%22; rm -rf {}.pdf",
    "<script>{}.pdf",
    "x" * 240 + "{}.pdf",
    "CON{}",
    ".hidden{}",
)


def odd_name(random: Random, number: int) -> str:
    return random.choice(ODD_NAMES).format(number)


def two_hundred_bad(seed: int = 320) -> list[Bad]:
    """Two hundred files: every way of being unfit, with sizes, contents and names from the seed."""
    random = Random(seed)
    makers = tuple(MAKERS)
    return [makers[at % len(makers)](random, at) for at in range(200)]


def _empty(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), b"", ("empty",))


def _noise(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), b"\x07" + random.randbytes(random.randrange(1, 4000)), ("wrong_type",))


def _other_type(random: Random, at: int) -> Bad:
    heads = (
        b"MZ\x90",
        b"#!/bin/sh\n",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0",
        b"<html>",
        b"ISA*00*",
        b"\x1f\x8b\x08",
        b"\x7fELF",
    )
    return Bad(odd_name(random, at), random.choice(heads) + random.randbytes(200), ("wrong_type",))


def _archive(random: Random, at: int) -> Bad:
    return Bad(f"plan{at}.pdf", archive(*(f"f{n}" for n in range(random.randrange(1, 9)))), ("wrong_type",))


def _cut_pdf(random: Random, at: int) -> Bad:
    whole = pdf(f"Plan {at}", pages=random.randrange(1, 4))
    return Bad(odd_name(random, at), whole[: random.randrange(20, len(whole) - 8)], ("cut",))


def _cut_picture(random: Random, at: int) -> Bad:
    kind = random.choice(("PNG", "JPEG"))
    whole = picture(kind, (200, 200), random.randrange(256))
    return Bad(f"scan{at}.{kind.lower()}", whole[: random.randrange(20, len(whole) - 14)], ("cut", "damaged"))


def _cut_tiff(random: Random, at: int) -> Bad:
    whole = picture("TIFF", (200, 200), random.randrange(256))
    return Bad(f"scan{at}.tif", whole[: random.randrange(20, len(whole) // 2)], ("damaged",))


def _encrypted(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), encrypted(), ("encrypted",))


def _script(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), with_script(f"app.alert({at})"), ("script",))


def _attachment(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), with_attachment(f"note{at}.txt"), ("attached",))


def _launch(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), with_launch(), ("launch",))


def _zip_behind(random: Random, at: int) -> Bad:
    front = random.choice((pdf(), picture("PNG"), picture("JPEG")))
    return Bad(odd_name(random, at), front + archive("other"), ("two_things",))


def _page_in_picture(random: Random, at: int) -> Bad:
    tail = random.choice((b"<script>alert(1)</script>", b"<?php echo 1;", b"<HTML><body>", b"%PDF-1.7 hidden"))
    return Bad(f"photo{at}.jpg", picture("JPEG") + tail, ("two_things",))


def _behind_junk(random: Random, at: int) -> Bad:
    return Bad(odd_name(random, at), random.randbytes(8).replace(b"%", b"!") + b"\n" + pdf(), ("two_things",))


def _appended(random: Random, at: int) -> Bad:
    front = random.choice((pdf(), picture("PNG"), picture("JPEG")))
    return Bad(odd_name(random, at), front + b"more " + random.randbytes(30) + b"!", ("appended",))


def _huge_dimensions(random: Random, at: int) -> Bad:
    side = random.randrange(20_000, 60_000)
    content = random.choice((huge_png, lambda width, height: pdf_of_huge_picture(width)))(side, side)
    return Bad(odd_name(random, at), content, ("pixels",))


def _damaged(random: Random, at: int) -> Bad:
    """The outside of a PDF with nothing in it that can be opened."""
    inside = bytes(random.choice(b"abcdef \n") for _ in range(400))
    return Bad(odd_name(random, at), b"%PDF-1.7\n1 0 obj\n" + inside + b"\nstartxref\n9\n%%EOF", ("damaged",))


MAKERS: tuple[Callable[[Random, int], Bad], ...] = (
    _empty,
    _noise,
    _other_type,
    _archive,
    _cut_pdf,
    _cut_picture,
    _cut_tiff,
    _encrypted,
    _script,
    _attachment,
    _launch,
    _zip_behind,
    _page_in_picture,
    _behind_junk,
    _appended,
    _huge_dimensions,
    _damaged,
)


def in_parts(content: bytes, size: int = 1 << 16) -> Iterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]
