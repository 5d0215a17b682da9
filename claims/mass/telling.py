"""What a remittance would tell of a decision, by which a claim changes or comes out the same; lines as JSON. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from claims.replay.lines import LineState
from claims.replay.report import LineChange

States = Mapping[int, LineState]
MONEY = ("allowed", "deductible", "coinsurance", "sequestration", "paid")


def told(state: LineState) -> tuple[object, ...]:
    """Outcome, reason codes and money. Edits that only staff read are not worth a reversal and a correction."""
    money = tuple(f"{getattr(state, name):.2f}" for name in MONEY)
    return state.outcome, state.group, state.carc, state.rarcs, *money


def told_of(states: States) -> dict[int, tuple[object, ...]]:
    return {number: told(states[number]) for number in sorted(states)}


def told_digest(states: States) -> str:
    """The same as 64 characters: equal when the same would be told."""
    return hashlib.sha256(repr(told_of(states)).encode()).hexdigest()


def as_json(state: LineState) -> dict[str, Any]:
    """The fields of a line, money as text."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in state._asdict().items()}


def fields_of(change: LineChange) -> dict[str, Any]:
    """A changed line as it is kept: the fields that lines of mass adjustments and of impacts have in common."""
    return {
        "number": change.line,
        "date_of_service": change.date_of_service,
        "hcpcs": change.hcpcs,
        "supplier": change.supplier,
        "supplier_name": change.supplier_name[:120],
        "edit": change.edit,
        "difference": change.difference,
        "before": as_json(change.before),
        "after": as_json(change.after),
    }


def from_json(kept: Mapping[str, Any]) -> LineState:
    """The line that `as_json` made."""
    tuples = {name: tuple(kept[name]) for name in ("edits", "informs", "rarcs")}
    return LineState(**{**kept, **tuples, **{name: Decimal(kept[name]) for name in MONEY}})
