"""Comparing seals with each other and with the rows that they sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Max, Q

from claims.models import Seal
from claims.verification.digests import by_id, columns_of, digest_of
from claims.verification.findings import Finding, Kind
from claims.verification.naming import claim_of_removed, claim_of_row
from claims.verification.sealing import LOWEST_ID, chain_of, sealed_tables, seals_made

SEALS = Seal._meta.db_table


@dataclass(slots=True)
class Chain:
    """The chain while it is walked from its beginning: what the next seal has to follow."""

    number: int = 0
    chain: str = ""
    ends: dict[str, int] = field(default_factory=dict)

    def follow(self, seal: Seal) -> Iterator[Finding]:
        """What is wrong with the next seal there is, itself or in its place behind the one before."""
        if seal.number != self.number + 1:
            yield gone(self.number + 1, seal.number - 1)
        elif seal.previous != self.chain:
            yield changed(seal, f"Seal {seal.number} does not follow the seal before it: one of the two was changed.")
        if chain_of(seal) != seal.chain:
            yield changed(seal, f"Seal {seal.number} was changed after it was made.")
        begins = self.ends.get(seal.table, LOWEST_ID - 1) + 1
        if seal.number == self.number + 1 and seal.first_id != begins:
            yield changed(seal, f"Seal {seal.number} leaves out rows of {seal.table} before id {seal.first_id}.")
        self.number, self.chain = seal.number, seal.chain
        self.ends[seal.table] = seal.last_id

    def end(self) -> Iterator[Finding]:
        """Whether the last seals are gone."""
        if (made := seals_made()) > self.number:
            yield gone(self.number + 1, made)

    @property
    def head(self) -> str:
        return f"{self.number}:{self.chain}" if self.number else ""


def gone(first: int, last: int) -> Finding:
    which = f"Seal {first} is" if first == last else f"Seals {first} to {last} are"
    return Finding("seal_removed", f"{which} gone; what they said of their rows cannot be checked.", SEALS, first)


def changed(seal: Seal, sentence: str) -> Finding:
    return Finding("seal_changed", sentence, SEALS, seal.number)


def head_differs(noted: str) -> Iterator[Finding]:
    """Whether the seal that was noted elsewhere ("12:9f3a…") is still the same; raises ValueError for another text."""
    number, _, chain = noted.partition(":")
    if not number.isdecimal() or len(chain) != len("9f3a") * 16:
        raise ValueError(f"“{noted}” is no seal: give its number and its chain as they were printed, like 12:9f3a….")
    stands = Seal.objects.filter(number=int(number)).values_list("chain", flat=True).first()
    if stands != chain:
        what = "is gone" if stands is None else "is not the one that was noted"
        yield Finding("seal_changed" if stands else "seal_removed", f"Seal {number} {what}.", SEALS, int(number))


def rows_of(seal: Seal) -> Iterator[Finding]:
    """Each row of a seal's range that was changed, added or removed since; one statement when none was."""
    if lacking := _lacking(seal):
        yield Finding("seal_unusable", f"Seal {seal.number} is over {lacking}.", SEALS, seal.number)
        return
    now = digest_of(seal.table, seal.columns, seal.first_id, seal.last_id)
    if now.digest != seal.digest or now.row_count != seal.row_count:
        found = list(_differing(seal, by_id(bytes(seal.leaves)), by_id(now.leaves)))
        sentence = (
            f"Seal {seal.number} and its rows of {seal.table} differ; none of its rows does: the seal was changed."
        )
        yield from found or [changed(seal, sentence)]


def _lacking(seal: Seal) -> str:
    """What a seal is over and is not there, in words; "" when all is."""
    if seal.table not in sealed_tables():
        return f"{seal.table}, which is no table to which rows are only added"
    there = columns_of(seal.table)
    missing = [column for column in seal.columns if column not in there]
    return f"columns that {seal.table} no longer has: {', '.join(missing)}" if missing else ""


def _differing(seal: Seal, sealed: dict[int, bytes], now: dict[int, bytes]) -> Iterator[Finding]:
    for row in sorted({*sealed, *now}):
        if row not in now:
            yield _row("row_removed", seal, row, claim_of_removed(seal.table, row), "was removed")
        elif row not in sealed:
            yield _row("row_added", seal, row, claim_of_row(seal.table, row), "was added among sealed rows")
        elif sealed[row] != now[row]:
            yield _row("row_changed", seal, row, claim_of_row(seal.table, row), "was changed")


def _row(kind: Kind, seal: Seal, row: int, claim: str, what: str) -> Finding:
    return Finding(kind, f"A row of {seal.table} {what} after seal {seal.number}.", seal.table, row, claim)


def seals_over(table: str, ids: list[int]) -> Q:
    """Seals of a table that hold one of these rows."""
    condition = Q(pk__in=[])
    for row in ids:
        condition |= Q(table=table, first_id__lte=row, last_id__gte=row)
    return condition


def unsealed() -> int:
    """How many rows are in no seal yet; one query a table."""
    ends = dict(Seal.objects.order_by().values_list("table").annotate(Max("last_id")))
    total = 0
    with connection.cursor() as cursor:
        for table in sealed_tables():
            name = connection.ops.quote_name(table)
            after = ends.get(table, LOWEST_ID)
            cursor.execute(f"SELECT count(*) FROM {name} WHERE id > %s", [after])  # noqa: S608 - a table of our own
            total += cursor.fetchone()[0]
    return total
