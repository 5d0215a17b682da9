"""Deciding stored decisions anew and comparing: the trace byte for byte, columns and line decisions beside it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from claims.adjudication.canonical import decision_from_json, dump_decision, dump_facts, facts_from_json
from claims.adjudication.decision import Decision
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading.sql import rows
from claims.adjudication.version import ENGINE_VERSION
from claims.replay.lines import ZERO, LineState, paid_by, states_of, stored_states
from claims.verification.billed import BILLED, billed_facts
from claims.verification.findings import Finding
from policy.readers import tables_as_known

DECISIONS, LINES = "claims_decision", "claims_linedecision"

Lines = dict[int, LineState]

STORED = """
SELECT d.id, d.claim_id, c.icn, d.status, d.allowed_amount, d.paid_amount, d.decided_on, d.next_look, d.publication,
       d.engine_version, d.facts, d.trace
  FROM claims_decision d JOIN claims_claim c ON c.id = d.claim_id WHERE d.id = ANY(%s) ORDER BY d.id
"""


class Stored(NamedTuple):
    """A decision as it is stored, with the number of its claim."""

    id: int
    claim_id: int
    icn: str
    status: str
    allowed_amount: Decimal
    paid_amount: Decimal
    decided_on: dt.date
    next_look: dt.date | None
    publication: int
    engine_version: str
    facts: str
    trace: str

    @property
    def is_of_this_engine(self) -> bool:
        return self.engine_version == ENGINE_VERSION

    def finding(self, sentence: str, *columns: str) -> Finding:
        return Finding("decision_differs", sentence, DECISIONS, self.id, self.icn, columns)


@dataclass(slots=True)
class Checked:
    """What the check of one chunk gave."""

    decisions: int = 0
    other_engines: Counter[str] = field(default_factory=Counter)
    unreadable: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def check_chunk(ids: Sequence[int]) -> Checked:
    """Check these decisions; four queries, and those of the policy tables where a publication is new to the process."""
    checked = Checked()
    stored = [Stored(*row) for row in rows(STORED, [list(ids)])]
    lines = stored_states(ids)
    billed = billed_facts({decision.claim_id for decision in stored})
    for decision in stored:
        if decision.is_of_this_engine:
            checked.decisions += 1
        else:
            checked.other_engines[decision.engine_version] += 1
        _check(checked, decision, billed.get(decision.claim_id), lines.get(decision.id, {}))
    return checked


def _check(checked: Checked, stored: Stored, billed: ClaimFacts | None, lines: Lines) -> None:
    """Every check of one decision. What another engine wrote in another shape is counted, not judged."""
    try:
        facts, trace = facts_from_json(stored.facts), decision_from_json(stored.trace)
    except ValueError as error:
        if stored.is_of_this_engine:
            which = "facts" if ClaimFacts.__name__ in str(error) else "trace"
            checked.findings.append(stored.finding(f"The {which} cannot be read: {error}.", which))
        else:
            checked.unreadable.append(stored.id)
        return
    checked.findings += _decided_anew(stored, facts) if stored.is_of_this_engine else ()
    states = states_of(trace)
    checked.findings += _columns(stored, facts, trace, states)
    checked.findings += _lines(stored, states, lines)
    checked.findings += _billed(stored, facts, billed)


def _decided_anew(stored: Stored, facts: ClaimFacts) -> Iterator[Finding]:
    """The same facts under the same tables give the same trace, to the byte."""
    if dump_facts(facts) != stored.facts.encode():
        yield stored.finding("The facts are not as they were written down.", "facts")
    anew = dump_decision(decide(facts, tables_as_known(stored.publication)))
    if anew != stored.trace.encode():
        yield stored.finding(
            f"The trace does not follow from the facts under publication {stored.publication}{_where(stored, anew)}: "
            "one of the three was changed.",
            "facts",
            "trace",
            "publication",
        )


def _where(stored: Stored, anew: bytes) -> str:
    """The lines on which a trace differs from what follows, in words."""
    was, follows = states_of(decision_from_json(stored.trace)), states_of(decision_from_json(anew))
    differing = [str(number) for number in sorted({*was, *follows}) if was.get(number) != follows.get(number)]
    return f" (line {', '.join(differing)})" if differing else ""


def _columns(stored: Stored, facts: ClaimFacts, trace: Decision, states: Lines) -> Iterator[Finding]:
    """The columns say what the trace says."""
    follows = {
        "claim_id": ({stored.icn}, {facts.control_number, trace.control_number}),
        "status": (stored.status, trace.status),
        "allowed_amount": (stored.allowed_amount, sum((line.allowed for line in states.values()), ZERO)),
        "paid_amount": (stored.paid_amount, paid_by(states.values())),
        "decided_on": (stored.decided_on, facts.today),
        "next_look": (stored.next_look, trace.next_look),
        "publication": (stored.publication, trace.publication),
        "engine_version": (stored.engine_version, trace.engine_version),
    }
    differing = [column for column, (is_there, belongs) in follows.items() if is_there != belongs]
    if differing:
        words = ", ".join(differing)
        yield stored.finding(f"Of the decision, {words} does not agree with its trace and facts.", *differing)


def _lines(stored: Stored, follows: Lines, lines: Lines) -> Iterator[Finding]:
    """The line decisions are those of the trace."""
    for number in sorted({*follows, *lines}):
        if number not in lines:
            yield _line(stored, f"Line {number} of decision {stored.id} is gone.")
        elif number not in follows:
            yield _line(stored, f"Line {number} of decision {stored.id} is not in its trace.")
        elif lines[number] != follows[number]:
            pairs = zip(LineState._fields, lines[number], follows[number], strict=True)
            differing = [column for column, is_there, belongs in pairs if is_there != belongs]
            words = ", ".join(differing)
            sentence = f"On line {number} of decision {stored.id}, {words} does not agree with the trace."
            yield _line(stored, sentence, *differing)


def _line(stored: Stored, sentence: str, *columns: str) -> Finding:
    return Finding("line_differs", sentence, LINES, None, stored.icn, columns)


def _billed(stored: Stored, facts: ClaimFacts, billed: ClaimFacts | None) -> Iterator[Finding]:
    """What was billed never changes: the claim still says what the decision was made on."""
    if billed is None:
        return
    differing = [name for name in BILLED if getattr(billed, name) != getattr(facts, name)]
    if differing:
        yield Finding(
            "claim_differs",
            f"What the claim says was billed is not what decision {stored.id} was made on: {', '.join(differing)}.",
            "claims_claim",
            stored.claim_id,
            stored.icn,
            tuple(differing),
        )
