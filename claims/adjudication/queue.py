"""Working the queue: accepted claims are rows, a batch of them is locked, decided and recorded in one transaction.

A beneficiary's claims are never on two workers at once and are decided in the order of their queue numbers; the
outcome of one is rolled forward to the next of the same patient inside the batch.
"""

from __future__ import annotations

import gc
import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, transaction

from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading import ClaimInBatch, read_batch
from claims.adjudication.reading.visits import with_visits_in_view
from claims.adjudication.recorder import Decided, record, write_out
from claims.adjudication.roll_forward import roll_forward
from claims.models import Claim, ClaimStatus
from claims.staleness.outbox import tell_of_decisions
from policy import clock
from policy.arrivals import take_arrivals
from policy.readers import tables_as_known
from policy.tables import PolicyTables

BATCH_SIZE = 500

#: The threads of a process take turns in what they compute, and write side by side: two that compute at once only take
#: the interpreter from each other.
TURN = threading.Lock()

#: How often a worker that could take nothing tries again, and the seconds between, from and to.
TRIES, PAUSE = 20, (0.005, 0.025)

#: Candidates in queue order, locked; rows that another worker has are passed over.
CANDIDATES = """
SELECT id, beneficiary_id, queue_number FROM claims_claim
 WHERE status = 'queued' AND NOT is_test ORDER BY queue_number LIMIT %s FOR UPDATE SKIP LOCKED
"""

#: Of the candidates' patients those that no other worker has.
PATIENTS = """
SELECT id FROM beneficiaries_beneficiary WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""

#: Patients with a queued claim that is not among the candidates and comes before one that is. Test claims stand apart.
OVERTAKEN = """
SELECT DISTINCT c.beneficiary_id FROM claims_claim c
  JOIN unnest(%s::bigint[], %s::bigint[]) AS n(beneficiary_id, queue_number) USING (beneficiary_id)
 WHERE c.status = 'queued' AND NOT c.is_test AND c.queue_number < n.queue_number
   AND c.id <> ALL(%s::bigint[])
"""


def adjudicate_queued(limit: int = BATCH_SIZE) -> int:
    """Decide up to `limit` claims of the queue; the number decided, 0 when nothing could be taken."""
    with without_collection(), transaction.atomic():
        return len(decide_batch(take_batch(limit)))


def adjudicate_all(limit: int = BATCH_SIZE) -> int:
    """Work the queue until nothing more can be taken; the number of decisions.

    Two workers may each have locked what the other needs, and both come away with nothing: they try again, each after
    a pause of its own, until the queue is empty or others have what is left of it.
    """
    total = missed = 0
    while missed < TRIES:
        done = adjudicate_queued(limit)
        total += done
        missed = 0 if done else missed + 1
        if not done:
            if not Claim.objects.filter(status=ClaimStatus.QUEUED, is_test=False).exists():
                break
            time.sleep(random.uniform(*PAUSE))  # noqa: S311 - no secret, only another moment than the other's
    return total


def adjudicate_all_overlapping(limit: int = BATCH_SIZE, threads: int = 2) -> int:
    """The same on several sessions of one process: while the database writes one batch, the next is decided.

    For a process of its own only: each thread has its own connection and sees only what is committed.
    """
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(adjudicate_in_own_session, [limit] * threads))


def adjudicate_in_own_session(limit: int) -> int:
    try:
        return adjudicate_all(limit)
    finally:
        connection.close()


def take_batch(limit: int) -> list[int]:
    """Lock up to `limit` claims that may be decided now: of patients no other worker has, none overtaking another."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [limit])
        candidates = cursor.fetchall()
        patients = sorted({patient for _, patient, _ in candidates if patient})
        cursor.execute(PATIENTS, [patients])
        ours = {row[0] for row in cursor.fetchall()}
        mine = [row for row in candidates if row[1] is None or row[1] in ours]
        last = {patient: number for _, patient, number in mine if patient}
        cursor.execute(OVERTAKEN, [list(last), list(last.values()), [row[0] for row in mine]])
        overtaken = {row[0] for row in cursor.fetchall()}
    return [number for number, patient, _ in mine if patient not in overtaken]


def decide_batch(ids: Sequence[int]) -> list[Decided]:
    """Decide these locked claims under one publication and record them; 20 queries at most."""
    if not ids:
        return []
    with TURN:
        tables, now = tables_as_known(), clock.now()
        batch = decide_in_order(read_batch(ids, tables, now.date()), tables)
        written = write_out(batch, tables, now)
    record(batch, written, now)
    tell_of_decisions([decided.id for decided in batch if decided.follows_another])
    look_again([decided for decided in batch if not decided.claim.sees_all and not decided.decision.is_final])
    return batch


def decide_in_order(claims: Sequence[ClaimInBatch], tables: PolicyTables) -> list[Decided]:
    """Each claim in turn; what was decided for a patient is part of the facts of the patient's next claim."""
    done: dict[int, list[Decided]] = {}
    batch = []
    for claim in claims:
        earlier = done.setdefault(claim.beneficiary_id, []) if claim.beneficiary_id else []
        facts = claim.facts if claim.is_alone else rolled_forward(claim.facts, earlier)
        decided = Decided(claim, facts, decide(facts, tables))
        if not facts.is_test:
            earlier.append(decided)
        batch.append(decided)
    return batch


def rolled_forward(facts: ClaimFacts, earlier: Sequence[Decided]) -> ClaimFacts:
    """What the claim may know: the rows read, with the outcomes of the batch, cut to the visits that can matter."""
    if not facts.is_test:
        for decided in earlier:
            facts = roll_forward(facts, decided.facts, decided.decision)
    return with_visits_in_view(facts)


def look_again(waiting: Sequence[Decided]) -> None:
    """Something about these patients arrived after the decision was asked for, and the claim waits: ask anew."""
    if waiting:
        requeue([decided.claim.id for decided in waiting], "Something about the patient arrived in between")


#: A claim that another is about to replace keeps its decision.
REQUEUE = """
UPDATE claims_claim c SET status = 'queued', queue_number = n.number, queue_reason = %s, next_look = NULL,
       looks_done = looks_done + %s, payment_day = NULL
  FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, number)
 WHERE c.id = n.id AND c.status = ANY(%s)
   AND NOT EXISTS (SELECT FROM claims_claim r WHERE r.replaces_id = c.id AND r.status NOT IN ('voided', 'adjusted'))
"""

NOT_PAID = ("on_hold", "suspended", "payable", "denied")


def requeue(ids: Sequence[int], reason: str, *, is_look: bool = False, is_adjustment: bool = False) -> None:
    """Ask for a new decision on claims that wait or were decided, in the order given.

    `is_look` counts one of the looks of the recycler (reading 6). A paid claim is decided anew only by an adjustment
    that was approved (`is_adjustment`) and passed over otherwise.
    """
    numbers = take_arrivals(len(ids))
    statuses = [*NOT_PAID, "paid"] if is_adjustment else list(NOT_PAID)
    with connection.cursor() as cursor:
        cursor.execute(REQUEUE, [reason, int(is_look), list(ids), numbers, statuses])


class _WithoutCollection:
    """Counts the threads that work batches: the first turns garbage collection off, the last turns it on again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._was_enabled = False

    def enter(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_enabled:
                gc.enable()


_COLLECTION = _WithoutCollection()


@contextmanager
def without_collection() -> Iterator[None]:
    """No garbage collection while a batch of short-lived values is worked; it costs a third of the time otherwise."""
    _COLLECTION.enter()
    try:
        yield
    finally:
        _COLLECTION.leave()


def decide_now(ids: Sequence[int]) -> list[Decided]:
    """Decide claims that are not for the queue's turn (test files): in their own transaction, at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM claims_claim WHERE id = ANY(%s) AND status = 'queued' FOR UPDATE", [list(ids)])
        return decide_batch([row[0] for row in cursor.fetchall()])
