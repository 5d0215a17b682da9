"""What a file was found to hold: interchanges, their groups, their sets, each with what is wrong with its envelope."""

from dataclasses import dataclass, field
from typing import NamedTuple

from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.segments import Delimiters
from claims.intake.x12.walk_837p import Loop


class Guide(NamedTuple):
    """A guide that is read: the group (GS01) and the set (ST01) that it comes in, and its version (GS08, ST03)."""

    functional_id: str
    transaction: str
    version: str


#: Health care claim, professional (837P); eligibility inquiry (270); claim status request (276).
CLAIMS = Guide("HC", "837", "005010X222A1")
ELIGIBILITY = Guide("HS", "270", "005010X279A1")
STATUS = Guide("HR", "276", "005010X212")
GUIDES = {guide.functional_id: guide for guide in (CLAIMS, ELIGIBILITY, STATUS)}

_CLAIM_ACKNOWLEDGEMENT = "005010X214"


@dataclass(frozen=True, slots=True, eq=False)
class SetReading:
    """A transaction set: ST to SE; its body begins with the first HL.

    `errors` are IK502 codes; with any of them the set is refused whole (IK5*R). `findings` lie in its header and in
    its hierarchy. `guide` is that of its group, if it is read. `first_claim` is the number in the file of its first
    claim. `header` has the loops before the first HL, where there is a guide.
    """

    st: tuple[str, ...]
    start: int
    end: int
    body: int
    segments_before_body: int
    first_claim: int
    claim_count: int
    errors: tuple[str, ...]
    findings: tuple[GatewayFinding, ...]
    content: bytes = field(repr=False)
    delimiters: Delimiters
    guide: Guide | None
    header: Loop | None = field(default=None, repr=False)

    @property
    def control_number(self) -> str:
        return self.st[2].strip()

    @property
    def is_refused(self) -> bool:
        return bool(self.errors)


@dataclass(frozen=True, slots=True, eq=False)
class GroupReading:
    """A functional group: GS to GE. `errors` are AK905 codes; with any of them the group is refused whole (AK9*R)."""

    gs: tuple[str, ...]
    sets: tuple[SetReading, ...]
    declared_sets: str
    errors: tuple[str, ...]

    @property
    def functional_id(self) -> str:
        return self.gs[1].strip()

    @property
    def control_number(self) -> str:
        return self.gs[6].strip()

    @property
    def guide(self) -> str:
        return self.gs[8].strip()

    @property
    def is_refused(self) -> bool:
        return bool(self.errors)

    @property
    def is_acknowledgement(self) -> bool:
        """A 997, a 999 or a 277CA: it is read by people and never answered."""
        return self.functional_id == "FA" or (self.functional_id == "HN" and self.guide == _CLAIM_ACKNOWLEDGEMENT)


@dataclass(frozen=True, slots=True, eq=False)
class InterchangeReading:
    """An interchange: ISA to IEA. `errors` are TA105 codes; with any of them it is refused whole (TA1*R)."""

    isa: tuple[str, ...]
    delimiters: Delimiters
    start: int
    end: int
    groups: tuple[GroupReading, ...]
    errors: tuple[str, ...]
    holds_ta1: bool

    @property
    def control_number(self) -> str:
        return self.isa[13].strip()

    @property
    def sender(self) -> tuple[str, str]:
        """Qualifier and identifier (ISA05, ISA06)."""
        return self.isa[5].strip(), self.isa[6].strip()

    @property
    def receiver(self) -> tuple[str, str]:
        """Qualifier and identifier (ISA07, ISA08)."""
        return self.isa[7].strip(), self.isa[8].strip()

    @property
    def is_test(self) -> bool:
        return self.isa[15] == "T"

    @property
    def is_refused(self) -> bool:
        return bool(self.errors)

    @property
    def is_acknowledgement(self) -> bool:
        """Nothing but acknowledgements: never answered, or two systems would acknowledge each other for ever."""
        return all(group.is_acknowledgement for group in self.groups) and bool(self.groups or self.holds_ta1)

    @property
    def needs_999(self) -> bool:
        """Whether there is a group to answer: the interchange can be read, and it is not all acknowledgements."""
        return not self.is_refused and any(not group.is_acknowledgement for group in self.groups)

    def readable_sets(self, guide: Guide = CLAIMS) -> list[SetReading]:
        """The sets of a guide that are refused neither themselves nor with their group or interchange."""
        return [
            transaction
            for group in self.groups
            for transaction in group.sets
            if transaction.guide is guide and not (self.is_refused or group.is_refused or transaction.is_refused)
        ]

    @property
    def needs_ta1(self) -> bool:
        """On error, or when the sender asks for it (ISA14)."""
        return not self.is_acknowledgement and (self.is_refused or self.isa[14] == "1")
