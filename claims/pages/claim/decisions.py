"""The decisions on a claim side by side, with what changed from one to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from claims import models
from claims.adjudication.decision import Decision, LineDecision
from claims.edits.wording import for_supplier
from claims.models import LineOutcome


@dataclass(frozen=True, slots=True)
class DecisionCell:
    """A line in one decision. `was` names the outcome before, when it is another."""

    outcome: LineOutcome | None
    edit: str
    words: str
    has_changed: bool
    was: str


@dataclass(frozen=True, slots=True)
class DecisionColumn:
    number: int
    decided_at: dt.datetime
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    heading: str
    cells: tuple[DecisionCell, ...]


@dataclass(frozen=True, slots=True)
class DecisionsTable:
    """One column a decision, the latest last; `made_under` is the policy and the engine of each, "the same" if so."""

    columns: tuple[DecisionColumn, ...]
    rows: tuple[DecisionRow, ...]
    made_under: tuple[str, ...]


def decisions_table(
    stored: Sequence[models.Decision],
    read: Sequence[Decision],
    lines: Sequence[models.ClaimLine],
    standing: int | None,
    *,
    is_for_supplier: bool,
) -> DecisionsTable:
    """The table of stored decisions and what was read from them, in one order; `standing` is the id that stands."""
    return DecisionsTable(
        columns=tuple(DecisionColumn(row.number, row.decided_at, row.reason, row.pk == standing) for row in stored),
        rows=tuple(
            DecisionRow(f"Line {line.number}, {line.hcpcs}", _cells(line.number, read, is_for_supplier))
            for line in lines
        ),
        made_under=tuple(_made_under(stored)),
    )


def _cells(number: int, read: Sequence[Decision], is_for_supplier: bool) -> tuple[DecisionCell, ...]:
    cells: list[DecisionCell] = []
    before: LineDecision | None = None
    for decision in read:
        line = next((line for line in decision.lines if line.number == number), None)
        cells.append(_cell(line, before, is_first=not cells, is_for_supplier=is_for_supplier))
        before = line
    return tuple(cells)


def _cell(
    line: LineDecision | None, before: LineDecision | None, *, is_first: bool, is_for_supplier: bool
) -> DecisionCell:
    if line is None:
        return DecisionCell(None, "", "", not is_first and before is not None, "")
    words = _words(line, is_for_supplier)
    is_other = before is not None and before.outcome != line.outcome
    return DecisionCell(
        outcome=LineOutcome(line.outcome),
        edit=line.reason_edit,
        words=words,
        has_changed=not is_first and (before is None or is_other or _words(before, is_for_supplier) != words),
        was=f"was {LineOutcome(before.outcome).label.lower()}" if before and is_other else "",
    )


def _words(line: LineDecision, is_for_supplier: bool) -> str:
    """What is paid, or the evidence of the edit that gave the reason."""
    if line.outcome == "pay":
        return f"{line.paid:,.2f}"
    reason = next((finding for finding in line.findings if finding.edit == line.reason_edit), None)
    if reason is None:
        return ""
    return for_supplier(reason).sentence if is_for_supplier else reason.sentence


def _made_under(stored: Sequence[models.Decision]) -> list[str]:
    found = [f"publication {row.publication}, engine {row.engine_version}" for row in stored]
    return [words if at == 0 or words != found[at - 1] else "the same" for at, words in enumerate(found)]
