"""Deciding claims anew as the queue would if it were asked now, by reading alone: nothing is asked, locked or written.

What the queue sees of claims that are asked together is what `claims.adjudication.queue.requeue` leaves of them: until
each is decided its visits are pending and its deductible is given back. A test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from claims.adjudication.queue import decide_in_order
from claims.adjudication.reading.batch import CLAIMS, DETERMINATIONS, LINES, Billed, ClaimInBatch, Visits, read_around
from claims.adjudication.reading.sql import Row, array, grouped, rows
from claims.adjudication.recorder import Decided
from claims.models import ClaimStatus
from claims.pricing import EVERY_CODE, ZERO
from policy.tables import PolicyTables


class Anew:
    """Decides the claims of one chunk anew, each set of them read once, whatever tables they are decided with."""

    def __init__(self) -> None:
        self._read: dict[object, list[ClaimInBatch]] = {}

    def decided(self, ids: Sequence[int], tables: PolicyTables, today: dt.date) -> list[Decided]:
        """What would be decided on these claims, asked together in this order; ten queries, however many claims."""
        # Of all tables only this one has a part in what is read: what is left of the deductible is a fact.
        which = (tuple(ids), tables.deductibles.of(EVERY_CODE), today)
        if which not in self._read:
            self._read[which] = read_as_asked(ids, tables, today)
        return decide_in_order(self._read[which], tables)


def read_as_asked(ids: Sequence[int], tables: PolicyTables, today: dt.date) -> list[ClaimInBatch]:
    """The claims with what is known around them, as the queue would read them if they were asked for together now."""
    wanted = [array(ids)]
    place = {claim: number for number, claim in enumerate(ids)}
    claims = sorted(rows(CLAIMS, wanted), key=lambda row: place[row[0]])
    billed = Billed(claims, grouped(LINES, wanted), grouped(DETERMINATIONS, wanted))
    return read_around(billed, tables, today, lambda visits: as_asked(visits, place))


#: Columns of a row of `read_visits`.
STATUS, CLAIM, DEDUCTIBLE = 4, 8, 9


def as_asked(visits: Visits, asked: Collection[int]) -> Visits:
    """The visits by patient with those of the claims that are asked as they are in the queue."""
    return {patient: [_in_queue(row) if row[CLAIM] in asked else row for row in of] for patient, of in visits.items()}


def _in_queue(row: Row) -> Row:
    return (*row[:STATUS], ClaimStatus.QUEUED.value, *row[STATUS + 1 : DEDUCTIBLE], ZERO, *row[DEDUCTIBLE + 1 :])
