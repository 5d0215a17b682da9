"""A 271 and a 277 in words, a sentence for each patient or claim, read from the segments as they were sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from claims.edits.wording import dollars, in_words
from claims.inquiries.asking import WhyNot
from claims.inquiries.status_codes import in_words as status_in_words
from claims.inquiries.status_codes import status_of
from claims.intake.x12.elements import day_of
from claims.intake.x12.segments import COMPONENT

Elements = list[str]

REJECTIONS = {why.reject_reason: why.words for why in WhyNot}
#: Qualifiers of spans (DTP01), which are open where they have one day.
SPANS = ("290", "291", "292")
PLACES = {"48": "a hospital", "AG": "a skilled nursing facility"}


def _at(elements: Elements, place: int) -> str:
    return elements[place].strip() if place < len(elements) else ""


def _days(text: str, *, is_span: bool = False) -> str:
    """ "January 5, 2026", "January 5, 2026 through February 4, 2026"; "from January 5, 2026" for an open span."""
    days = " through ".join(in_words(day) for part in text.split("-") if (day := day_of(part)))
    return f"from {days}" if is_span and "-" not in text else days


def _name(nm1: Elements) -> str:
    return ", ".join(filter(None, (_at(nm1, 3), _at(nm1, 4)))) or "The patient"


# ---------- 271 ----------


def eligibility_sentences(segments: Iterator[Elements]) -> Iterator[str]:
    """What a 271 says, a sentence for each patient."""
    for patient in _patients(segments):
        if said := dict.fromkeys(_said_of(patient)):
            yield f"{_name(patient[0])}: {'; '.join(said)}."


def _patients(segments: Iterator[Elements]) -> Iterator[list[Elements]]:
    """The segments of each name, from its NM1 to the next level."""
    found: list[Elements] = []
    for elements in segments:
        if elements[0] in ("HL", "SE"):
            if found:
                yield found
            found = []
        elif elements[0] == "NM1" or found:
            found.append(elements)


def _said_of(patient: list[Elements]) -> Iterator[str]:
    benefit: dict[str, str] = {}
    for elements in [*patient[1:], ["EB"]]:
        match elements[0]:
            case "AAA":
                yield REJECTIONS.get(_at(elements, 3), f"not answered, reason {_at(elements, 3)}").rstrip(".")
            case "DTP" if not benefit and _at(elements, 1) == "307":
                yield f"as of {_days(_at(elements, 3))}"
            case "DTP":
                benefit[_at(elements, 1)] = _days(_at(elements, 3), is_span=_at(elements, 1) in SPANS)
            case "MSG":
                benefit["MSG"] = _at(elements, 1)
            case "EB":
                if "EB01" in benefit:
                    yield _benefit(benefit)
                benefit = {f"EB{place:02}": value.strip() for place, value in enumerate(elements) if place}


Benefit = Mapping[str, str]


def _benefit(said: Benefit) -> str:
    """One EB loop in words: its elements by name, its dates by qualifier."""
    return BENEFITS.get(said["EB01"], _described)(said)


def _active(said: Benefit) -> str:
    return f"Part B {said.get('291', '')}".strip()


def _inactive(said: Benefit) -> str:
    return f"no Part B on the day, on file {said['291']}" if "291" in said else "no Part B on the day"


def _other_payer(said: Benefit) -> str:
    is_plan = said.get("MSG", "").startswith("MEDICARE ADVANTAGE")
    what = "in a Medicare Advantage plan" if is_plan else "another insurer pays first"
    return f"{what} {said.get('290', '')}"


def _place(said: Benefit) -> str:
    if said.get("EB03") == "45":
        return f"hospice {said.get('292', '')}"
    until = f", discharged {said['096']}" if "096" in said else ""
    return f"in {PLACES.get(said.get('EB03', ''), 'a facility')}, admitted {said.get('435', '')}{until}"


def _deductible(said: Benefit) -> str:
    amount = dollars(Decimal(said.get("EB07") or 0))
    return f"{amount} of it left" if said.get("EB06") == "29" else f"deductible {amount}"


def _coinsurance(said: Benefit) -> str:
    return f"coinsurance {Decimal(said.get('EB08') or 0):.0%}"


def _described(said: Benefit) -> str:
    if "348" in said:
        last = f", last visit {said['304']}" if "304" in said else ""
        return f"initial visit possible from {said['348']}{last}"
    if code := " ".join(said.get("EB13", "").split(COMPONENT)[1:]):
        counts = "is undecided at DME, would count" if "UNDECIDED" in said.get("MSG", "") else "counts"
        return f"{code} {counts} {said.get('292', '')}"
    return "no home infusion drug in the 30 days before"


BENEFITS = {
    "1": _active,
    "6": _inactive,
    "R": _other_payer,
    "X": _place,
    "C": _deductible,
    "A": _coinsurance,
}


# ---------- 277 ----------


def status_sentences(segments: Iterator[Elements]) -> Iterator[str]:
    """What a 277 says, a sentence for each claim asked for; its lines stand in the file."""
    name = ""
    said: dict[str, str] = {}
    for elements in segments:
        if elements[0] in ("HL", "TRN", "SE", "SVC") and "status" in said:
            yield _claim(name, said)
        match elements[0]:
            case "NM1":
                name = _name(elements)
            case "HL" | "TRN" | "SE" | "SVC":
                is_claim = elements[0] == "TRN"
                said = {"trace": _at(elements, 2)} if is_claim else {}
            case "STC" if "trace" in said and "status" not in said:
                said["status"] = "; ".join(_statuses(elements))
                said["paid"], said["on"], said["with"] = _at(elements, 5), _at(elements, 8), _at(elements, 9)
            case "REF" if "trace" in said:
                said[_at(elements, 1)] = _at(elements, 2)
            case "DTP" if "trace" in said:
                said["days"] = _days(_at(elements, 3))


def _statuses(stc: Elements) -> Iterator[str]:
    for place in (1, 10, 11):
        if text := _at(stc, place):
            yield status_in_words(status_of(text.replace(COMPONENT, ":")))


def _claim(name: str, said: Mapping[str, str]) -> str:
    claim = f"claim {said['1K']}" if "1K" in said else f"claim {said['EJ']}" if "EJ" in said else ""
    what = ", ".join(filter(None, (name, claim, said.get("days", ""))))
    remittance = f", {dollars(Decimal(said['paid'] or 0))} on {_days(said['on'])}, remittance {said['with']}"
    return f"{what}: {said['status']}{remittance if said['with'] else ''}."
