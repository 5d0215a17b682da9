"""Deciding claims in the dark: what the queue would decide if it were asked now; nothing of it stays."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.db import transaction

from claims.adjudication.canonical import facts_from_json
from claims.adjudication.decision import Decision
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.queue import decide_in_order, requeue, without_collection
from claims.adjudication.reading import read_batch
from claims.adjudication.reading.sql import array, rows
from claims.adjudication.recorder import Decided
from claims.adjudication.version import ENGINE_VERSION
from claims.mass.telling import States, told_of
from claims.models import Adjustment
from claims.replay.lines import LineState, paid_by, states_of
from policy.readers import tables_as_known
from policy.tables import PolicyTables


@dataclass(frozen=True)
class InTheDark:
    """A decision that was not recorded, and the facts it was made on.

    `of_other_engine` tells of a decision that is made again but was first made by another version of the engine.
    """

    facts: ClaimFacts
    decision: Decision
    of_other_engine: bool = False

    @cached_property
    def states(self) -> dict[int, LineState]:
        return states_of(self.decision)

    @property
    def paid(self) -> Decimal:
        """Dollars."""
        return paid_by(self.states.values())

    def changes(self, before: States) -> bool:
        """Whether a remittance would tell something else of it."""
        return told_of(before) != told_of(self.states)


#: What is decided on claims that are asked together, with tables and on a day.
Try = Callable[[Sequence[int], PolicyTables, dt.date], list[Decided]]


def decided_in_the_dark(
    ids: Sequence[int],
    before: Mapping[int, States],
    tables: PolicyTables,
    today: dt.date,
    try_together: Try | None = None,
) -> dict[int, InTheDark]:
    """What the queue would decide on these claims, asked in this order; one that it would not take is missing.

    Only claims that change are asked for later, and a patient's other claims stand meanwhile. So where some of a
    patient's claims change and others do not, those that change are tried again without the others, until all do.
    `try_together` decides instead of the queue.
    """
    found: dict[int, InTheDark] = {}
    pending = list(ids)
    while pending:
        tried = (try_together or tried_by_the_queue)(pending, tables, today)
        found |= {decided.claim.id: InTheDark(decided.facts, decided.decision) for decided in tried}
        changing = {number for number in pending if number in found and found[number].changes(before[number])}
        again = changing & _of_mixed_patients(tried, changing)
        pending = [number for number in pending if number in again]
    return found


def _of_mixed_patients(tried: Sequence[Decided], changing: set[int]) -> set[int]:
    """The claims of patients some of whose claims change and others do not."""
    of_patient: dict[int, set[int]] = defaultdict(set)
    for decided in tried:
        if decided.claim.beneficiary_id is not None:
            of_patient[decided.claim.beneficiary_id].add(decided.claim.id)
    mixed = (claims for claims in of_patient.values() if claims & changing and claims - changing)
    return set().union(*mixed)


QUEUED_AMONG = "SELECT id FROM claims_claim WHERE id = ANY(%s::bigint[]) AND status = 'queued'"


def tried_by_the_queue(ids: Sequence[int], tables: PolicyTables, today: dt.date) -> list[Decided]:
    """The queue's own work on locked claims up to the recording, in a transaction that is rolled back."""
    with transaction.atomic(), without_collection():
        requeue(ids, Adjustment.Kind.MASS.label, is_adjustment=True)
        queued = [row[0] for row in rows(QUEUED_AMONG, [array(ids)])]
        decided = decide_in_order(read_batch(queued, tables, today), tables)
        transaction.set_rollback(True)
    return decided


STORED = """
SELECT id, publication, engine_version, facts FROM claims_decision WHERE id = ANY(%s::bigint[]) ORDER BY publication
"""


def made_again(decision_ids: Collection[int], today: dt.date) -> Iterator[tuple[int, InTheDark]]:
    """These decisions made again today from their own facts and tables, by decision; one query and those of the tables.

    The same version of the engine gives the same decision. One whose facts this version cannot read is missing.
    """
    for decision_id, publication, engine, text in rows(STORED, [array(decision_ids)]):
        try:
            facts = replace(facts_from_json(text), today=today)
        except ValueError:
            continue
        decision = decide(facts, tables_as_known(publication))
        yield decision_id, InTheDark(facts, decision, of_other_engine=engine != ENGINE_VERSION)
