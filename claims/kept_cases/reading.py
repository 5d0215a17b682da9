"""Reading one case from a text that a person typed: what is wrong is told by line and key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from claims.scenarios.format import Case, read_case
from claims.scenarios.kinds import FormatError
from claims.scenarios.yaml_text import load_yaml

#: The file that a kept case says it is of.
KEPT = "kept"

LONGEST_TEXT = 20_000
#: Days that a case may last: each of them is played.
MOST_DAYS = 1_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: the line (None where none can be told), the key by its path, and why, in words."""

    line: int | None
    key: str
    problem: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.key)))
        return f"{where[:1].upper()}{where[1:]}: {self.problem}" if where else self.problem


class NotACase(Exception):
    """The text is not one well-formed case."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_one(text: str) -> Case:
    """The one case of a text; raises NotACase with line and key."""
    if len(text) > LONGEST_TEXT:
        raise NotACase(Fault(None, "", f"The text is longer than {LONGEST_TEXT:,} characters."))
    raw = _value(text)
    try:
        case = read_case(raw, KEPT)
    except FormatError as error:
        raise NotACase(Fault(line_of(text, error.path), error.path, error.problem)) from error
    _check_name_and_length(case, text)
    return case


def _value(text: str) -> Any:
    try:
        found = load_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotACase(Fault(mark.line + 1 if mark else None, "", error.problem or "is no YAML")) from error
    except (ValueError, yaml.YAMLError) as error:
        raise NotACase(Fault(None, "", f"The text cannot be read: {error}")) from error
    if not isinstance(found, list):
        return found
    if len(found) != 1:
        raise NotACase(Fault(None, "", f"The text has {len(found)} cases; keep one at a time."))
    return found[0]


def _check_name_and_length(case: Case, text: str) -> None:
    if not NAME.fullmatch(case.name):
        words = "is not of small letters, digits and hyphens, at most 100, like milrinone-29-days"
        raise NotACase(Fault(line_of(text, "case"), "case", words))
    first = min(claim["received"] for claim in case.claims)
    if (case.today - first).days > MOST_DAYS:
        words = f"is more than {MOST_DAYS:,} days after the first claim was received"
        raise NotACase(Fault(line_of(text, "when.today"), "when.today", words))


def line_of(text: str, path: str) -> int | None:
    """The line of the key that a path names ("when.claims[0].lines[1].date"), or of the nearest key around it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(node, yaml.SequenceNode) and node.value:
        node = node.value[0]
    if node is None:
        return None
    line = node.start_mark.line
    for index, key in PART.findall(path):
        step = _item(node, int(index)) if index else _entry(node, key)
        if step is None:
            break
        line, node = step
    return int(line) + 1


def _item(node: yaml.Node, index: int) -> tuple[int, yaml.Node] | None:
    if not isinstance(node, yaml.SequenceNode) or index >= len(node.value):
        return None
    return node.value[index].start_mark.line, node.value[index]


def _entry(node: yaml.Node, key: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value == key:
                return name.start_mark.line, value
    return None
