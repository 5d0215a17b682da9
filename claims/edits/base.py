"""What an edit is: one function under one decorator that says when it is in force, what it needs and what it cites.

The function takes the context of one line and answers with `Fired`, `NotJudged`, or None when the line passes.
What a firing does (deny, suspend, hold, inform) is no matter of the edit: the table of dispositions says it.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from claims.adjudication.decision import EvidenceValue, Finding
from claims.edits.wording import in_words

if TYPE_CHECKING:
    from claims.edits.context import LineContext

Level = Literal["claim", "line"]

SUBJECTS = {
    "1": "claim",
    "2": "supplier",
    "3": "beneficiary",
    "4": "plan of care",
    "5": "drug",
    "6": "visits",
    "9": "payment",
}

REMEDY_WHEN_MISSING = "What is missing must come on file; then the line is decided anew."


class Need(enum.IntFlag):
    """What an edit cannot be judged without (fine point n)."""

    NOTHING = 0
    SUPPLIER = 1
    BENEFICIARY = 2
    CODE = 4
    PLAN = 8


class Stage(enum.IntEnum):
    """When an edit is judged (reading 17). From HISTORY on, lines are judged by date, each by those before it."""

    AMOUNT = 1
    LINE = 2
    HISTORY = 3
    GAP = 4
    DUPLICATE = 5
    DAY = 6
    WEEK = 7


@dataclass(frozen=True, slots=True)
class Fired:
    """The edit fired: the evidence in one sentence, and the values it was made of.

    missing    it fired for want of something it needs: it suspends, whatever the table says
    suspends   a denial becomes a suspension, for a person must see it
    absolute   nothing can be paid while this stands: neither a table nor a determination lets the line through
    """

    sentence: str
    evidence: tuple[tuple[str, EvidenceValue], ...] = ()
    missing: bool = False
    suspends: bool = False
    absolute: bool = False
    next_eligible: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NotJudged:
    """The edit could not be judged, which decides nothing: another edit stands for what is lacking."""

    reason: str


Check = Callable[["LineContext"], Fired | NotJudged | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit as the registry knows it.

    `start` and `end` are the dates of service for which this function judges, both included.
    `remedy` says what would make the line payable; names in braces are keys of the finding's evidence.
    """

    id: str
    title: str
    explanation: str
    level: Level
    cites: tuple[str, ...]
    needs: Need
    stage: Stage
    start: dt.date
    end: dt.date | None
    remedy: str
    quote: str
    check: Check
    module: str

    @property
    def subject(self) -> str:
        return SUBJECTS[self.id.removeprefix("HIT-")[0]]

    def covers(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def remedy_for(self, finding: Finding) -> str:
        """What would make this very line payable, in words."""
        if finding.missing:
            return REMEDY_WHEN_MISSING
        return self.remedy.format_map({key: _text(value) for key, value in finding.evidence})


def edit(
    identifier: str,
    *,
    cites: tuple[str, ...],
    remedy: str,
    level: Level = "line",
    needs: Need = Need.NOTHING,
    stage: Stage = Stage.LINE,
    start: dt.date = dt.date.min,
    end: dt.date | None = None,
    quote: str = "",
) -> Callable[[Check], Edit]:
    """Make a function an edit. Its docstring begins with the title that staff read; the rule behind it follows."""

    def make(check: Check) -> Edit:
        title, _, explanation = inspect.cleandoc(check.__doc__ or "").partition("\n")
        return Edit(
            id=identifier,
            title=title,
            explanation=" ".join(explanation.split()),
            level=level,
            cites=cites,
            needs=needs,
            stage=stage,
            start=start,
            end=end,
            remedy=remedy,
            quote=quote,
            check=check,
            module=check.__module__,
        )

    return make


_MANUAL = re.compile(r"Pub\. 100-02 ch\. 15 §(320(?:\.\d+)*)")


def manual_section(citation: str) -> str:
    """The section of Pub. 100-02 chapter 15 that a citation names ("320.8.1"), or "" when it cites something else."""
    found = _MANUAL.match(citation)
    return found.group(1) if found else ""


def _text(value: EvidenceValue) -> str:
    return in_words(value) if isinstance(value, dt.date) else str(value)
