"""The segment codec: bytes to segments and back (X12.5 and X12.6).

An interchange names its own delimiters in its ISA segment. While a chunk of the file is read they are replaced by four
fixed control characters, so that nothing behind this module ever asks which ones the sender chose. The replacement is
byte for byte: an offset in the text is an offset in the file.

Characters: the structure is read as Latin-1. A segment with a byte above 127 is read again as UTF-8 and, where that
fails, as Windows-1252, so that an accented name survives from any sender. Answers are written in ASCII.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

TERMINATOR, SEPARATOR, REPETITION, COMPONENT = "\x1c", "\x1d", "\x1e", "\x1f"

#: Widths of ISA01 to ISA16; with the name, the separators and the terminator the header is 106 bytes.
ISA_WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)

#: A segment's text with the four fixed delimiters, the offset of its first byte and that behind its terminator.
Segment: TypeAlias = tuple[str, int, int]
#: An element to write: a simple value, or the components of a composite.
Element: TypeAlias = str | tuple[str, ...]

_BLANKS = " \t\r\n\f\v"
_SMALL, _LARGE = 4096, 65536
_BINARY = {"BIN": 1, "BDS": 2}


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The four delimiters of an interchange: byte 4, ISA11, ISA16 and the byte behind ISA16."""

    element: str = "*"
    repetition: str = "^"
    component: str = ":"
    terminator: str = "~"

    def are_sound(self) -> bool:
        """Whether the three that must be there are distinct and cannot be part of a word."""
        return all(map(_may_delimit, self.required)) and len(set(self.required)) == 3

    @property
    def has_bad_terminator(self) -> bool:
        return not _may_delimit(self.terminator) or self.terminator == self.element

    @property
    def required(self) -> tuple[str, str, str]:
        return self.element, self.component, self.terminator

    @property
    def repeats(self) -> bool:
        """Whether ISA11 is a repetition separator; a file in the style of version 4010 has the letter U there."""
        return _may_delimit(self.repetition) and self.repetition not in self.required


DEFAULT_DELIMITERS = Delimiters()


@dataclass(frozen=True, slots=True)
class InterchangeHeader:
    """An ISA segment: its 17 elements (the name first), its delimiters, whether every element has its width."""

    elements: tuple[str, ...]
    delimiters: Delimiters
    has_fixed_width: bool


def read_header(content: bytes, start: int) -> InterchangeHeader | None:
    """The ISA segment at an offset, or None where no sixteen elements and a terminator follow."""
    head = content[start : start + 256].decode("latin-1")
    if len(head) < 4 or not head.startswith("ISA") or not _may_delimit(head[3]):
        return None
    parts = head.split(head[3], 16)
    if len(parts) < 17 or len(parts[16]) < 2:
        return None
    elements = (*parts[:16], parts[16][0])
    delimiters = Delimiters(head[3], elements[11][:1], elements[16], parts[16][1])
    widths = tuple(map(len, elements[1:]))
    return InterchangeHeader(elements, delimiters, widths == ISA_WIDTHS)


def _may_delimit(character: str) -> bool:
    return character != "" and character.isascii() and not character.isalnum() and character != " "


def segments_of(content: bytes, start: int, end: int, delimiters: Delimiters) -> Iterator[Segment]:
    """Each segment between two offsets that is not blank.

    White space around a segment is no part of it: files are sent with CR or LF behind the terminator, or indented.
    A BIN or BDS segment is as long as it says (BIN01, BDS02), whatever bytes it holds, provided that a terminator
    follows there; if none does, it ends at the next terminator like any other.
    """
    table = _translation(delimiters)
    terminator = delimiters.terminator.encode("latin-1")
    size = _SMALL
    while start < end:
        chunk_end = _chunk_end(content, start, end, size, terminator)
        raw = content[start:chunk_end]
        mixed = not raw.isascii()
        *pieces, rest = raw.translate(table).decode("latin-1").split(TERMINATOR)
        for piece in pieces:
            stop = start + len(piece) + 1
            text = piece.lstrip(_BLANKS)
            if text:
                first = stop - 1 - len(text)
                if text[-1] in _BLANKS:
                    text = text.rstrip(_BLANKS)
                if text[0] == "B" and (binary_end := _binary_end(text, first, stop, content, terminator)):
                    yield _decoded(content[first : binary_end - 1].translate(table)), first, binary_end
                    start = binary_end
                    break
                yield (_decoded(text.encode("latin-1")) if mixed else text), first, stop
            start = stop
        else:
            text = rest.strip(_BLANKS)
            if text:
                yield _decoded(text.encode("latin-1")), start + rest.index(text), chunk_end
            start = chunk_end
        size = _LARGE


def _chunk_end(content: bytes, start: int, end: int, size: int, terminator: bytes) -> int:
    """An offset behind a terminator, about `size` bytes on; the end when no terminator is left."""
    if start + size >= end:
        return end
    last = content.rfind(terminator, start, start + size)
    if last < 0:
        last = content.find(terminator, start + size, end)
    return end if last < 0 else last + 1


def _binary_end(text: str, first: int, stop: int, content: bytes, terminator: bytes) -> int:
    """The offset behind a BIN or BDS segment's terminator; 0 when it is no such segment or its length is wrong."""
    leading = _BINARY.get(text[:3])
    if leading is None:
        return 0
    parts = text.split(SEPARATOR, leading + 1)
    length = parts[leading] if len(parts) == leading + 2 else ""
    if not (length.isascii() and length.isdigit() and len(length) <= 12):
        return 0
    last = first + sum(map(len, parts[: leading + 1])) + leading + 1 + int(length)
    return last + 1 if last >= stop - 1 and content[last : last + 1] == terminator else 0


def _translation(delimiters: Delimiters) -> bytes:
    """The table that puts the fixed delimiters in place of the sender's; theirs that occur as data become NUL."""
    table = bytearray(range(256))
    for fixed in (TERMINATOR, SEPARATOR, REPETITION, COMPONENT):
        table[ord(fixed)] = 0
    if delimiters.repeats:
        table[ord(delimiters.repetition)] = ord(REPETITION)
    for sent, fixed in zip(delimiters.required, (SEPARATOR, COMPONENT, TERMINATOR), strict=True):
        table[ord(sent)] = ord(fixed)
    return bytes(table)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def write_segments(segments: Iterable[Sequence[Element]], delimiters: Delimiters = DEFAULT_DELIMITERS) -> bytes:
    """Segments as bytes, one a line; blanks around a value, empty elements and components at an end are left out.

    A character that is a delimiter, a control character or not ASCII cannot be sent as data: accents are taken off,
    the others become a space.
    """
    unsendable = _unsendable(delimiters)
    join, glue = delimiters.element.join, delimiters.component.join
    end = delimiters.terminator + line_end(delimiters)
    written = []
    for segment in segments:
        values = [
            _sendable(element, unsendable)
            if isinstance(element, str)
            else glue(_trimmed([_sendable(part, unsendable) for part in element]))
            for element in segment
        ]
        written.append(join(_trimmed(values)) + end)
    return "".join(written).encode("ascii")


def line_end(delimiters: Delimiters) -> str:
    """What parts written segments for the eye: a new line, unless a delimiter is one."""
    used = {*delimiters.required, delimiters.repetition}
    return "" if used & {"\r", "\n"} else "\n"


def _unsendable(delimiters: Delimiters) -> dict[int, str]:
    used = [*delimiters.required, *(delimiters.repetition if delimiters.repeats else "")]
    return dict.fromkeys([*map(ord, used), *range(32), 127], " ")


def _sendable(value: str, unsendable: dict[int, str]) -> str:
    if not value.isascii():
        value = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode("ascii")
    return value.translate(unsendable).strip(" ")


def _trimmed(values: list[str]) -> list[str]:
    while len(values) > 1 and not values[-1]:
        values.pop()
    return values
