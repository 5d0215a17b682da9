"""The hierarchy of a set: billing providers (20), their subscribers (22), dependents (23) in an 837P.

HL segments are numbered from 1 without a gap, and each hangs below the one of the level above that was sent last
(005010X222A1, loops 2000A to 2000C). Where that fails nobody can say whose claim is whose: the set cannot be read.
The sets that ask for something are built alike, with levels of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from claims.intake.x12.findings import ELEMENT_FAULTY, MISSING, MOST_FINDINGS, UNEXPECTED, GatewayFinding
from claims.intake.x12.segments import SEPARATOR


class Rung(NamedTuple):
    """A level: its code (HL03), its loop, the page of CMS's numbers, the segment and loop that must come below it."""

    level: str
    loop: str
    page: str
    segment: str = ""
    below: str = ""


class Ladder:
    """The levels of a guide from the top; each hangs below the one before it.

    What is counted are claims (CLM segments), or the levels `asked` for where a set holds inquiries.
    """

    def __init__(self, guide: str, rungs: Sequence[Rung], asked: Sequence[str] = ()) -> None:
        self.guide = guide
        self.rungs = {rung.level: rung for rung in rungs}
        self.rank = {rung.level: place for place, rung in enumerate(rungs)}
        self.above = {"": ""} | {rung.level: above.level for above, rung in pairwise(rungs)}
        self.asked = frozenset(asked)
        self.top = rungs[0].loop
        *others, last = (rung.level for rung in rungs)
        self.levels_in_words = f"{', '.join(others)} or {last}"
        self.unit = ("inquiry", rungs[-1].loop, "HL") if asked else ("claim", "2300", "CLM")


CLAIM_LADDER = Ladder(
    "X222",
    (
        Rung("20", "2000A", "081", "HL", "2000B"),
        Rung("22", "2000B", "114", "CLM", "2300"),
        Rung("23", "2000C", "142", "CLM", "2300"),
    ),
)
_CLAIM_PAGE = "157"

_LONGEST = 400

#: Status 481, the format is invalid. It is sent nowhere: a set that cannot be read gets no 277CA.
_STATUS = "A3:481"


@dataclass(slots=True)
class Hierarchy:
    """Sees every HL and every CLM of a set; `faults` make it unreadable, `notes` are only reported."""

    ladder: Ladder = CLAIM_LADDER
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
        ladder = self.ladder
        rung = ladder.rungs.get(level)
        if rung is None:
            self._fault(ladder.top, position, 3, "735", f"has a level code other than {ladder.levels_in_words}", level)
            return
        loop, above = rung.loop, ladder.above.get(level, "")
        if number != str(self._number):
            self._fault(loop, position, 1, "628", f"should have the number {self._number}", number)
        if parent != self._open.get(above, "") or (above and not parent):
            self._fault(loop, position, 2, "734", "does not name the level above it that was sent last", parent)
        self._note_childless(level)
        rank = ladder.rank
        self._open = {key: value for key, value in self._open.items() if rank[key] < rank[level]} | {level: number}
        self._childless = (level, position) if rung.segment else None
        self.claims += level in ladder.asked

    def see_claim(self, position: int) -> None:
        """A CLM segment: it needs a subscriber above."""
        self.claims += 1
        self._childless = None
        if "22" not in self._open:
            message = f"The claim at position {position} of the set stands below no subscriber. Put it below its HL."
            self._add(self.faults, "2300", "CLM", position, UNEXPECTED, message)

    def close(self, position: int) -> None:
        """The end of the set: there must have been a claim, or an inquiry."""
        self._note_childless("")
        if not self.claims:
            unit, loop, segment = self.ladder.unit
            self._add(self.faults, loop, segment, position, MISSING, f"The set holds no {unit}. Send at least one.")

    def _note_childless(self, next_level: str) -> None:
        """A level with nothing below it is reported and refuses nobody."""
        rank = self.ladder.rank
        if self._childless is not None and rank.get(next_level, -1) <= rank[self._childless[0]]:
            level, position = self._childless
            rung, (unit, *_) = self.ladder.rungs[level], self.ladder.unit
            message = f"The level at position {position} of the set has no {unit} below it. Leave it out."
            self._add(self.notes, rung.below, rung.segment, position, MISSING, message)
        self._childless = None

    def _fault(self, loop: str, position: int, element: int, number: str, what: str, value: str) -> None:
        message = f"The HL segment at position {position} of the set {what}. Number and order the levels anew."
        self._add(self.faults, loop, "HL", position, ELEMENT_FAULTY, message, element, number, value)

    def _page_of(self, loop: str) -> str:
        page = next((rung.page for rung in self.ladder.rungs.values() if rung.loop == loop), _CLAIM_PAGE)
        return f"{self.ladder.guide}.{page}"

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
                edit_id=f"{self._page_of(loop)}.{loop}.{place}.00{error}",
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
