"""Deciding stored decisions anew with other tables and today's code, and comparing line by line.

Each claim is decided from the facts that its own decision kept: what was known then, with the visits and the deductible
as they stood. So nothing is rolled forward from one claim to the next, and claims may be decided in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from claims.adjudication.canonical import facts_from_json
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading.sql import rows
from claims.adjudication.version import ENGINE_VERSION
from claims.replay.chunks import as_ids, in_chunks
from claims.replay.lines import ZERO, LineState, paid_by, states_of, stored_states
from claims.replay.report import LineChange, Part, ReplayReport, Totals
from policy.tables import PolicyTables

Changes = Sequence[LineChange]
Lines = dict[int, LineState]
Tell = Callable[[str, int, int], object]

STORED = "SELECT id, engine_version, facts FROM claims_decision WHERE id = ANY(%s) ORDER BY id"


def replay(
    decisions: Iterable[int],
    tables: PolicyTables,
    *,
    processes: int = 1,
    hand_on: Callable[[Changes], object] | None = None,
    tell: Tell = lambda what, done, total: None,
) -> ReplayReport:
    """Decide the claims of these decisions (ids) anew with `tables`; nothing is written, two queries a chunk.

    `hand_on` takes the changed lines as they are found, which are then not kept: so memory stays flat however many
    change. `tell` hears what is done, how much of it and of how much. Raises ValueError for several processes inside a
    transaction.
    """
    totals, kept, done = Totals(), list[LineChange](), 0
    ids = as_ids(decisions)
    for part in in_chunks(partial(replay_chunk, tables), ids, processes):
        totals.add(part)
        (hand_on or kept.extend)(part.changes)
        done += part.claims + len(part.unreadable)
        tell("claims", done, len(ids))
    return totals.report(tables.publication, kept)


def replay_chunk(tables: PolicyTables, ids: Sequence[int]) -> Part:
    """The decisions of one chunk."""
    part = Part()
    stored = rows(STORED, [list(ids)])
    lines = stored_states(ids)
    for decision, engine, text in stored:
        try:
            facts = facts_from_json(text)
        except ValueError:
            part.unreadable.append(decision)
            continue
        compare(part, facts, lines.get(decision, {}), states_of(decide(facts, tables)))
        part.of_other_engines += engine != ENGINE_VERSION
    return part


def compare(part: Part, facts: ClaimFacts, before: Lines, after: Lines) -> None:
    """Add one claim to a part: what its lines were and what they are when it is decided anew."""
    part.claims += 1
    part.before += paid_by(before.values())
    part.after += paid_by(after.values())
    if before != after:
        part.claims_changed += 1
        part.changes += changes_of(facts, before, after)


#: What stands of a line that a decision does not have.
NO_LINE = LineState("", (), (), "", "", (), ZERO, ZERO, ZERO, ZERO, ZERO)


def changes_of(facts: ClaimFacts, before: Lines, after: Lines) -> list[LineChange]:
    """The lines that differ, each with the edit that makes the difference: its own, else one of a line beside it."""
    billed = {line.number: line for line in facts.lines}
    pairs = {number: (before.get(number, NO_LINE), after.get(number, NO_LINE)) for number in sorted({*before, *after})}
    differing = {number: pair for number, pair in pairs.items() if pair[0] != pair[1] and number in billed}
    causes = {number: _cause(*pair) for number, pair in differing.items()}
    of_claim = min(filter(None, causes.values()), default="")
    return [
        LineChange(
            claim=facts.control_number,
            line=number,
            date_of_service=billed[number].date,
            hcpcs=billed[number].hcpcs,
            supplier=facts.billing_npi,
            supplier_name=facts.supplier.name if facts.supplier else "",
            before=old,
            after=new,
            edit=causes[number] or (of_claim if _pays_for_another(old, new) else ""),
        )
        for number, (old, new) in differing.items()
    ]


def _cause(before: LineState, after: LineState) -> str:
    """The first edit that decides on one side only; or, where the same edits do something else now, the first."""
    differing = {*before.edits} ^ {*after.edits}
    if not differing and before.outcome != after.outcome:
        differing = {*after.edits}
    return min(differing, default="")


def _pays_for_another(before: LineState, after: LineState) -> bool:
    """The line itself says what it said; its money comes or goes because the claim waits, or no longer does."""
    is_same = before.outcome == after.outcome and before.edits == after.edits
    return is_same and bool(before.allowed) != bool(after.allowed)
