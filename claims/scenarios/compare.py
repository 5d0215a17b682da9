"""Comparing what a case expects with what was decided: only the keys that the case gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claims.adjudication.decision import Decision, LineDecision
from claims.scenarios.format import Case, Given

MONEY = ("allowed", "deductible", "coinsurance", "sequestration", "paid")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than a case expects."""

    file: str
    case: str
    path: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"{self.file}: {self.case}: {self.path}: expected {in_text(self.expected)}, found {in_text(self.found)}"


def in_text(value: Any) -> str:
    """A value as it would stand in the case."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(in_text(found) for found in value) + "]"
    return str(value)


def compare(case: Case, decisions: list[Decision | None]) -> Iterator[Difference]:
    """The differences of a case, in the order of its `then`; `decisions` in the order of its claims."""
    for place, (position, expected) in enumerate(case.expected):
        for path, wanted, found in _compare_claim(expected, decisions[position]):
            if wanted != found:
                yield Difference(case.file, case.name, f"then.claims[{place}].{path}", wanted, found)


Compared = tuple[str, Any, Any]


def _compare_claim(expected: Given, decision: Decision | None) -> Iterator[Compared]:
    if decision is None:
        yield "status", expected.get("status", "a decision"), None
        return
    if "status" in expected:
        yield "status", expected["status"], decision.status
    if "next_check" in expected:
        yield "next_check", expected["next_check"], decision.next_look
    for number, (wanted, line) in enumerate(zip(expected.get("lines", ()), decision.lines, strict=False)):
        for key, value in wanted.items():
            if key == "says":
                yield from _compare_sentences(f"lines[{number}]", value, line)
            else:
                yield f"lines[{number}].{key}", value, FOUND[key](line)


def _compare_sentences(path: str, expected: dict[str, str], line: LineDecision) -> Iterator[Compared]:
    sentences = {finding.edit: finding.sentence for finding in line.findings}
    for edit, sentence in expected.items():
        yield f"{path}.says.{edit}", sentence, sentences.get(edit)


def _money(name: str) -> Callable[[LineDecision], Decimal | None]:
    return lambda line: getattr(line.price, name) if line.price else None


def _next_eligible(line: LineDecision) -> Any:
    return next((finding.next_eligible for finding in line.findings if finding.next_eligible), None)


FOUND: dict[str, Callable[[LineDecision], Any]] = {
    "decision": lambda line: line.outcome,
    "edits": lambda line: list(line.edits),
    "inform": lambda line: list(line.informs),
    "set_aside": lambda line: [finding.edit for finding in line.findings if finding.set_aside],
    "not_evaluated": lambda line: [skipped.edit for skipped in line.not_evaluated],
    "group": lambda line: line.group or None,
    "carc": lambda line: line.carc or None,
    "rarc": lambda line: list(line.rarcs),
    "next_eligible": _next_eligible,
    **{name: _money(name) for name in MONEY},
}
