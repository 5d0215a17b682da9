"""A plain account of a reading, for the screen of whoever sent the file: what was refused, why, and what to do.

It names claims by their patient control number and no patient; values that were sent are not repeated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.outcomes import ClaimOutcome, SetOutcome
from claims.intake.x12.reading import FileReading
from claims.intake.x12.readings import GroupReading, InterchangeReading

TA1_WORDS = {
    "000": "The interchange is in order.",
    "001": "The control numbers in ISA13 and IEA02 differ. Make them the same.",
    "003": "ISA12 is not 00501, the version that is read. Send version 00501.",
    "004": "The segment terminator (byte 106) cannot be used. Use a character such as ~.",
    "005": "The sender's qualifier (ISA05) is not a valid one. Correct it.",
    "006": "The sender's identifier (ISA06) is missing or not 15 characters wide. Correct it.",
    "007": "The receiver's qualifier (ISA07) is not a valid one. Correct it.",
    "008": "The receiver's identifier (ISA08) is missing or not 15 characters wide. Correct it.",
    "009": "The receiver (ISA08) is not known here. Check where the file was meant to go.",
    "010": "The authorization qualifier (ISA01) is not 00 or 03. Send 00.",
    "011": "The authorization information (ISA02) is not 10 characters wide. Send 10 spaces.",
    "012": "The security qualifier (ISA03) is not 00 or 01. Send 00.",
    "013": "The security information (ISA04) is not 10 characters wide. Send 10 spaces.",
    "014": "The date (ISA09) is not a day in the form YYMMDD. Correct it.",
    "015": "The time (ISA10) is not in the form HHMM. Correct it.",
    "016": "The repetition separator (ISA11) is not one character wide. Correct it.",
    "018": "The control number (ISA13) is not nine digits. Correct it.",
    "019": "ISA14 is not 0 or 1. Correct it.",
    "020": "The test indicator (ISA15) is not P or T. Correct it.",
    "021": "IEA01 does not give the number of groups in the interchange. Correct it.",
    "022": "A segment stands between the groups or sets where none may, or the ISA is broken. Send it built anew.",
    "023": "The interchange has no IEA: the file ends too early. Send it whole.",
    "024": "The interchange holds no group, or a GS that cannot be read (GS01, GS02, GS06, GS08). Send it anew.",
    "025": "An interchange with this control number (ISA13) was received before. Send a new one with a new number.",
    "027": "The component separator (ISA16) cannot be used. Use a character such as : that is no other separator.",
}

GROUP_WORDS = {
    "1": "This kind of transaction is not taken in here: only the 837P (claims), the 270 (eligibility) and the 276 "
    "(claim status).",
    "2": "The version in GS08 is not the one that is read. Send 005010X222A1 for an 837P, 005010X279A1 for a 270, "
    "005010X212 for a 276.",
    "3": "The group has no GE. Send it whole.",
    "4": "The control numbers in GS06 and GE02 differ. Make them the same.",
    "5": "GE01 does not give the number of sets in the group. Correct it.",
    "19": "An earlier group of the interchange has the same control number (GS06). Number the groups apart.",
}

SET_WORDS = {
    "1": "ST01 is not the set of its group: 837 in HC, 270 in HS, 276 in HR. Correct it.",
    "2": "The set has no SE. Send it whole.",
    "3": "The control numbers in ST02 and SE02 differ. Make them the same.",
    "4": "SE01 does not give the number of segments in the set. Correct it.",
    "5": "The beginning of the set or the order of its levels (HL) cannot be read.",
    "6": "ST01 is missing. Send 837, 270 or 276, as the group has it.",
    "7": "The set's control number (ST02) is not four to nine letters or digits. Correct it.",
    "23": "An earlier set of the group has the same control number (ST02). Number the sets apart.",
    "I6": "ST03 is not the version of its group: 005010X222A1, 005010X279A1 or 005010X212. Send that.",
}

ACKNOWLEDGEMENT = "It holds acknowledgements, which are kept and not answered."


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was refused or noted: what it is, and each reason with what to do about it."""

    what: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One sentence on the whole file, then what was not taken in."""

    summary: str
    items: tuple[Item, ...]


def account_of(
    reading: FileReading,
    outcomes: Sequence[SetOutcome],
    notes: Mapping[InterchangeReading, str] | None = None,
    inquiries: int = 0,
) -> Account:
    """The account of a file, given the outcomes of the sets that were taken in and how many inquiries were answered.

    `notes` are the caller's own verdicts on interchanges (TA105), such as 025 for one that was received before.
    """
    claims = [claim for outcome in outcomes for claim in outcome.claims]
    accepted = sum(claim.is_accepted for claim in claims)
    notes = notes or {}
    items = [item for interchange in reading.interchanges for item in _interchange(interchange, notes.get(interchange))]
    items += [item for outcome in outcomes for item in _notes(outcome)]
    items += [_claim(claim) for claim in claims if not claim.is_accepted]
    if reading.problems:
        items.append(Item("The file", reading.problems))
    sentences = [_summary(len(claims), accepted)] if claims or not inquiries else []
    sentences += [_answered(inquiries)] if inquiries else []
    return Account(" ".join(sentences), tuple(items))


def _summary(claims: int, accepted: int) -> str:
    if not claims:
        return "No claim was taken in from this file."
    if accepted == claims:
        return f"All {claims} claims were taken in." if claims > 1 else "The claim was taken in."
    return f"{accepted} of {claims} claims were taken in, {claims - accepted} refused."


def _answered(inquiries: int) -> str:
    return "The inquiry was answered." if inquiries == 1 else f"{inquiries} inquiries were answered."


def _interchange(interchange: InterchangeReading, note: str | None) -> Iterator[Item]:
    name = f"Interchange {interchange.control_number or 'without a number'}"
    errors = (note,) if note else interchange.errors
    if interchange.is_acknowledgement:
        yield Item(name, (ACKNOWLEDGEMENT,))
    elif errors:
        yield Item(f"{name} is refused", tuple(TA1_WORDS[code] for code in errors))
    else:
        for group in interchange.groups:
            yield from _group(group)


def _group(group: GroupReading) -> Iterator[Item]:
    name = f"Group {group.control_number or 'without a number'}"
    if group.is_acknowledgement:
        yield Item(name, (ACKNOWLEDGEMENT,))
    elif group.is_refused:
        yield Item(f"{name} is refused", tuple(GROUP_WORDS[code] for code in group.errors))
    else:
        for transaction in group.sets:
            if transaction.is_refused:
                reasons = [SET_WORDS[code] for code in transaction.errors]
                what = f"Set {transaction.control_number or 'without a number'} is refused"
                yield Item(what, (*reasons, *_messages(transaction.findings)))


def _notes(outcome: SetOutcome) -> Iterator[Item]:
    """What was noted on a set that was read all the same."""
    findings = [*outcome.transaction.findings, *outcome.in_inquiries]
    if findings:
        rest = "faults" if outcome.in_inquiries else "faults that refuse no claim"
        yield Item(f"Set {outcome.transaction.control_number} was read, with {rest}", _messages(findings))


def _claim(claim: ClaimOutcome) -> Item:
    name = claim.patient_control_number or "without a number"
    return Item(f"Claim {name} (number {claim.position} in the file) is refused", _messages(claim.findings))


def _messages(findings: Iterable[GatewayFinding]) -> tuple[str, ...]:
    """Each message once, with the line where it has one."""
    lines = (f"Line {finding.line}: {finding.message}" if finding.line else finding.message for finding in findings)
    return tuple(dict.fromkeys(lines))
