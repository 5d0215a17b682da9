"""The entry: a file's bytes to interchanges, groups, sets and claims, each with its verdict.

`read_file` reads the envelopes; `read_claims` reads one set, claim by claim, as it is asked for. A file of any size
needs the memory of its bytes and of one claim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from claims.intake.x12.build_837p import Above, build_above, build_billing_provider, build_claim, build_header
from claims.intake.x12.checks import (
    DEFAULT_FREQUENCIES,
    check_billing_provider,
    check_claim,
    check_coverage,
    check_patient,
    check_subscriber,
)
from claims.intake.x12.claim_837p import BillingProvider, ClaimSubmission
from claims.intake.x12.envelope import EnvelopeReader, unreadable_interchange
from claims.intake.x12.findings import MOST_FINDINGS, SYNTAX_STATUS, GatewayFinding
from claims.intake.x12.readings import InterchangeReading, SetReading
from claims.intake.x12.segments import SEPARATOR, read_header, segments_of
from claims.intake.x12.walk_837p import Levels, Loop, Walker

_BLANKS = re.compile(rb"[ \t\r\n\f\v]*")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file: its interchanges, and in words what could not be read at all."""

    interchanges: tuple[InterchangeReading, ...]
    problems: tuple[str, ...]

    def readable_sets(self) -> list[SetReading]:
        """The sets of all interchanges whose claims can be read, in file order."""
        return [transaction for interchange in self.interchanges for transaction in interchange.readable_sets()]


@dataclass(frozen=True, slots=True, repr=False)
class ClaimReading:
    """A claim as it was read: accepted when it has no finding. `position` is its number in the file, from 1."""

    position: int
    submission: ClaimSubmission
    findings: tuple[GatewayFinding, ...]

    @property
    def is_accepted(self) -> bool:
        return not self.findings

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses of its findings, each once; 684 is among them when the 999 reports a fault of the claim."""
        own = [finding.status for finding in self.findings]
        if any(finding.is_syntax for finding in self.findings):
            own.append(SYNTAX_STATUS)
        return tuple(dict.fromkeys(own))


def read_file(content: bytes) -> FileReading:
    """Read the envelopes of a file. Never raises: a file that is none is said so in `problems`."""
    if _is_utf16(content):
        return FileReading((), ("The file is in UTF-16. Save it as plain text (ASCII or UTF-8) and send it again.",))
    start = len(_UTF8_MARK) if content.startswith(_UTF8_MARK) else 0
    interchanges: list[InterchangeReading] = []
    problems: list[str] = []
    next_claim = 1
    while (start := _after_blanks(content, start)) < len(content):
        if not content.startswith(b"ISA", start):
            problems.append(_what_stands_there(content, start, is_first=not interchanges))
            break
        interchange = _read_interchange(content, start, next_claim)
        interchanges.append(interchange)
        next_claim += sum(transaction.claim_count for group in interchange.groups for transaction in group.sets)
        start = interchange.end
    if not interchanges and not problems:
        problems.append("The file is empty.")
    return FileReading(tuple(interchanges), tuple(problems))


def _read_interchange(content: bytes, start: int, next_claim: int) -> InterchangeReading:
    header = read_header(content, start)
    if header is None:
        return unreadable_interchange(content, start)
    return EnvelopeReader(content, start, header, next_claim).read()


def _is_utf16(content: bytes) -> bool:
    """Whether every other of the first bytes is NUL, or a mark says so."""
    halves = content[0:8:2], content[1:8:2]
    return content.startswith(_UTF16_MARKS) or any(half and not half.strip(b"\0") for half in halves)


def _after_blanks(content: bytes, start: int) -> int:
    match = _BLANKS.match(content, start)
    return match.end() if match else start


def _what_stands_there(content: bytes, start: int, *, is_first: bool) -> str:
    rest = len(content) - start
    if not is_first:
        return f"Behind the last interchange stand {rest} bytes, from byte {start + 1}, that were not read."
    head = content[start : start + 4]
    for mark, what in _OTHER_FILES.items():
        if head.startswith(mark):
            return f"The file is {what}, not an X12 file. Send the 837P itself."
    if head[:2] in (b"GS", b"ST"):
        return "The file begins without an ISA segment: its interchange header is missing. Send the whole interchange."
    return "The file does not begin with an ISA segment: it is not an X12 file."


_OTHER_FILES = {b"%PDF": "a PDF", b"PK": "a ZIP archive", b"\x1f\x8b": "a gzip archive", b"<": "XML", b"{": "JSON"}


def read_claims(
    transaction: SetReading, accepted_frequencies: frozenset[str] = DEFAULT_FREQUENCIES
) -> Iterator[ClaimReading]:
    """Every claim of a set in file order; none when the set is refused. May be called again: it reads anew."""
    if transaction.is_refused:
        return
    walker = Walker.behind_header(transaction.segments_before_body)
    reader = _ClaimReader(transaction, accepted_frequencies)
    segments = segments_of(transaction.content, transaction.body, transaction.end, transaction.delimiters)
    place = walker.place
    for text, start, stop in segments:
        if text[:3] in _ENDS_OF_CLAIM and (text[:3] != "CLM" or text[3:4] in ("", SEPARATOR)):
            claim = walker.finish()
            if claim is not None:
                yield reader.read(claim, walker.levels)
            if text[:3] == _TRAILER:
                return
        place(text, start, stop)


_TRAILER = "SE" + SEPARATOR
_ENDS_OF_CLAIM = frozenset(("CLM", "HL" + SEPARATOR, _TRAILER))


class _ClaimReader:
    """Builds and checks the claims of a set, one after the other."""

    def __init__(self, transaction: SetReading, accepted_frequencies: frozenset[str]) -> None:
        self.position = transaction.first_claim - 1
        self.accepted_frequencies = accepted_frequencies
        self.header = build_header(transaction.header)
        self.seen = Levels()
        self.provider: BillingProvider
        self.above: Above

    def read(self, loop: Loop, levels: Levels) -> ClaimReading:
        """One claim with its findings and those of its levels."""
        if levels is not self.seen:
            self._read_levels(levels)
        self.position += 1
        submission = build_claim(loop, levels, self.above)
        findings = [finding for level in levels.present() for finding in level.findings]
        findings += loop.findings
        findings += islice(check_claim(loop, submission, self.accepted_frequencies), MOST_FINDINGS)
        return ClaimReading(self.position, submission, tuple(findings))

    def _read_levels(self, levels: Levels) -> None:
        """Build and check what is new above the claim."""
        billing, subscriber, patient = levels.billing, levels.subscriber, levels.patient
        assert billing is not None and subscriber is not None
        if billing is not self.seen.billing:
            self.provider = build_billing_provider(billing)
            billing.findings += check_billing_provider(billing, self.provider)
        if subscriber is not self.seen.subscriber:
            self.above = build_above(self.header, self.provider, subscriber)
            subscriber.findings += check_coverage(subscriber, self.above.coverage)
            subscriber.findings += check_subscriber(subscriber, self.above.beneficiary, is_patient=patient is None)
        if patient is not None:
            self.above = replace(self.above, level=patient.first("HL*23")[1])
            patient.findings += check_patient(patient)
        self.seen = levels
