"""The segments of the original 837P that make a claim, each beside what was read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage

from claims.edits.wording import in_words
from claims.intake.x12.elements import day_of
from claims.intake.x12.segments import COMPONENT, SEPARATOR, Delimiters, read_header, segments_of
from claims.models import Claim

#: The levels of a claim as `Claim.billed["spans"]` names them, from the outermost, with their headings.
LEVELS = (("billing", "Billing provider"), ("subscriber", "Subscriber"), ("patient", "Patient"), ("claim", "Claim"))

#: Enough bytes of a file for its ISA segment.
HEADER_BYTES = 256

Elements = list[str]


@dataclass(frozen=True, slots=True)
class SegmentShown:
    """A segment as it was sent, and what it says."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class PartShown:
    heading: str
    segments: tuple[SegmentShown, ...]


def original_segments(claim: Claim) -> tuple[PartShown, ...]:
    """The claim's own segments with those of the levels above it; empty for a claim that came in no file."""
    spans = claim.billed.get("spans") or {}
    if claim.file is None or not spans or not default_storage.exists(claim.file.path):
        return ()
    with default_storage.open(claim.file.path) as file:
        header = read_header(file.read(HEADER_BYTES), 0)
        pieces = [(heading, _bytes(file, spans[level])) for level, heading in LEVELS if spans.get(level)]
    own = header.delimiters if header else Delimiters()
    return tuple(PartShown(heading, tuple(_shown(piece, own))) for heading, piece in pieces)


def _bytes(file: Any, span: tuple[int, int]) -> bytes:
    start, end = span
    file.seek(start)
    return bytes(file.read(end - start))


def _shown(piece: bytes, of_file: Delimiters) -> Iterator[SegmentShown]:
    """A file may hold interchanges with other delimiters: the piece itself ends with its terminator."""
    terminator = piece.rstrip(b" \t\r\n")[-1:].decode("latin-1") or of_file.terminator
    delimiters = of_file if of_file.terminator == terminator else Delimiters(terminator=terminator)
    for text, _, _ in segments_of(piece, 0, len(piece), delimiters):
        sent = text.replace(SEPARATOR, delimiters.element).replace(COMPONENT, delimiters.component)
        yield SegmentShown(sent + delimiters.terminator.strip(), words_of(text.split(SEPARATOR)))


# ---------- what a segment says ----------


def words_of(elements: Elements) -> str:
    """What a segment says in words; empty for one that only gives structure."""
    name, qualifier = elements[0], _at(elements, 1)
    teller = TELLERS.get(f"{name}*{qualifier}") or TELLERS.get(name)
    return teller(elements) if teller else ""


def _at(elements: Elements, place: int) -> str:
    return elements[place].strip() if place < len(elements) else ""


def _parts(elements: Elements, place: int) -> list[str]:
    return [*_at(elements, place).split(COMPONENT), *[""] * 8]


def _day(text: str) -> str:
    day = day_of(text)
    return in_words(day) if day else text


def _days(elements: Elements) -> str:
    return " to ".join(_day(day) for day in _at(elements, 3).split("-"))


def _name(role: str) -> Callable[[Elements], str]:
    def tell(elements: Elements) -> str:
        last, first = _at(elements, 3), _at(elements, 4)
        number = {"XX": "NPI", "MI": "MBI", "PI": "payer", "46": "id"}.get(_at(elements, 8), "number")
        known = ", ".join(part for part in (last, first) if part) or "no name"
        return f"{role}: {known}" + (f", {number} {_at(elements, 9)}" if _at(elements, 9) else "")

    return tell


def _claim(elements: Elements) -> str:
    place, _, frequency, *_ = _parts(elements, 5)
    return f"Own number {_at(elements, 1)}, charge {_at(elements, 2)}, place {place}, frequency {frequency}"


def _diagnoses(elements: Elements) -> str:
    codes = [_parts(elements, place)[1] for place in range(1, len(elements))]
    return f"Diagnosis {', '.join(code for code in codes if code)}"


def _service(elements: Elements) -> str:
    _, code, *modifiers = _parts(elements, 1)
    pointers = ", ".join(part for part in _parts(elements, 7) if part)
    place = f", place {_at(elements, 5)}" if _at(elements, 5) else ""
    sent = " ".join(part for part in (code, *modifiers[:4]) if part)
    return f"{sent}, charge {_at(elements, 2)}, {_at(elements, 4)} units{place}, diagnosis {pointers or 'none'}"


def _labelled(label: str, place: int = 2) -> Callable[[Elements], str]:
    return lambda elements: f"{label} {_at(elements, place)}"


def _hierarchy(elements: Elements) -> str:
    level = {"20": "Billing provider", "22": "Subscriber", "23": "Patient"}.get(_at(elements, 3), "Level")
    return f"{level}, level {_at(elements, 1)}" + (f" under {_at(elements, 2)}" if _at(elements, 2) else "")


def _subscriber(elements: Elements) -> str:
    place = {"P": "Pays first", "S": "Pays second"}.get(_at(elements, 1), "Payer")
    return f"{place}, filing {_at(elements, 9)}"


def _born(elements: Elements) -> str:
    return f"Born {_day(_at(elements, 2))}, sex {_at(elements, 3)}"


TELLERS: Mapping[str, Callable[[Elements], str]] = {
    "HL": _hierarchy,
    "PRV": _labelled("Taxonomy", 3),
    "NM1*85": _name("Billing provider"),
    "NM1*87": _name("Pay to"),
    "NM1*IL": _name("Patient"),
    "NM1*QC": _name("Patient"),
    "NM1*PR": _name("Payer"),
    "NM1*DN": _name("Referring provider"),
    "NM1*DK": _name("Ordering provider"),
    "NM1*82": _name("Rendering provider"),
    "NM1*77": _name("Service location"),
    "NM1": _name("Name"),
    "N3": _labelled("Street", 1),
    "N4": lambda elements: f"{_at(elements, 1)}, {_at(elements, 2)} {_at(elements, 3)}",
    "DMG": _born,
    "SBR": _subscriber,
    "REF*EI": _labelled("Tax id"),
    "REF*6R": _labelled("Line control number"),
    "REF*F8": _labelled("Claim that it replaces"),
    "REF*G1": _labelled("Prior authorization"),
    "REF*EA": _labelled("Medical record"),
    "CLM": _claim,
    "HI": _diagnoses,
    "LX": _labelled("Line", 1),
    "SV1": _service,
    "DTP*472": lambda elements: f"Visit on {_days(elements)}",
    "DTP": lambda elements: f"Date {_at(elements, 1)}: {_days(elements)}",
    "PWK": _labelled("Attachment", 6),
    "NTE": _labelled("Note:"),
    "LIN": _labelled("Drug, NDC", 3),
}
