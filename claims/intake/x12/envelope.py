"""Interchanges, groups and sets: what a file is made of, and what is wrong with the envelopes (X12.5).

This first pass looks at no claim. It counts segments, claims and levels, finds where each set begins and ends, and says
in the codes of TA1 (TA105), 999 (AK905 for a group, IK502 for a set) what keeps an envelope from being read. Whether
an interchange was received before is for the caller to say: that needs a database.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from claims.intake.x12.elements import day_of
from claims.intake.x12.findings import MISSING, GatewayFinding
from claims.intake.x12.grammars import GRAMMARS, LADDERS
from claims.intake.x12.hierarchy import Hierarchy
from claims.intake.x12.readings import CLAIMS, GUIDES, GroupReading, Guide, InterchangeReading, SetReading
from claims.intake.x12.segments import (
    DEFAULT_DELIMITERS,
    ISA_WIDTHS,
    SEPARATOR,
    Delimiters,
    InterchangeHeader,
    read_header,
    segments_of,
)
from claims.intake.x12.walk_837p import Loop, Walker

# TA105, by the ISA element whose width or value is wrong (X12.5, interchange note codes).
ELEMENT_NOTES = dict(
    zip(range(1, 17), "010 011 012 013 005 006 007 008 014 015 016 003 018 019 020 027".split(), strict=True)
)
NOTE_CONTROL_NUMBERS, NOTE_TERMINATOR, NOTE_GROUP_COUNT, NOTE_STRUCTURE = "001", "004", "021", "022"
NOTE_END_OF_FILE, NOTE_CONTENT, NOTE_COMPONENT_SEPARATOR = "023", "024", "027"

INTERCHANGE_QUALIFIERS = ("01", "14", "20", "27", "28", "29", "30", "33", "ZZ")
_ISA_CODES = {
    1: ("00", "03"),
    3: ("00", "01"),
    5: INTERCHANGE_QUALIFIERS,
    7: INTERCHANGE_QUALIFIERS,
    12: ("00501",),
    14: ("0", "1"),
    15: ("P", "T"),
}
_ISA = re.compile(rb"ISA[^A-Za-z0-9 ]")
_GROUP = re.compile(r"[A-Z]{2}\x1d[ -~]{2,15}\x1d[0-9]{1,9}\x1d[A-Z0-9]{1,12}")
_INTERCHANGE = frozenset(("ISA", "IEA"))
_LONGEST_TRAILER = 400
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")


@dataclass(slots=True)
class _OpenSet:
    st: tuple[str, ...]
    start: int
    first_claim: int
    errors: list[str]
    hierarchy: Hierarchy
    count: int = 1
    body: int = 0
    before_body: int = 0


@dataclass(slots=True)
class _OpenGroup:
    gs: tuple[str, ...]
    errors: list[str]
    sets: list[SetReading] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)

    @property
    def guide(self) -> Guide | None:
        """The guide of its sets, if it is one that is read."""
        guide = GUIDES.get(self.gs[1].strip())
        return guide if guide and guide.version == self.gs[8].strip() else None


class EnvelopeReader:
    """Reads one interchange, segment by segment."""

    def __init__(self, content: bytes, start: int, header: InterchangeHeader, first_claim: int) -> None:
        self.content = content
        self.start = start
        self.header = header
        self.next_claim = first_claim
        self.errors = _header_errors(header)
        self.groups: list[GroupReading] = []
        self.group: _OpenGroup | None = None
        self.set: _OpenSet | None = None
        self.group_numbers: set[str] = set()
        self.holds_ta1 = False
        self.end = start
        self._handlers: dict[str, Callable[[str, int, int], None]] = {
            "GS": self._begin_group,
            "ST": self._begin_set,
            "SE": self._end_set,
            "GE": self._end_group,
            "HL": self._level,
        }
        self._handlers |= {name + SEPARATOR: handler for name, handler in self._handlers.items()}
        self._handlers |= {"CLM": self._claim, "TA1": self._acknowledgement}

    def read(self) -> InterchangeReading:
        """Read up to the IEA, the next ISA or the end of the file."""
        if self.header.delimiters.are_sound():
            self._read_segments(segments_of(self.content, self.start, len(self.content), self.header.delimiters))
        else:
            self.end = next_interchange(self.content, self.start)
        return InterchangeReading(
            self.header.elements,
            self.header.delimiters,
            self.start,
            self.end,
            tuple(self.groups),
            tuple(self.errors),
            self.holds_ta1,
        )

    def _read_segments(self, segments: Iterator[tuple[str, int, int]]) -> None:
        handlers = self._handlers
        passed = 0
        _, _, stop = next(segments)
        for text, start, stop in segments:
            name = text[:3]
            handler = handlers.get(name)
            if handler is not None:
                self._pass_over(passed)
                passed = 0
                self.end = start
                handler(text, start, stop)
            elif name in _INTERCHANGE and text[3:4] == SEPARATOR:
                self.end = start
                break
            else:
                passed += 1
        else:
            text, self.end = "", stop
        self._pass_over(passed)
        self._close_group()
        if text.startswith("IEA"):
            self._end_interchange(text)
            self.end = stop
        else:
            self._note(NOTE_END_OF_FILE)

    def _pass_over(self, segments: int) -> None:
        """Count segments that have no part in the envelope; outside of a set there may be none."""
        if self.set is not None:
            self.set.count += segments
        elif segments:
            self._note(NOTE_STRUCTURE)

    def _note(self, code: str) -> None:
        if code not in self.errors:
            self.errors.append(code)

    def _acknowledgement(self, text: str, start: int, stop: int) -> None:
        if self.group is None and text[3:4] == SEPARATOR:
            self.holds_ta1 = True
        else:
            self._pass_over(1)

    def _begin_group(self, text: str, start: int, stop: int) -> None:
        self._close_group()
        gs = _padded(text, 9)
        if not _is_sound_group(gs):
            self._note(NOTE_CONTENT)
        self.group = _OpenGroup(gs, _group_errors(gs, self.group_numbers))
        self.group_numbers.add(gs[6].strip())

    def _begin_set(self, text: str, start: int, stop: int) -> None:
        self._close_set(start)
        if self.group is None:
            self._note(NOTE_STRUCTURE)
            return
        st = _padded(text, 4)
        hierarchy = Hierarchy(LADDERS[self.group.guide])
        self.set = _OpenSet(st, start, self.next_claim, _set_errors(st, self.group), hierarchy)
        self.group.numbers.add(st[2].strip())

    def _level(self, text: str, start: int, stop: int) -> None:
        current = self.set
        if current is None:
            self._note(NOTE_STRUCTURE)
            return
        if not current.body:
            current.body, current.before_body = start, current.count
        current.count += 1
        current.hierarchy.see_level(text, current.count)

    def _claim(self, text: str, start: int, stop: int) -> None:
        if self.set is None or text[3:4] not in ("", SEPARATOR):
            self._pass_over(1)
            return
        self.set.count += 1
        self.set.hierarchy.see_claim(self.set.count)

    def _end_set(self, text: str, start: int, stop: int) -> None:
        if self.set is None:
            self._note(NOTE_STRUCTURE)
            return
        se = _padded(text, 3)
        self.set.count += 1
        if se[2].strip() != self.set.st[2].strip():
            self.set.errors.append("3")
        if not _is_count(se[1], self.set.count):
            self.set.errors.append("4")
        self._close_set(stop, has_trailer=True)

    def _end_group(self, text: str, start: int, stop: int) -> None:
        self._close_set(start)
        if self.group is None:
            self._note(NOTE_STRUCTURE)
            return
        ge = _padded(text, 3)
        if ge[2].strip() != self.group.gs[6].strip():
            self.group.errors.append("4")
        if not _is_count(ge[1], len(self.group.sets)):
            self.group.errors.append("5")
        self._close_group(ge[1].strip())

    def _end_interchange(self, text: str) -> None:
        iea = _padded(text, 3)
        if iea[2].strip() != self.header.elements[13].strip():
            self._note(NOTE_CONTROL_NUMBERS)
        if not _is_count(iea[1], len(self.groups)):
            self._note(NOTE_GROUP_COUNT)
        if not self.groups and not self.holds_ta1:
            self._note(NOTE_CONTENT)

    def _close_set(self, end: int, *, has_trailer: bool = False) -> None:
        if self.set is None or self.group is None:
            return
        current, self.set = self.set, None
        if not has_trailer:
            current.errors.append("2")
        reading = _set_reading(self.content, self.header.delimiters, current, end, self.group.guide)
        self.next_claim += reading.claim_count
        self.group.sets.append(reading)

    def _close_group(self, declared: str | None = None) -> None:
        self._close_set(self.end)
        if self.group is None:
            return
        current, self.group = self.group, None
        if declared is None:
            current.errors.append("3")
        sets = tuple(current.sets)
        errors = tuple(dict.fromkeys(current.errors))
        self.groups.append(GroupReading(current.gs, sets, declared or str(len(sets)), errors))


def unreadable_interchange(content: bytes, start: int) -> InterchangeReading:
    """An interchange whose ISA cannot be taken apart: what elements it seems to have, refused (TA105 022)."""
    head = content[start : start + 106].decode("latin-1")
    isa = (*head.split(head[3:4] or "*", 16), *[""] * 17)[:17]
    end = next_interchange(content, start)
    return InterchangeReading(isa, DEFAULT_DELIMITERS, start, end, (), (NOTE_STRUCTURE,), False)


def next_interchange(content: bytes, start: int) -> int:
    """Where the next whole ISA stands behind one that cannot be read; the end of the file when none does."""
    for match in _ISA.finditer(content, start + 3):
        header = read_header(content, match.start())
        if header is not None and header.has_fixed_width:
            return match.start()
    return len(content)


def _set_reading(
    content: bytes, delimiters: Delimiters, current: _OpenSet, end: int, guide: Guide | None
) -> SetReading:
    errors, findings, header = list(current.errors), [], None
    hierarchy = current.hierarchy
    if guide:
        hierarchy.close(current.count)
        header, header_findings = _walk_header(content, delimiters, current, end, guide)
        findings = [*header_findings, *hierarchy.faults, *hierarchy.notes]
        if hierarchy.faults or any(map(_leaves_it_headless, header_findings)):
            errors.append("5")
    return SetReading(
        st=current.st,
        start=current.start,
        end=end,
        body=current.body or end,
        segments_before_body=current.before_body or current.count,
        first_claim=current.first_claim,
        claim_count=hierarchy.claims if guide is CLAIMS else 0,
        errors=tuple(dict.fromkeys(errors)),
        findings=tuple(findings),
        content=content,
        delimiters=delimiters,
        guide=guide,
        header=header,
    )


def _walk_header(
    content: bytes, delimiters: Delimiters, current: _OpenSet, end: int, guide: Guide
) -> tuple[Loop, list[GatewayFinding]]:
    """The loops between ST and the first HL, and what is wrong with them."""
    walker = Walker(position=1, grammar=GRAMMARS[guide])
    segments = segments_of(content, current.start, current.body or end, delimiters)
    next(segments)
    for text, start, stop in segments:
        if text[:3] in ("SE" + SEPARATOR, "CLM"):
            break
        walker.place(text, start, stop)
    walker.finish_header()
    return walker.top, walker.top.findings


def is_isa_date(value: str) -> bool:
    """Whether a value is a day in the form of ISA09, YYMMDD of this century."""
    return day_of(f"20{value}") is not None


def is_isa_time(value: str) -> bool:
    """Whether a value is a time in the form of ISA10, HHMM."""
    return _TIME.fullmatch(value) is not None


def _leaves_it_headless(finding: GatewayFinding) -> bool:
    """Whether a set lacks its beginning, submitter or receiver, so that it could not even be answered."""
    return finding.segment in ("BHT", "NM1") and (finding.segment_error == MISSING or finding.element_error == "1")


def _header_errors(header: InterchangeHeader) -> list[str]:
    """TA105 codes for an ISA; ISA11 may be the U of version 4010."""
    isa = header.elements
    wrong = [index for index, codes in _ISA_CODES.items() if isa[index] not in codes]
    wrong += [index for index in (6, 8) if not isa[index].strip()]
    forms = ((9, is_isa_date(isa[9])), (10, is_isa_time(isa[10])), (13, isa[13].isascii() and isa[13].isdigit()))
    wrong += [index for index, is_sound in forms if not is_sound]
    wrong += [index for index, value in enumerate(isa) if index and len(value) != ISA_WIDTHS[index - 1]]
    errors = [ELEMENT_NOTES[index] for index in sorted(set(wrong))]
    if not header.delimiters.are_sound():
        errors.append(NOTE_TERMINATOR if header.delimiters.has_bad_terminator else NOTE_COMPONENT_SEPARATOR)
    return errors


def _is_sound_group(gs: tuple[str, ...]) -> bool:
    """Whether a GS says what it is (GS01, GS08), whose (GS02) and which (GS06), so that a 999 could answer it."""
    return _GROUP.fullmatch(SEPARATOR.join(gs[index].strip() for index in (1, 2, 6, 8))) is not None


def _group_errors(gs: tuple[str, ...], seen: set[str]) -> list[str]:
    """AK905 codes for a GS."""
    number = gs[6].strip()
    errors = []
    guide = GUIDES.get(gs[1].strip())
    if guide is None:
        errors.append("1")
    elif gs[8].strip() != guide.version:
        errors.append("2")
    if number in seen:
        errors.append("19")
    return errors


def _set_errors(st: tuple[str, ...], group: _OpenGroup) -> list[str]:
    """IK502 codes for an ST of a group that is read; a group of anything else is refused or passed over as it is."""
    guide = group.guide
    if guide is None:
        return []
    identifier, number, version = (value.strip() for value in st[1:4])
    errors = []
    if not identifier:
        errors.append("6")
    elif identifier != guide.transaction:
        errors.append("1")
    if not (4 <= len(number) <= 9 and number.isascii() and number.isalnum()):
        errors.append("7")
    if number in group.numbers:
        errors.append("23")
    if version != guide.version:
        errors.append("I6")
    return errors


def _is_count(value: str, count: int) -> bool:
    value = value.strip()
    return value.isascii() and value.isdigit() and len(value) <= 10 and int(value) == count


def _padded(text: str, length: int) -> tuple[str, ...]:
    elements = text[:_LONGEST_TRAILER].split(SEPARATOR)
    return (*elements, *[""] * (length - len(elements)))
