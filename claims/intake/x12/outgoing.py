"""The envelope of what is sent: an ISA of fixed width, the segments, an IEA."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from claims.intake.x12.segments import ISA_WIDTHS, Delimiters, Element, line_end, write_segments


@dataclass(frozen=True, slots=True)
class Side:
    """One end of an interchange: its qualifier and identifier in the ISA."""

    qualifier: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What an ISA says: from whom to whom, under which number, when, test (ISA15 T) or not, in which delimiters."""

    sender: Side
    receiver: Side
    control_number: int
    written_at: datetime
    delimiters: Delimiters
    is_test: bool = False

    @property
    def number(self) -> str:
        """ISA13 and IEA02: nine digits."""
        return f"{self.control_number % 1_000_000_000:09}"


def write_interchange(envelope: Envelope, segments: Sequence[Sequence[Element]], groups: int) -> bytes:
    """The interchange around the segments of its groups."""
    marks = envelope.delimiters
    values = (
        plain(value, marks).ljust(width)[:width] for value, width in zip(_isa(envelope), ISA_WIDTHS[:-1], strict=True)
    )
    # ISA is the one segment whose data are delimiters, so that it is not written like the others.
    head = marks.element.join(("ISA", *values, marks.component)) + marks.terminator + line_end(marks)
    return head.encode("ascii") + write_segments([*segments, ("IEA", str(groups), envelope.number)], marks)


def number(value: Decimal) -> str:
    """An amount or a count as X12 writes it: no exponent, no zeros behind the last digit that counts, "0" for none."""
    return f"{value.normalize():f}" if value else "0"


def _isa(envelope: Envelope) -> tuple[str, ...]:
    """ISA01 to ISA15."""
    at, sender, receiver = envelope.written_at, envelope.sender, envelope.receiver
    return (
        *("00", "", "00", ""),
        *(sender.qualifier, sender.identifier, receiver.qualifier, receiver.identifier),
        *(f"{at:%y%m%d}", f"{at:%H%M}", _repetition(envelope.delimiters), "00501", envelope.number, "0"),
        "T" if envelope.is_test else "P",
    )


def _repetition(delimiters: Delimiters) -> str:
    if delimiters.repeats:
        return delimiters.repetition
    return next(character for character in "^!&%" if character not in delimiters.required)


def plain(value: str, delimiters: Delimiters) -> str:
    """A value of the ISA without anything that would break its fixed width."""
    return "".join(
        character if character.isascii() and character.isprintable() and character not in delimiters.required else " "
        for character in value
    )
