"""Sealing: what was added to the append-only tables since the last time gets its link in the chain of seals.

One job does it, after the fact, so that nobody who decides or pays ever waits for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import orjson
import pgtrigger
from django.db import connection, transaction

from accounts.append_only import append_only_triggers
from claims.models import Seal
from claims.verification.digests import columns_of, digest_of
from claims.verification.settled import settled
from policy import clock

ROWS_A_SEAL = 10_000

#: Where the first range of a table begins: a row with an id below all that sequences give is added by hand, too.
LOWEST_ID = -(2**63)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a run sealed. `waiting`: tables to which a transaction under way may still add; `head`: the last seal."""

    seals: int
    rows: int
    waiting: tuple[str, ...]
    head: Seal | None


def sealed_tables() -> list[str]:
    """The tables to which rows are only ever added, by name; the seals themselves are a chain already."""
    (append_only, _) = append_only_triggers()
    models = {model for model, trigger in pgtrigger.registered() if trigger.name == append_only.name}
    return sorted(model._meta.db_table for model in models if model is not Seal)


def seal_records(
    patience: float = 10.0, rows_a_seal: int = ROWS_A_SEAL, tell: Callable[[int], object] = lambda rows: None
) -> Sealed:
    """Seal every settled row that is not sealed; waits up to `patience` seconds for transactions under way.

    `tell` hears how many rows are sealed.
    """
    tables = sealed_tables()
    bounds = settled(tables, patience)
    seals = rows = 0
    for table, bound in bounds.items():
        for seal in _seal_table(table, bound, rows_a_seal):
            seals, rows = seals + 1, rows + seal.row_count
            tell(rows)
    return Sealed(
        seals=seals,
        rows=rows,
        waiting=tuple(table for table in tables if table not in bounds),
        head=Seal.objects.defer("leaves").last(),
    )


def _seal_table(table: str, bound: int, rows_a_seal: int) -> Iterator[Seal]:
    columns = columns_of(table)
    while True:
        with one_seal_at_a_time():
            seal = _next_seal(table, columns, bound, rows_a_seal)
            if seal is None:
                return
            seal.save(force_insert=True)
            transaction.on_commit(partial(_note_number, seal.number))
        yield seal


@contextmanager
def one_seal_at_a_time() -> Iterator[None]:
    """A transaction in which nobody else seals; readers pass."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE claims_seal IN SHARE ROW EXCLUSIVE MODE")
        yield


def _next_seal(table: str, columns: tuple[str, ...], bound: int, rows_a_seal: int) -> Seal | None:
    """The seal, not yet written, over the next rows of a table up to an id; None when there is none to seal."""
    before = Seal.objects.filter(table=table).order_by("last_id").values_list("last_id", flat=True).last()
    first = LOWEST_ID if before is None else before + 1
    last = _end_of_range(table, first, bound, rows_a_seal)
    if last is None:
        return None
    found = digest_of(table, columns, first, last)
    newest = Seal.objects.order_by("number").values_list("number", "chain").last()
    seal = Seal(
        number=max(newest[0] if newest else 0, seals_made()) + 1,
        table=table,
        columns=list(columns),
        first_id=first,
        last_id=last,
        row_count=found.row_count,
        digest=found.digest,
        leaves=found.leaves,
        previous=newest[1] if newest else "",
        sealed_at=clock.now(),
    )
    seal.chain = chain_of(seal)
    return seal


def _end_of_range(table: str, first: int, bound: int, rows_a_seal: int) -> int | None:
    """The last id of a range of so many rows at most: the bound, when it has fewer; None when it has none."""
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), max(id) FROM (SELECT id FROM {name} WHERE id BETWEEN %s AND %s ORDER BY id LIMIT %s) r",  # noqa: S608 - a table of our own
            [first, bound, rows_a_seal],
        )
        count, last = cursor.fetchone()
    if not count:
        return None
    return int(last) if count == rows_a_seal else bound


def chain_of(seal: Seal) -> str:
    """The SHA-256 of all that a seal says and of the chain before it."""
    said = [
        seal.previous,
        seal.number,
        seal.table,
        seal.columns,
        seal.first_id,
        seal.last_id,
        seal.row_count,
        seal.digest,
        hashlib.sha256(seal.leaves).hexdigest(),
        seal.sealed_at.astimezone(dt.UTC),
    ]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def seals_made() -> int:
    """The number of the last seal that was ever made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM claims_seals_made")
        return int(cursor.fetchone()[0])


def _note_number(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('claims_seals_made', greatest(last_value, %s)) FROM claims_seals_made", [number])
