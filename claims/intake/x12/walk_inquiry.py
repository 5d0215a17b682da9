"""The walk through a 270 or a 276: one patient's level at a time, with the levels above it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.grammars import GRAMMARS
from claims.intake.x12.readings import SetReading
from claims.intake.x12.segments import SEPARATOR, segments_of
from claims.intake.x12.walk_837p import Loop, Walker

_HL, _SE = "HL" + SEPARATOR, "SE" + SEPARATOR
#: The level codes of patients (HL03).
PATIENTS = ("HL*22", "HL*23")


@dataclass(frozen=True, slots=True, repr=False)
class PatientLevel:
    """A patient's level as it was sent, the levels above it from the top, and all that is wrong with them."""

    loop: Loop
    above: tuple[Loop, ...]

    @property
    def findings(self) -> tuple[GatewayFinding, ...]:
        return tuple(finding for level in (*self.above, self.loop) for finding in level.findings)

    @property
    def is_dependent(self) -> bool:
        return self.loop.spec.head_key == PATIENTS[1]


@dataclass(slots=True)
class InquiryWalker(Walker):
    """Feed it the segments of a set in order; `path` are the levels in force, from the top."""

    path: list[Loop] = field(default_factory=list)

    def take_patient(self) -> PatientLevel | None:
        """Close the patient's level that was being read, if one was, and hand it over."""
        if not self.path or self.path[-1].spec.head_key not in PATIENTS:
            return None
        patient = self.path.pop()
        self._leave(patient)
        self._require(patient, self.position + 1)
        assert patient.parent is not None
        self.loop = patient.parent
        return PatientLevel(patient, tuple(self.path))

    def _begin_level(self, child: Loop) -> None:
        while self.path and self.path[-1] is not child.parent:
            self.path.pop()
        self.path.append(child)
        self.kept = 0

    def _mark_end(self) -> None:
        """Nobody asks where a level ends."""


def patients_of(transaction: SetReading) -> Iterator[PatientLevel]:
    """The patients' levels of a readable set of inquiries, in file order."""
    assert transaction.guide is not None
    walker = InquiryWalker.behind_header(transaction.segments_before_body, GRAMMARS[transaction.guide])
    segments = segments_of(transaction.content, transaction.body, transaction.end, transaction.delimiters)
    for text, start, stop in segments:
        if text[:3] in (_HL, _SE):
            if (patient := walker.take_patient()) is not None:
                yield patient
            if text[:3] == _SE:
                return
        walker.place(text, start, stop)
