"""The envelope of an answer: from us to the sender of an interchange, in the sender's own delimiters.

What is echoed (a patient control number, a name) was read with those delimiters and so can hold none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.intake.x12.envelope import INTERCHANGE_QUALIFIERS
from claims.intake.x12.outgoing import Envelope, Side, plain, write_interchange
from claims.intake.x12.readings import InterchangeReading
from claims.intake.x12.segments import DEFAULT_DELIMITERS, Delimiters, Element

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
    return answer_to(interchange, identity, control_number, now, segments, groups=1)


def answer_to(
    interchange: InterchangeReading,
    identity: Identity,
    control_number: int,
    now: datetime,
    segments: Body,
    groups: int,
) -> bytes:
    """The segments between an ISA and an IEA addressed to the sender of an interchange, test for test (ISA15)."""
    delimiters = delimiters_for(interchange)
    envelope = Envelope(
        sender=Side(identity.qualifier, identity.interchange_id),
        receiver=_address(interchange, delimiters),
        control_number=control_number,
        written_at=now,
        delimiters=delimiters,
        is_test=interchange.is_test,
    )
    return write_interchange(envelope, segments, groups)


def _address(interchange: InterchangeReading, delimiters: Delimiters) -> Side:
    """The sender's qualifier and identifier; where they are broken, ones that let the answer be read all the same."""
    qualifier, sender = interchange.sender
    readable = qualifier if qualifier in INTERCHANGE_QUALIFIERS else "ZZ"
    return Side(readable, plain(sender, delimiters).strip() or "UNKNOWN")


def delimiters_for(interchange: InterchangeReading) -> Delimiters:
    """The sender's delimiters, or the usual ones where those could not be used."""
    delimiters = interchange.delimiters
    return delimiters if delimiters.are_sound() else DEFAULT_DELIMITERS
