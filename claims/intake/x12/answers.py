"""The envelope of an answer: from us to the sender of an interchange, in the sender's own delimiters.

What is echoed (a patient control number, a name) was read with those delimiters and so can hold none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.intake.x12.envelope import INTERCHANGE_QUALIFIERS
from claims.intake.x12.readings import InterchangeReading
from claims.intake.x12.segments import DEFAULT_DELIMITERS, Delimiters, Element, line_end, write_segments

Body = list[Sequence[Element]]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who answers: our qualifier and identifier in the ISA, the one in the GS, our name and contractor number."""

    qualifier: str
    interchange_id: str
    application_id: str
    name: str
    contractor_number: str


def write_answer(
    interchange: InterchangeReading,
    identity: Identity,
    control_number: int,
    now: datetime,
    group: tuple[str, str, str, str],
    bodies: Sequence[Body],
) -> bytes:
    """An interchange with one group. `group` is its functional identifier, guide, receiver and set identifier.

    The control number serves ISA13 and GS06; it must come from a sequence that never repeats for the receiver.
    """
    functional_id, guide, receiver, set_id = group
    number = str(control_number % 1_000_000_000)
    segments: Body = [
        ("GS", functional_id, identity.application_id, receiver, f"{now:%Y%m%d}", f"{now:%H%M}", number, "X", guide)
    ]
    for index, body in enumerate(bodies, 1):
        set_number = f"{index:04}"
        segments += [("ST", set_id, set_number, guide), *body, ("SE", str(len(body) + 2), set_number)]
    segments.append(("GE", str(len(bodies)), number))
    return write_interchange(interchange, identity, control_number, now, segments, groups=1)


def write_interchange(
    interchange: InterchangeReading,
    identity: Identity,
    control_number: int,
    now: datetime,
    segments: Body,
    groups: int,
) -> bytes:
    """The segments between an ISA and an IEA addressed to the sender of an interchange, test for test (ISA15)."""
    delimiters = delimiters_for(interchange)
    qualifier, sender = _address(interchange, delimiters)
    number = f"{control_number % 1_000_000_000:09}"
    isa = (
        *("ISA", "00", " " * 10, "00", " " * 10),
        *(identity.qualifier, f"{identity.interchange_id:15.15}", qualifier, f"{sender:15.15}"),
        *(f"{now:%y%m%d}", f"{now:%H%M}", _repetition(delimiters), "00501", number, "0"),
        *("T" if interchange.is_test else "P", delimiters.component),
    )
    head = delimiters.element.join(_plain(value, delimiters) for value in isa[:-1]) + delimiters.element
    start = (head + delimiters.component + delimiters.terminator + line_end(delimiters)).encode("ascii")
    return start + write_segments([*segments, ("IEA", str(groups), number)], delimiters)


def _address(interchange: InterchangeReading, delimiters: Delimiters) -> tuple[str, str]:
    """The sender's qualifier and identifier; where they are broken, ones that let the answer be read all the same."""
    qualifier, sender = interchange.sender
    readable = qualifier if qualifier in INTERCHANGE_QUALIFIERS else "ZZ"
    return readable, _plain(sender, delimiters).strip() or "UNKNOWN"


def delimiters_for(interchange: InterchangeReading) -> Delimiters:
    """The sender's delimiters, or the usual ones where those could not be used."""
    delimiters = interchange.delimiters
    return delimiters if delimiters.are_sound() else DEFAULT_DELIMITERS


def _repetition(delimiters: Delimiters) -> str:
    if delimiters.repeats:
        return delimiters.repetition
    return next(character for character in "^!&%" if character not in delimiters.required)


def _plain(value: str, delimiters: Delimiters) -> str:
    """A value of the ISA without anything that would break its fixed width."""
    return "".join(
        character if character.isascii() and character.isprintable() and character not in delimiters.required else " "
        for character in value
    )
