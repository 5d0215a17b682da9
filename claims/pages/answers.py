"""The answers to a file, TA1, 999, 277CA, 271 and 277, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from claims.edits.wording import dollars
from claims.inquiries.words import eligibility_sentences, status_sentences
from claims.intake.x12.segments import COMPONENT, SEPARATOR, read_header, segments_of
from claims.models import Acknowledgement

#: More faults of one answer than this are not listed; the file has them all.
MOST_SENTENCES = 50

Elements = list[str]


@dataclass(frozen=True, slots=True)
class AnswerShown:
    answer: Acknowledgement
    sentences: tuple[str, ...]


def answer_shown(answer: Acknowledgement) -> AnswerShown:
    """An answer with what it says, one sentence a fact."""
    tell = TELLERS[answer.kind]
    sentences = list(tell(_segments(answer.content)))
    rest = len(sentences) - MOST_SENTENCES
    more = [f"{rest} more stand in the file."] if rest > 0 else []
    return AnswerShown(answer, (*sentences[:MOST_SENTENCES], *more))


def _segments(text: str) -> Iterator[Elements]:
    content = text.encode("latin-1", "replace")
    header = read_header(content, 0)
    if header:
        for segment, _, _ in segments_of(content, 0, len(content), header.delimiters):
            yield segment.split(SEPARATOR)


def _at(elements: Elements, place: int) -> str:
    return elements[place].strip() if place < len(elements) else ""


# ---------- TA1 ----------

INTERCHANGE_NOTES = {
    "001": "the control numbers of its header and trailer differ",
    "003": "its version is not supported",
    "004": "its segment terminator cannot be one",
    "005": "the sender's qualifier is not valid",
    "006": "the sender's id is not valid",
    "007": "the receiver's qualifier is not valid",
    "008": "the receiver's id is not valid",
    "010": "its authorization qualifier is not valid",
    "011": "its authorization information is not valid",
    "012": "its security qualifier is not valid",
    "013": "its security information is not valid",
    "014": "its date is not valid",
    "015": "its time is not valid",
    "016": "its repetition separator is not valid",
    "018": "its control number is not valid",
    "019": "its acknowledgement request is not valid",
    "020": "its usage indicator is not valid",
    "021": "the number of its groups is not the one it gives",
    "022": "its control structure is not valid",
    "023": "it ends too early",
    "024": "its content is not valid",
    "025": "an interchange with this control number came before",
    "027": "its component separator is not valid",
}


def _interchange(segments: Iterator[Elements]) -> Iterator[str]:
    for elements in segments:
        if elements[0] == "TA1":
            verdict = {"A": "is accepted", "E": "is accepted with errors", "R": "is refused"}.get(_at(elements, 4), "")
            note = INTERCHANGE_NOTES.get(_at(elements, 5), "")
            yield f"Interchange {_at(elements, 1)} {verdict}{f': {note}' if note else ''}."


# ---------- 999 ----------

SEGMENT_FAULTS = {
    "1": "is not known",
    "2": "is not expected there",
    "3": "is missing",
    "4": "stands in a loop that is repeated too often",
    "5": "is repeated too often",
    "7": "stands in the wrong place",
    "8": "has an element in error",
    "I4": "is not used by the guide",
    "I6": "is missing, and what else was sent needs it",
}
ELEMENT_FAULTS = {
    "1": "is missing",
    "2": "is missing beside the one that needs it",
    "3": "is one too many",
    "4": "is too short",
    "5": "is too long",
    "6": "has a character that may not stand there",
    "7": "is a code that the guide does not have",
    "8": "is not a date",
    "9": "is not a time",
    "12": "is repeated too often",
    "13": "has too many components",
    "I10": "is not used by the guide",
    "I12": "does not have the form that the guide asks for",
}
SET_FAULTS = {
    "1": "the set is not supported",
    "2": "its trailer is missing",
    "3": "the control numbers of header and trailer differ",
    "4": "the number of segments is not the one it gives",
    "5": "segments in it are in error",
    "6": "its identifier is not valid",
    "7": "its control number is not valid",
    "23": "its control number came before",
    "I5": "segments in it do not fit the guide",
    "I6": "its version is not supported",
}
GROUP_FAULTS = {
    "1": "this kind of group is not supported",
    "2": "its version is not supported",
    "3": "its trailer is missing",
    "4": "the control numbers of header and trailer differ",
    "5": "the number of sets is not the one it gives",
    "6": "its control number is not valid",
}
ACCEPTANCE = {
    "A": "is accepted",
    "E": "is accepted, with the errors named here",
    "P": "is accepted in part",
    "R": "is refused",
}


def _syntax(segments: Iterator[Elements]) -> Iterator[str]:
    group = transaction = segment = ""
    for elements in segments:
        match elements[0]:
            case "AK1":
                group = _at(elements, 2)
            case "AK2":
                transaction = _at(elements, 2)
            case "IK3":
                segment = f"Segment {_at(elements, 1)} at position {_at(elements, 2)}{_loop(elements)}"
                if _at(elements, 4) != "8":
                    yield f"{segment} {SEGMENT_FAULTS.get(_at(elements, 4), 'is in error')}."
            case "IK4":
                place = _at(elements, 1).replace(COMPONENT, "-")
                yield f"{segment}: element {place} {ELEMENT_FAULTS.get(_at(elements, 3), 'is in error')}."
            case "IK5":
                yield _verdict(f"Set {transaction}", elements, SET_FAULTS, 2)
            case "AK9":
                yield _verdict(f"Group {group}", elements, GROUP_FAULTS, 5)


def _loop(elements: Elements) -> str:
    return f" in loop {_at(elements, 3)}" if _at(elements, 3) else ""


def _verdict(what: str, elements: Elements, faults: Mapping[str, str], first: int) -> str:
    found = [faults.get(code.strip(), f"code {code.strip()}") for code in elements[first:] if code.strip()]
    return f"{what} {ACCEPTANCE.get(_at(elements, 1), 'is answered')}{': ' if found else ''}{'; '.join(found)}."


# ---------- 277CA ----------

#: QTY01 and AMT01 of a submitter's batch in a 277CA.
ACCEPTED, REJECTED = ("90", "YU"), ("AA", "YY")


def _claims(segments: Iterator[Elements]) -> Iterator[str]:
    """The counts and charges of each batch; what is wrong with a claim stands with the claim."""
    totals: dict[str, str] = {}
    level = ""
    for elements in segments:
        match elements[0]:
            case "HL":
                if level == "21":
                    yield from _batch(totals)
                    totals = {}
                level = _at(elements, 3)
            case "QTY" | "AMT" if level == "21":
                totals[_at(elements, 1)] = _at(elements, 2)
    if level == "21":
        yield from _batch(totals)


def _batch(totals: Mapping[str, str]) -> Iterator[str]:
    for (count, charge), words in ((ACCEPTED, "accepted into adjudication"), (REJECTED, "rejected")):
        if count in totals:
            number = int(totals[count])
            noun = "claim" if number == 1 else "claims"
            yield f"{number:,} {noun} {words}, {dollars(Decimal(totals.get(charge) or 0))} charged."


TELLERS = {
    "TA1": _interchange,
    "999": _syntax,
    "277CA": _claims,
    "271": eligibility_sentences,
    "277": status_sentences,
}
