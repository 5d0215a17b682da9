"""The implementation acknowledgement (999, 005010X231A1): the syntax of each group and set.

A set that cannot be read is refused (IK5*R); one with a fault in a claim is accepted with errors noted (IK5*E), and
the 277CA then refuses that claim alone.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from claims.intake.x12.answers import Body, Identity, write_answer
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.outcomes import SetOutcome
from claims.intake.x12.readings import GroupReading, InterchangeReading, SetReading
from claims.intake.x12.segments import Element

GUIDE_999 = "005010X231A1"

SEGMENTS_IN_ERROR = "5"
_MOST_CODES = 5
_LONGEST_VALUE = 99
_LONGEST_LOOP = 4


def write_999(
    interchange: InterchangeReading,
    outcomes: Sequence[SetOutcome],
    identity: Identity,
    control_number: int,
    now: datetime,
) -> bytes:
    """One 999 for each group of an interchange that is no acknowledgement itself. `outcomes` are its readable sets."""
    by_set = {outcome.transaction: outcome for outcome in outcomes}
    groups = [group for group in interchange.groups if not group.is_acknowledgement]
    bodies = [_group(group, by_set) for group in groups]
    receiver = groups[0].gs[2].strip() if groups else ""
    return write_answer(interchange, identity, control_number, now, ("FA", GUIDE_999, receiver, "999"), bodies)


def verdict_of(outcome: SetOutcome | None) -> str:
    """IK501 of a set: A, E (accepted, errors noted) or R; no outcome is a set that was refused."""
    if outcome is None or outcome.transaction.is_refused:
        return "R"
    return "E" if any(finding.is_syntax for finding in outcome.findings) else "A"


def _group(group: GroupReading, by_set: dict[SetReading, SetOutcome]) -> Body:
    segments: Body = [("AK1", group.functional_id, group.control_number, group.guide)]
    verdicts = []
    if not group.is_refused:
        for transaction in group.sets:
            outcome = by_set.get(transaction)
            verdicts.append(verdict_of(outcome))
            segments += _set(transaction, outcome, verdicts[-1])
    accepted = sum(verdict != "R" for verdict in verdicts)
    declared = group.declared_sets if group.declared_sets.isdigit() else str(len(group.sets))
    codes = group.errors[:_MOST_CODES]
    segments.append(
        ("AK9", _group_verdict(group, verdicts), declared[-6:], str(len(group.sets)), str(accepted), *codes)
    )
    return segments


def _group_verdict(group: GroupReading, verdicts: list[str]) -> str:
    """AK901: refused, partly accepted, accepted with errors, accepted."""
    if group.is_refused or all(verdict == "R" for verdict in verdicts):
        return "R"
    if "R" in verdicts:
        return "P"
    return "E" if "E" in verdicts else "A"


def _set(transaction: SetReading, outcome: SetOutcome | None, verdict: str) -> Iterator[Sequence[Element]]:
    identifier, number, guide = (value.strip() for value in transaction.st[1:4])
    yield "AK2", identifier[:3] or "837", number[:9].ljust(4, "0"), guide[:35]
    findings = [finding for finding in (outcome.findings if outcome else transaction.findings) if finding.is_syntax]
    claims = _claim_numbers(outcome)
    findings.sort(key=lambda finding: (finding.position, finding.segment_error, finding.element, finding.component))
    for _, same in groupby(findings, key=_segment_key):
        yield from _segment(list(same), claims)
    codes = list(transaction.errors)
    if verdict == "E" and SEGMENTS_IN_ERROR not in codes:
        codes.append(SEGMENTS_IN_ERROR)
    yield "IK5", verdict, *codes[:_MOST_CODES]


def _segment_key(finding: GatewayFinding) -> tuple[int, str, str, str]:
    return finding.position, finding.segment, finding.loop, finding.segment_error


def _segment(findings: list[GatewayFinding], claims: dict[GatewayFinding, str]) -> Iterator[Sequence[Element]]:
    """IK3 for a segment, CTX with the claim where it lies in one, IK4 for each element."""
    first = findings[0]
    loop = "" if first.loop == "ST" else first.loop[:_LONGEST_LOOP]
    yield "IK3", _segment_id(first.segment or first.value), str(first.position), loop, first.segment_error
    if number := claims.get(first):
        yield "CTX", ("CLM01", number)
    for finding in findings:
        if finding.element_error:
            place = (str(finding.element), str(finding.component)) if finding.component else str(finding.element)
            yield "IK4", place, finding.data_element, finding.element_error, _bad_value(finding.value)


def _segment_id(name: str) -> str:
    """A segment's name in the form that IK301 can have; one that has no such form is named ZZZ."""
    clean = "".join(character for character in name if character.isascii() and character.isalnum())[:3].upper()
    return clean if len(clean) >= 2 else "ZZZ"


def _bad_value(value: str) -> str:
    printable = "".join(character for character in value if character.isascii() and character.isprintable())
    return printable[:_LONGEST_VALUE].strip()


def _claim_numbers(outcome: SetOutcome | None) -> dict[GatewayFinding, str]:
    """The claim in which a finding lies, by its patient control number."""
    if outcome is None:
        return {}
    return {
        finding: claim.patient_control_number
        for claim in outcome.claims
        for finding in claim.findings
        if finding.is_of_claim and finding.is_syntax
    }
