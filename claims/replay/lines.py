"""What stands of each line of a decision: its outcome, its codes and its money, as they are kept beside the trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from claims.adjudication.decision import Decision
from claims.adjudication.reading.sql import grouped

ZERO = Decimal("0.00")


class LineState(NamedTuple):
    """A line as a decision leaves it. Money in dollars, zero unless the line pays and no other line of its claim waits.

    `edits` are those that decide, `informs` those that only say something.
    """

    outcome: str
    edits: tuple[str, ...]
    informs: tuple[str, ...]
    group: str
    carc: str
    rarcs: tuple[str, ...]
    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    sequestration: Decimal
    paid: Decimal


def states_of(decision: Decision) -> dict[int, LineState]:
    """The lines of a decision by their number."""
    states = {}
    for line in decision.lines:
        price = decision.price_of(line)
        money = (
            (price.allowed, price.deductible, price.coinsurance, price.sequestration, price.paid)
            if price
            else (ZERO,) * 5
        )
        states[line.number] = LineState(
            line.outcome, line.edits, line.informs, line.group, line.carc, line.rarcs, *money
        )
    return states


def paid_by(lines: Iterable[LineState]) -> Decimal:
    """Dollars."""
    return sum((line.paid for line in lines), ZERO)


LINES = """
SELECT decision_id, number, outcome, edits, informs, "group", carc, rarcs, allowed, deductible, coinsurance,
       sequestration, paid
  FROM claims_linedecision WHERE decision_id = ANY(%s) ORDER BY decision_id, number
"""


def stored_states(decision_ids: Sequence[int]) -> dict[int, dict[int, LineState]]:
    """The lines that are stored of decisions, by decision and number; one query."""
    return {
        decision: {
            number: LineState(outcome, tuple(edits), tuple(informs), group, carc, tuple(rarcs), *money)
            for number, outcome, edits, informs, group, carc, rarcs, *money in lines
        }
        for decision, lines in grouped(LINES, [list(decision_ids)]).items()
    }
