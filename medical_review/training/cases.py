"""The training cases that are shipped: the facts as a scenario has them, a short record, and the right answers.

Each file of `data/training` is one case: the keys of a scenario (`given`, `when`, `then`), the pages of its record, and
the key. `key.points` has the points that only the record settles, and those where it says otherwise than the file; the
rest is as the file has it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from claims.scenarios.format import Case, read_case
from claims.scenarios.kinds import FormatError, fields, list_of, number, one_of, text, whole
from claims.scenarios.yaml_text import load_yaml
from medical_review.models import Answer, LineVerdict

FOLDER = Path(__file__).resolve().parent.parent / "data" / "training"

SCENARIO = ("case", "title", "cites", "given", "when", "then")

POINT = fields(
    {"point": whole, "answer": one_of(*Answer.values), "page": text, "why": text},
    required=("point", "answer", "page", "why"),
)
LINE = fields(
    {
        "line": whole,
        "verdict": one_of(LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY),
        "code": text,
        "points": list_of(whole),
        "pays": number,
        "why": text,
    },
    required=("line", "verdict", "pays", "why"),
)
OWN = fields(
    {
        "about": text,
        "record": list_of(fields({"title": text, "text": text}, required=("title", "text"))),
        "key": fields(
            {"points": list_of(POINT), "lines": list_of(LINE), "explanation": text},
            required=("points", "lines", "explanation"),
        ),
    },
    required=("about", "record", "key"),
)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page of the record, in words."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PointKey:
    """The right answer to a point, the page that shows it, and why."""

    answer: str
    page: str
    why: str


@dataclass(frozen=True, slots=True)
class LineKey:
    """The right decision on a line, the points that it may rest on, what the line then pays in dollars, and why."""

    verdict: str
    code: str
    points: tuple[int, ...]
    pays: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class TrainingCase:
    """One case; `version` changes with its file."""

    name: str
    title: str
    cites: str
    about: str
    scenario: Case
    record: tuple[RecordPage, ...]
    points: Mapping[int, PointKey]
    lines: Mapping[int, LineKey]
    explanation: str
    version: str


@cache
def training_cases() -> Mapping[str, TrainingCase]:
    """All cases by name, in the order of their files. Raises FormatError for a file that is not well formed."""
    cases = [read_training_case(file) for file in sorted(FOLDER.glob("*.yaml"))]
    return {case.name: case for case in cases}


def read_training_case(file: Path) -> TrainingCase:
    content = file.read_text(encoding="utf-8")
    raw = load_yaml(content)
    try:
        return _training_case(raw, file.name, hashlib.sha256(content.encode()).hexdigest()[:16])
    except FormatError as error:
        raise FormatError(error.path, error.problem, file=file.name) from None


def _training_case(raw: dict[str, Any], file: str, version: str) -> TrainingCase:
    own = OWN({name: value for name, value in raw.items() if name not in SCENARIO}, "")
    scenario = read_case({name: value for name, value in raw.items() if name in SCENARIO}, file)
    key = own["key"]
    return TrainingCase(
        name=scenario.name,
        title=scenario.title,
        cites=scenario.cites,
        about=own["about"],
        scenario=scenario,
        record=tuple(RecordPage(place, page["title"], page["text"]) for place, page in enumerate(own["record"], 1)),
        points={each["point"]: PointKey(each["answer"], each["page"], each["why"]) for each in key["points"]},
        lines={each["line"]: _line_key(each) for each in key["lines"]},
        explanation=key["explanation"],
        version=version,
    )


def _line_key(given: dict[str, Any]) -> LineKey:
    points = tuple(given.get("points", ()))
    return LineKey(given["verdict"], given.get("code", ""), points, given["pays"], given["why"])
