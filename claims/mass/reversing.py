"""Taking back a mass adjustment: each claim gets the decision again that stood before, as a new one that follows.

The decision is made again from its own facts with the tables that it was made with, and recorded at once, not by the
queue, which would decide on what is known now. The money follows as with every decision.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.adjudication.queue import requeue
from claims.adjudication.reading import read_batch
from claims.adjudication.recorder import Decided, record, write_out
from claims.mass.dark import made_again
from claims.mass.listing import Item, write
from claims.mass.running import approve_adjustments, note_otherwise, still_to_run
from claims.models import MassAdjustment
from claims.staleness.actions import lock_patients
from claims.staleness.outbox import tell_of_decisions
from policy import clock
from policy.readers import tables_as_known


def take_back_portion(mass: MassAdjustment, items: Sequence[Item]) -> None:
    """Make the decisions of these claims again and record them; no worker decides their patients' claims meanwhile."""
    lock_patients({item.claim.beneficiary_id for item in items if item.claim.beneficiary_id})
    back = still_to_run(mass, items)
    if not back:
        return
    approve_adjustments(mass, back)
    requeue([item.claim_id for item in back], mass.decision_reason, is_adjustment=True)
    made = dict(record_again(back))
    for item in back:
        item.state, item.made_id = Item.State.DECIDED, made[item.claim_id]
    note_otherwise(back)
    write(back)


def record_again(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Record the restored decisions of locked, queued claims; each claim with the number of its new decision."""
    tables, now = tables_as_known(), clock.now()
    again = dict(made_again({item.restored_id for item in items if item.restored_id}, now.date()))
    fresh = {item.claim_id: again[item.restored_id] for item in items if item.restored_id}
    if not fresh:
        return []
    batch = [
        Decided(claim, fresh[claim.id].facts, fresh[claim.id].decision)
        for claim in read_batch(list(fresh), tables, now.date())
    ]
    record(batch, write_out(batch, tables, now), now)
    tell_of_decisions([decided.id for decided in batch])
    return [(decided.claim.id, decided.id) for decided in batch]
