"""The answers to an interchange: TA1, 999 and 277CA, with our own control numbers, kept as they were sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings

from claims.intake.x12.acknowledge_277ca import write_277ca
from claims.intake.x12.acknowledge_999 import write_999
from claims.intake.x12.acknowledge_ta1 import write_ta1
from claims.intake.x12.answers import Identity
from claims.intake.x12.outcomes import SetOutcome
from claims.intake.x12.readings import InterchangeReading
from claims.models import Acknowledgement, Interchange, ReceivedFile
from claims.sequences import Sequence as NumberSequence
from claims.sequences import take

#: TA105 of an interchange that was received before.
SEEN_BEFORE = "025"

Kind = Acknowledgement.Kind


def identity() -> Identity:
    """Who answers: this contractor."""
    contractor = settings.CONTRACTOR
    return Identity(
        qualifier=contractor["interchange_qualifier"],
        interchange_id=contractor["interchange_id"],
        application_id=contractor["interchange_id"],
        name=contractor["name"],
        contractor_number=contractor["number"],
    )


class Answering:
    """Writes the answers to the interchanges of one file at one moment."""

    def __init__(self, file: ReceivedFile, now: dt.datetime) -> None:
        self.file, self.now, self.identity = file, now, identity()

    def answer(
        self,
        reading: InterchangeReading,
        row: Interchange | None,
        note: str,
        outcomes: Sequence[SetOutcome],
        icns: Mapping[int, str],
    ) -> None:
        """Everything that is owed for an interchange; an acknowledgement is never acknowledged."""
        if not reading.is_acknowledgement and (note or reading.needs_ta1):
            self.keep(Kind.TA1, row, lambda n: write_ta1(reading, self.identity, n, self.now, note or None))
        if not note and reading.needs_999:
            self.keep(Kind.SYNTAX, row, lambda n: write_999(reading, outcomes, self.identity, n, self.now))
        if any(outcome.claims for outcome in outcomes):
            day = self.file.received_on
            self.keep(Kind.CLAIMS, row, lambda n: write_277ca(reading, outcomes, icns, self.identity, n, self.now, day))

    def keep(self, kind: Kind, row: Interchange | None, write: Callable[[int], bytes]) -> None:
        """Write an answer under the next control number, and keep it as it is sent."""
        number = take(NumberSequence.INTERCHANGE)
        Acknowledgement.objects.create(
            file=self.file,
            interchange=row,
            kind=kind,
            control_number=number,
            content=write(number).decode("latin-1"),
            created_at=self.now,
        )
