"""The hierarchy of an 837P: billing providers (20), their subscribers (22), dependents (23).

HL segments are numbered from 1 without a gap, and each hangs below the one of the level above that was sent last
(005010X222A1, loops 2000A to 2000C). Where that fails nobody can say whose claim is whose: the set cannot be read.
"""

from dataclasses import dataclass, field

from claims.intake.x12.findings import ELEMENT_FAULTY, MISSING, MOST_FINDINGS, UNEXPECTED, GatewayFinding
from claims.intake.x12.segments import SEPARATOR

#: Level code: its loop, the level above it, and the segment and loop that must come below it.
_LEVELS = {
    "20": ("2000A", "", "HL", "2000B"),
    "22": ("2000B", "20", "CLM", "2300"),
    "23": ("2000C", "22", "CLM", "2300"),
}
_PAGES = {"2000A": "081", "2000B": "114", "2000C": "142", "2300": "157"}

_LONGEST = 400

#: Status 481, the format is invalid. It is sent nowhere: a set that cannot be read gets no 277CA.
_STATUS = "A3:481"


@dataclass(slots=True)
class Hierarchy:
    """Sees every HL and every CLM of a set; `faults` make it unreadable, `notes` are only reported."""

    faults: list[GatewayFinding] = field(default_factory=list)
    notes: list[GatewayFinding] = field(default_factory=list)
    claims: int = 0
    _number: int = 0
    _open: dict[str, str] = field(default_factory=dict)
    _childless: tuple[str, int] | None = None

    def see_level(self, text: str, position: int) -> None:
        """An HL segment: its number, its parent, its level."""
        self._number += 1
        _, number, parent, level, *_ = [*text[:_LONGEST].split(SEPARATOR), "", "", ""]
        if level not in _LEVELS:
            self._fault("2000A", position, 3, "735", "has a level code other than 20, 22 or 23", level)
            return
        loop, above, *_ = _LEVELS[level]
        if number != str(self._number):
            self._fault(loop, position, 1, "628", f"should have the number {self._number}", number)
        if parent != self._open.get(above, "") or (above and not parent):
            self._fault(loop, position, 2, "734", "does not name the level above it that was sent last", parent)
        self._note_childless(level)
        self._open = {key: value for key, value in self._open.items() if key < level} | {level: number}
        self._childless = (level, position)

    def see_claim(self, position: int) -> None:
        """A CLM segment: it needs a subscriber above."""
        self.claims += 1
        self._childless = None
        if "22" not in self._open:
            message = f"The claim at position {position} of the set stands below no subscriber. Put it below its HL."
            self._add(self.faults, "2300", "CLM", position, UNEXPECTED, message)

    def close(self, position: int) -> None:
        """The end of the set: there must have been a claim."""
        self._note_childless("")
        if not self.claims:
            self._add(self.faults, "2300", "CLM", position, MISSING, "The set holds no claim. Send at least one.")

    def _note_childless(self, next_level: str) -> None:
        """A level with nothing below it is reported and refuses nobody."""
        if self._childless is not None and next_level <= self._childless[0]:
            level, position = self._childless
            *_, segment, loop = _LEVELS[level]
            message = f"The level at position {position} of the set has no claim below it. Leave it out."
            self._add(self.notes, loop, segment, position, MISSING, message)
        self._childless = None

    def _fault(self, loop: str, position: int, element: int, number: str, what: str, value: str) -> None:
        message = f"The HL segment at position {position} of the set {what}. Number and order the levels anew."
        self._add(self.faults, loop, "HL", position, ELEMENT_FAULTY, message, element, number, value)

    def _add(
        self,
        findings: list[GatewayFinding],
        loop: str,
        segment: str,
        position: int,
        error: str,
        message: str,
        element: int = 0,
        number: str = "",
        value: str = "",
    ) -> None:
        if len(findings) >= MOST_FINDINGS:
            return
        place = f"{segment}{element:02d}" if element else segment
        findings.append(
            GatewayFinding(
                edit_id=f"X222.{_PAGES[loop]}.{loop}.{place}.00{error}",
                message=message,
                status=_STATUS,
                loop=loop,
                segment=segment,
                position=position,
                element=element,
                data_element=number,
                segment_error=error,
                element_error=("7" if value else "1") if element else "",
                value=value,
            )
        )
