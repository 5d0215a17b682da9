"""The interchange acknowledgement (TA1, X12.5): whether an interchange could be taken in at all."""

from datetime import datetime

from claims.intake.x12.answers import Identity, answer_to
from claims.intake.x12.envelope import is_isa_date, is_isa_time
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
    TA101 to TA103 echo the ISA; a date or time that is none is replaced by the present one.
    """
    code = note or (interchange.errors[0] if interchange.errors else NO_ERROR)
    _, _, _, _, _, _, _, _, _, day, time, _, _, number, *_ = interchange.isa
    digits = "".join(character for character in number if character.isascii() and character.isdigit())
    acknowledgement = (
        *("TA1", digits[:9].rjust(9, "0")),
        day if is_isa_date(day) else f"{now:%y%m%d}",
        time if is_isa_time(time) else f"{now:%H%M}",
        *("A" if code == NO_ERROR else "R", code),
    )
    return answer_to(interchange, identity, control_number, now, [acknowledgement], groups=0)
