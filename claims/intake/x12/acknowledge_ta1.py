"""The interchange acknowledgement (TA1, X12.5): whether an interchange could be taken in at all."""

from datetime import datetime

from claims.intake.x12.answers import Identity, write_interchange
from claims.intake.x12.readings import InterchangeReading

NO_ERROR = "000"


def write_ta1(
    interchange: InterchangeReading,
    identity: Identity,
    control_number: int,
    now: datetime,
    note: str | None = None,
) -> bytes:
    """An interchange that holds a TA1 alone.

    `note` is the caller's own verdict in the codes of TA105, such as 025 for an interchange received before; without
    one it is the reading's. TA104 is A for 000 and R for all else: nothing is taken in from a faulty envelope.
    """
    code = note or (interchange.errors[0] if interchange.errors else NO_ERROR)
    verdict = "A" if code == NO_ERROR else "R"
    isa = interchange.isa
    acknowledgement = ("TA1", _digits(isa[13], 9), _digits(isa[9], 6), _digits(isa[10], 4), verdict, code)
    return write_interchange(interchange, identity, control_number, now, [acknowledgement], groups=0)


def _digits(value: str, width: int) -> str:
    """The digits of a control number, date or time of an ISA that may be faulty, in the width that TA1 has."""
    digits = "".join(character for character in value if character.isascii() and character.isdigit())
    return digits[:width].rjust(width, "0")
