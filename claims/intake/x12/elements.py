"""What an element may hold: one description, read in two ways.

`pattern_of` turns the description of a segment into one regular expression over its whole text, which costs less than
a microsecond to match; `faults_of` says, element by element, what is wrong with a segment that does not match. A test
holds the two together. The codes are those of IK403 (999, 005010X231A1).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from claims.intake.x12.segments import COMPONENT, REPETITION, SEPARATOR

REQUIRED, SITUATIONAL, UNUSED = "!", "?", "-"

# Data element dictionary: number, kind (AN text, RP text that may be repeated, R number, M money, N whole number,
# DT date, TM time), least and most characters. 1251 takes its form from the qualifier before it (1250): D8 a date, RD8
# two dates.
_DICTIONARY = """
19 AN 2 30;26 AN 2 3;66 AN 1 2;67 AN 2 80;81 R 1 10;93 AN 1 60;98 AN 2 3;100 AN 3 3;116 AN 3 15;118 R 1 9;127 AN 1 50
128 AN 2 3;156 AN 2 2;166 AN 1 55;234 AN 1 48;235 AN 2 2;332 R 1 6;337 TM 4 8;338 R 1 6;350 AN 1 20;352 AN 1 80
353 AN 2 2;355 AN 2 2;363 AN 3 3;364 AN 1 256;365 AN 2 2;366 AN 2 2;373 DT 8 8;374 AN 3 3;380 R 1 15;449 AN 1 80
522 AN 1 3;554 N 1 6;594 AN 1 1;628 AN 1 12;640 AN 2 2;673 AN 2 2;734 AN 1 12;735 AN 1 2;736 AN 1 1;737 AN 2 2
738 AN 1 3;739 R 1 20;755 AN 2 2;756 AN 1 2;782 M 1 18;799 AN 1 30;901 AN 2 2;954 R 1 10;1005 AN 4 4;1028 AN 1 38
1032 AN 1 2;1033 AN 1 2;1034 AN 1 5;1035 AN 1 60;1036 AN 1 35;1037 AN 1 25;1039 AN 1 10;1065 AN 1 1;1068 AN 1 1
1069 AN 2 2;1073 AN 1 1;1136 AN 2 2;1138 AN 1 1;1166 AN 2 2;1221 AN 1 3;1250 AN 2 3;1251 DT 8 8;1270 AN 1 3
1271 AN 1 30;1317 AN 1 1;1321 AN 2 3;1322 AN 1 1;1325 AN 1 1;1327 AN 1 1;1328 N 1 2;1331 AN 1 2;1332 AN 1 2;1336 AN 1 3
1339 AN 2 2;1342 AN 1 1;1351 AN 1 1;1359 AN 1 1;1362 AN 2 3;1363 AN 1 1;1366 AN 2 3;1473 AN 2 2;1514 AN 1 2
1526 AN 1 1;1527 AN 1 1;1715 AN 1 3;481 AN 1 2;509 AN 10 10;1207 AN 3 3;1365 RP 1 2
"""
_KINDS = {
    number: (kind, int(least), int(most))
    for number, kind, least, most in (entry.split() for entry in _DICTIONARY.strip().replace("\n", ";").split(";"))
}

_TEXT = r"[^\x00-\x1f\x7f]"
_DATE = (
    r"(?!0000)\d{4}(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)(?:0[1-9]|[12]\d|30)"
    r"|02(?:0[1-9]|1\d|2[0-8]))"
    r"|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)0229"
)
_FORMS = {
    "R": r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)",
    "M": r"-?(?:[0-9]{1,10}(?:\.[0-9]{0,2})?|\.[0-9]{1,2})",
    "N": r"[0-9]+",
    "DT": f"(?a:{_DATE})",
    "TM": r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?",
}
_MATCHES = {kind: re.compile(form).fullmatch for kind, form in _FORMS.items()}
_FORM_FAULTS = {"R": "6", "M": "6", "N": "6", "DT": "8", "TM": "9"}


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple element: usage, number in the dictionary, form, and the codes it may have (none: any)."""

    usage: str
    number: str
    kind: str
    least: int
    most: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composite:
    """An element made of components."""

    usage: str
    parts: tuple[Simple, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two elements of which neither comes without the other, such as a qualifier and its value."""

    first: Simple
    second: Simple

    @property
    def usage(self) -> str:
        return self.first.usage


Item = Simple | Composite | Pair


@dataclass(frozen=True, slots=True)
class ElementFault:
    """What is wrong with one element, as IK4 says it; element and component count from 1, 0 is none."""

    element: int
    component: int
    number: str
    code: str
    value: str


def item_of(token: str) -> Item:
    """An item from its notation in the grammar (see `grammar_837p`)."""
    usage, body = token[0], token[1:]
    if body.startswith("("):
        return Composite(usage, tuple(_simple(part[0], part[1:]) for part in body[1:-1].split("/")))
    if "+" in body:
        first, second = body.split("+")
        return Pair(_simple(usage, first), _simple(usage, second))
    return _simple(usage, body)


def _simple(usage: str, body: str) -> Simple:
    if usage == UNUSED:
        return Simple(UNUSED, "", "AN", 0, 0)
    number, _, codes = body.partition("=")
    return Simple(usage, number, *_KINDS[number], tuple(codes.split(",")) if codes else ())


# --- one regular expression for a segment ---------------------------------------------------------------------------


def pattern_of(identifier: str, items: Sequence[Item]) -> str:
    """A pattern for the whole text of a segment; separators behind its last element are let pass.

    Values have no spaces around them (`trimmed`).
    """
    tail, needed = SEPARATOR + "*", False
    for item in reversed(items):
        needed = needed or item.usage == REQUIRED
        body = _item_pattern(item) + tail
        tail = body if needed else f"(?:{body})?"
    return re.escape(identifier) + tail


def _item_pattern(item: Item) -> str:
    if isinstance(item, Pair):
        both = _pair_pattern(item)
        return both if item.usage == REQUIRED else f"(?:{both}|{SEPARATOR}(?:{SEPARATOR}|\\Z))"
    inner = _composite_pattern(item.parts) if isinstance(item, Composite) else _value_pattern(item)
    if item.usage == UNUSED:
        return SEPARATOR
    return SEPARATOR + (inner if item.usage == REQUIRED else f"(?:{inner})?")


def _pair_pattern(pair: Pair) -> str:
    choices = []
    for code in pair.first.codes or ("",):
        first = replace(pair.first, codes=(code,) if code else ())
        second = _period_pattern(code) if pair.second.number == "1251" else _value_pattern(pair.second)
        choices.append(f"{SEPARATOR}{_value_pattern(first)}{SEPARATOR}{second}")
    return f"(?:{'|'.join(choices)})"


def _period_pattern(qualifier: str) -> str:
    return f"{_FORMS['DT']}-{_FORMS['DT']}" if qualifier == "RD8" else _FORMS["DT"]


def _composite_pattern(parts: Sequence[Simple]) -> str:
    tail, needed = COMPONENT + "*", False
    for part in reversed(parts):
        needed = needed or part.usage == REQUIRED
        value = _value_pattern(part)
        one = value if part.usage == REQUIRED else "" if part.usage == UNUSED else f"(?:{value})?"
        body = COMPONENT + one + tail
        tail = body if needed else f"(?:{body})?"
    return tail.removeprefix(COMPONENT)


def _value_pattern(element: Simple) -> str:
    if element.codes:
        return f"(?:{'|'.join(map(re.escape, element.codes))})"
    if element.kind in ("AN", "RP"):
        text = f"{_TEXT}{{{element.least},{element.most}}}"
        return text if element.kind == "AN" else f"{text}(?:{REPETITION}{text})*"
    if element.kind == "N":
        return f"[0-9]{{{element.least},{element.most}}}"
    if element.kind == "R":
        return f"(?=[-.0-9]{{{element.least},{element.most}}}(?![-.0-9])){_FORMS['R']}"
    return _FORMS[element.kind]


# --- what is wrong, element by element -------------------------------------------------------------------------------


def faults_of(items: Sequence[Item], elements: Sequence[str]) -> Iterator[ElementFault]:
    """Every fault of a segment given by its elements, its name first."""
    index = 1
    for item in items:
        value = _at(elements, index)
        if isinstance(item, Composite):
            yield from _composite_faults(item, index, value)
        elif isinstance(item, Pair):
            yield from _pair_faults(item, index, value, _at(elements, index + 1))
            index += 1
        elif code := _fault(item, value):
            yield ElementFault(index, 0, item.number, code, value)
        index += 1
    for extra in range(index, len(elements)):
        if elements[extra]:
            yield ElementFault(extra, 0, "", "3", elements[extra])


def _composite_faults(item: Composite, index: int, value: str) -> Iterator[ElementFault]:
    if not value:
        if item.usage == REQUIRED:
            yield ElementFault(index, 0, "", "1", "")
        return
    parts = value.split(COMPONENT)
    for place, part in enumerate(item.parts):
        component = _at(parts, place)
        if code := _fault(part, component):
            yield ElementFault(index, place + 1, part.number, code, component)
    if any(parts[len(item.parts) :]):
        yield ElementFault(index, 0, "", "13", value)


def _pair_faults(pair: Pair, index: int, first: str, second: str) -> Iterator[ElementFault]:
    if code := _fault(pair.first, first):
        yield ElementFault(index, 0, pair.first.number, code, first)
    is_period = pair.second.number == "1251"
    if code := _period_fault(pair.usage, first, second) if is_period else _fault(pair.second, second):
        yield ElementFault(index + 1, 0, pair.second.number, code, second)
    elif bool(first) != bool(second) and pair.usage != REQUIRED:
        missing = pair.second if first else pair.first
        yield ElementFault(index + (missing is pair.second), 0, missing.number, "2", "")


def _period_fault(usage: str, qualifier: str, value: str) -> str:
    if not value:
        return "1" if usage == REQUIRED else ""
    days = value.split("-") if qualifier == "RD8" else [value]
    return "" if len(days) == (2 if qualifier == "RD8" else 1) and all(map(_MATCHES["DT"], days)) else "8"


def _fault(element: Simple, value: str) -> str:
    """The IK403 code of what is wrong with one value; nothing when it may stand."""
    if not value:
        return "1" if element.usage == REQUIRED else ""
    if element.usage == UNUSED:
        return "I10"
    if element.kind == "RP":
        once = replace(element, usage=REQUIRED, kind="AN")
        return next((code for each in value.split(REPETITION) if (code := _fault(once, each))), "")
    if REPETITION in value:
        return "12"
    if COMPONENT in value:
        return "13"
    if element.codes:
        return "" if value in element.codes else "7"
    if re.search(r"[\x00-\x1f\x7f]", value):
        return "6"
    return _form_fault(element, value)


def _form_fault(element: Simple, value: str) -> str:
    if element.kind == "AN":
        return "4" if len(value) < element.least else "5" if len(value) > element.most else ""
    matches = _MATCHES[element.kind]
    if element.kind == "M" and not matches(value) and _MATCHES["R"](value):
        return "I12" if "." in value and len(value.partition(".")[2]) > 2 else "5"
    if not matches(value):
        return _FORM_FAULTS[element.kind]
    return "4" if len(value) < element.least else "5" if len(value) > element.most else ""


_PADDED = re.compile(r" +(?=[\x1d\x1f])|(?<=[\x1d\x1f]) +")


def trimmed(text: str) -> str:
    """A segment's text without the spaces around its elements and components: they are no part of a value."""
    return _PADDED.sub("", text) if " " in text else text


def _at(values: Sequence[str], index: int) -> str:
    return values[index] if index < len(values) else ""


@lru_cache(maxsize=4096)
def day_of(value: str) -> date | None:
    """The day that CCYYMMDD names, or None."""
    return date(int(value[:4]), int(value[4:6]), int(value[6:])) if _MATCHES["DT"](value) else None


@lru_cache(maxsize=4096)
def number_of(value: str) -> Decimal | None:
    """The number that an amount or a quantity says, or None."""
    return Decimal(value) if _MATCHES["R"](value) and len(value) <= 18 else None
