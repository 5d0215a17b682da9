"""What became of a file, in one line: compared with a table that was reviewed by hand (foreign_samples.csv)."""

from collections.abc import Iterator

from claims.intake.x12.acknowledge_999 import verdict_of
from claims.intake.x12.outcomes import SetOutcome, outcome_of
from claims.intake.x12.reading import read_claims, read_file
from claims.intake.x12.readings import GroupReading, InterchangeReading, SetReading


def verdict(content: bytes) -> str:
    """Each different verdict in the file, in order, with how often it comes."""
    reading = read_file(content)
    found = [line for interchange in reading.interchanges for line in _interchange(interchange)]
    found += ["in words" for _ in reading.problems]
    counted = {line: found.count(line) for line in found}
    return "; ".join(f"{count} x {line}" if count > 1 else line for line, count in counted.items())


def repaired(content: bytes) -> bytes:
    """The file with its counts, set numbers and levels set right, so that the faults in its claims come to light."""
    text = content.decode("latin-1")
    element, terminator = text[3], text[105]
    written, sets, position, level = [], 0, 0, 0
    numbers: dict[str, str] = {}
    for segment in filter(None, map(str.strip, text.split(terminator))):
        elements, position = segment.split(element), position + 1
        match elements[0]:
            case "ST":
                sets, position, level = sets + 1, 1, 0
                elements[2] = f"{sets:04}"
            case "SE":
                elements[1:3] = str(position), f"{sets:04}"
            case "GE":
                elements[1], sets = str(sets), 0
            case "HL":
                level += 1
                above = {"20": "", "22": "20", "23": "22"}[elements[3]]
                elements[1:3] = str(level), numbers.get(above, "")
                numbers[elements[3]] = str(level)
        written.append(element.join(elements) + terminator)
    return "".join(written).encode("latin-1")


def _interchange(interchange: InterchangeReading) -> Iterator[str]:
    if interchange.is_acknowledgement:
        yield "acknowledgement"
    elif interchange.is_refused:
        yield " ".join(("TA1 R", *interchange.errors))
    else:
        for group in interchange.groups:
            yield from _group(group)


def _group(group: GroupReading) -> Iterator[str]:
    if group.is_refused:
        yield " ".join(("AK9 R", *group.errors))
    else:
        for transaction in group.sets:
            yield _set(transaction)


def _set(transaction: SetReading) -> str:
    if transaction.is_refused:
        return " ".join(("IK5 R", *transaction.errors))
    outcome = SetOutcome(transaction, [*map(outcome_of, read_claims(transaction))])
    accepted = sum(claim.is_accepted for claim in outcome.claims)
    statuses = sorted({status for claim in outcome.claims for status in claim.statuses})
    return " ".join((f"IK5 {verdict_of(outcome)}", f"{accepted} of {len(outcome.claims)}", *statuses))
