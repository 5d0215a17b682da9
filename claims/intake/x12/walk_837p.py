"""The walk through an 837P: each segment is put into the loop where it belongs, or is reported.

The walker holds one billing provider, one subscriber and one claim at a time; a set of any size needs no more memory.
A new HL or CLM always begins anew, so that one garbled claim never spoils its neighbours.
"""

from dataclasses import dataclass, field
from typing import Self, TypeAlias

from claims.intake.x12.elements import faults_of, trimmed
from claims.intake.x12.findings import (
    LOOP_TOO_OFTEN,
    MISSING,
    MOST_FINDINGS,
    OUT_OF_ORDER,
    SEGMENT_TOO_OFTEN,
    UNEXPECTED,
    UNRECOGNIZED,
    GatewayFinding,
    element_finding,
    place_finding,
    stray_finding,
)
from claims.intake.x12.grammar import CLAIM_GRAMMAR, Grammar, LoopSpec, Node, key_of
from claims.intake.x12.segments import SEPARATOR

#: No segment of the guide comes near this many characters; what is longer is cut, and faulted by the NUL at its end.
LONGEST_SEGMENT = 20_000

#: Repeated segments and loops that are kept of one claim or level: many more than the guide allows.
MOST_KEPT = 20_000

#: Different segments that are remembered taken apart.
MOST_TAKEN_APART = 2_000

#: A segment's elements (its name first, without the spaces around them) and its position in the set.
Placed: TypeAlias = tuple[list[str], int]


class TakenApart:
    """A segment split into its elements, with its key and the last place whose description it was found to fit."""

    __slots__ = ("elements", "fits", "key", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.elements = text.split(SEPARATOR)
        self.key = key_of(self.elements)
        self.fits: Node | None = None


class Loop:
    """One repetition of a loop: its segments by key, the loops in it, and how far the walk has come."""

    __slots__ = (
        *("children", "counts", "findings", "found", "ordinal", "parent"),
        *("repeats", "seen", "spec", "start", "stop"),
    )

    def __init__(self, spec: LoopSpec, parent: "Loop | None", findings: list[GatewayFinding], start: int) -> None:
        self.spec = spec
        self.parent = parent
        self.findings = findings
        self.found: dict[str, Placed] = {}
        self.repeats: list[tuple[str, Placed]] = []
        self.children: list[Loop] = []
        self.counts: dict[int, int] | None = None
        self.seen = spec.head_bit
        self.ordinal = 0
        self.start = self.stop = start

    @property
    def name(self) -> str:
        return self.spec.name

    def first(self, key: str) -> list[str]:
        """The elements of the first segment with a key; none when there is none."""
        placed = self.found.get(key)
        return placed[0] if placed else _NOTHING

    def every(self, key: str) -> list[Placed]:
        """Every segment with a key, in order."""
        first = self.found.get(key)
        return [first, *(placed for repeated, placed in self.repeats if repeated == key)] if first else []

    def position(self, key: str = "") -> int:
        """Where the first segment with a key stands; where the loop begins when there is none."""
        placed = self.found.get(key) or next(iter(self.found.values()), None)
        return placed[1] if placed else 0

    def named(self, name: str) -> "Loop | None":
        """The first loop of a name in this one."""
        for child in self.children:
            if child.spec.name == name:
                return child
        return None


_NOTHING: list[str] = []


@dataclass(slots=True)
class Levels:
    """The loops above a claim in force: billing provider, subscriber and, where one is sent, patient."""

    billing: Loop | None = None
    subscriber: Loop | None = None
    patient: Loop | None = None

    def present(self) -> list[Loop]:
        """Those that are there, from the top."""
        return [level for level in (self.billing, self.subscriber, self.patient) if level is not None]


@dataclass(slots=True)
class Walker:
    """Feed it the segments of a set in order; `claim` is the claim that is being read."""

    position: int = 0
    grammar: Grammar = CLAIM_GRAMMAR
    levels: Levels = field(default_factory=Levels)
    claim: Loop | None = None
    line: int = 0
    stop: int = 0
    kept: int = 0
    taken_apart: dict[str, TakenApart] = field(default_factory=dict)
    top: Loop = field(init=False)
    loop: Loop = field(init=False)

    def __post_init__(self) -> None:
        self.loop = self.top = Loop(self.grammar.transaction, None, [], 0)

    @classmethod
    def behind_header(cls, position: int, grammar: Grammar = CLAIM_GRAMMAR) -> Self:
        """A walker for what follows the header, of which so many segments were read."""
        walker = cls(position, grammar)
        walker.top.seen = grammar.transaction.required
        return walker

    def place(self, text: str, start: int, stop: int) -> None:
        """Put the next segment where it belongs."""
        self.position += 1
        segment = self.taken_apart.get(text) or self._take_apart(text)
        elements = segment.elements
        loop = self.loop
        node = loop.spec.nodes.get(segment.key)
        if node is None or node.ordinal < loop.ordinal:
            found = self._place_above(elements[0], segment.key)
            if found is None:
                self.stop = stop
                return
            loop, node = found
        is_repeated = loop.seen & node.bit
        if is_repeated and node.most:
            self._count(loop, node)
        loop.seen |= node.bit
        if node.ordinal > loop.ordinal:
            loop.ordinal = node.ordinal
        if node.opens is not None:
            self._open(loop, node.opens, start).found[node.key] = elements, self.position
        elif not is_repeated:
            loop.found[node.key] = elements, self.position
        elif self._may_keep():
            loop.repeats.append((node.key, (elements, self.position)))
        self.stop = stop
        if segment.fits is not node:
            self._check_elements(segment, node)

    def finish(self) -> Loop | None:
        """Close the claim that was being read and hand it over."""
        claim = self.claim
        if claim is not None:
            self._mark_end()
            self._leave(claim)
            if claim.spec.required & ~claim.seen:
                self._require(claim, self.position + 1)
            assert claim.parent is not None
            self.loop, self.claim, self.line = claim.parent, None, 0
        return claim

    def finish_header(self) -> None:
        """Close the loops above the first HL and ask for what is missing."""
        self._leave(self.top)
        self._require(self.top, self.position + 1)

    def _take_apart(self, text: str) -> TakenApart:
        """Split a segment; most of a file's segments come again and again, so the result is kept."""
        if len(self.taken_apart) >= MOST_TAKEN_APART:
            self.taken_apart.clear()
        cut = text if len(text) <= LONGEST_SEGMENT else text[:LONGEST_SEGMENT] + "\0"
        segment = self.taken_apart[text] = TakenApart(trimmed(cut))
        return segment

    def _place_above(self, segment: str, key: str) -> tuple[Loop, Node] | None:
        """The place of a segment in a loop around the present one, which is then left.

        A segment that has none ahead is reported; where a loop of the same level knows it, it is taken there out of
        order.
        """
        loop: Loop | None = self.loop
        known: tuple[Loop, Node] | None = None
        in_level = True
        while loop is not None:
            node = loop.spec.nodes.get(key)
            if node is not None and node.ordinal >= loop.ordinal:
                self._leave(loop)
                return loop, node
            if node is not None and in_level and known is None:
                known = loop, node
            in_level = in_level and not loop.spec.is_level
            loop = loop.parent
        if known is None:
            if self._may_report():
                error = UNEXPECTED if segment in self.grammar.known_segments else UNRECOGNIZED
                self._report(stray_finding(self.grammar.name, error, segment, self.loop.name, self.position, self.line))
            return None
        if self._may_report():
            self._report(place_finding(OUT_OF_ORDER, known[1], self.position, self.line))
        self._leave(known[0])
        return known

    def _open(self, parent: Loop, spec: LoopSpec, start: int) -> Loop:
        """Begin a loop in another one."""
        if spec.is_level:
            if parent.spec.required & ~parent.seen:
                self._require(parent, self.position)
            self._mark_end()
            child = Loop(spec, parent, [], start)
            self._begin_level(child)
        else:
            child = Loop(spec, parent, parent.findings, start)
            if self._may_keep():
                parent.children.append(child)
            if spec.name == "2400":
                self.line += 1
        self.loop = child
        return child

    def _begin_level(self, child: Loop) -> None:
        match child.name:
            case "2000A":
                self.levels = Levels(child)
            case "2000B":
                self.levels = Levels(self.levels.billing, child)
            case "2000C":
                self.levels = Levels(self.levels.billing, self.levels.subscriber, child)
            case _:
                self.claim = child
        self.kept = 0

    def _count(self, loop: Loop, node: Node) -> None:
        if loop.counts is None:
            loop.counts = {}
        count = loop.counts[node.bit] = loop.counts.get(node.bit, 1) + 1
        if count > node.most and self._may_report():
            error = LOOP_TOO_OFTEN if node.opens else SEGMENT_TOO_OFTEN
            self._report(place_finding(error, node, self.position, self.line))

    def _leave(self, target: Loop) -> None:
        """Close the loops inside another one. A closed loop lets go of the one around it: no cycle is left behind."""
        while self.loop is not target:
            closed = self.loop
            if closed.spec.required & ~closed.seen:
                self._require(closed, self.position)
            assert closed.parent is not None
            self.loop, closed.parent = closed.parent, None

    def _require(self, loop: Loop, position: int) -> None:
        """Report what a loop lacks, once; what comes below a level is not asked of it."""
        missing = loop.spec.required & ~loop.seen
        loop.seen |= missing
        for node in loop.spec.places:
            is_asked = node.bit & missing and not (node.opens and node.opens.is_level)
            if is_asked and len(loop.findings) < MOST_FINDINGS:
                loop.findings.append(place_finding(MISSING, node, position, self.line))

    def _check_elements(self, segment: TakenApart, node: Node) -> None:
        if node.matches(segment.text):
            segment.fits = node
            return
        for fault in faults_of(node.items, segment.elements):
            if not self._may_report():
                break
            self._report(element_finding(node, fault, self.position, self.line))

    def _report(self, finding: GatewayFinding) -> None:
        self.loop.findings.append(finding)

    def _may_report(self) -> bool:
        return len(self.loop.findings) < MOST_FINDINGS

    def _may_keep(self) -> bool:
        """Whether one more repetition may be kept: a flood of them is walked through and not stored."""
        self.kept += 1
        return self.kept <= MOST_KEPT

    def _mark_end(self) -> None:
        """The level that was being read ends with the segment that was placed last."""
        level = self.claim or self.levels.patient or self.levels.subscriber or self.levels.billing
        if level is not None and level.stop == level.start:
            level.stop = self.stop
