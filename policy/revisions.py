"""What a set of new rows does to the rows known now: pure, so that a preview and the act itself cannot differ.

A new row replaces every known row of its subject that it overlaps. Of a replaced row, the days before the first new
row stay as they were, as a row of their own; the days after it do not: a new row with a last day ends the old one.
Known rows that no new row touches stay. Nothing is overwritten: replaced rows are superseded, and remain for readers
who ask what was known before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policy.drafts import ONE_DAY, Draft, Key, Known
from policy.registry import PolicyTable


@dataclass(slots=True)
class Revision:
    """The known rows of one table that end, the rows that come, how many of the new rows were known already."""

    table: PolicyTable
    superseded: list[Known] = field(default_factory=list)
    added: list[Draft] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.superseded or self.added)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which a subject would have no row, between two of its rows."""

    key: Key
    first: dt.date
    last: dt.date
    before: Draft
    after: Draft


def revise(table: PolicyTable, known: Mapping[Key, Sequence[Known]], drafts: Sequence[Draft]) -> Revision:
    """The revision that makes `drafts` known, given the rows known now by subject."""
    revision = Revision(table)
    for key, new in by_subject(table, drafts).items():
        _revise_subject(revision, known.get(key, ()), new)
    return revision


def by_subject(table: PolicyTable, drafts: Sequence[Draft]) -> dict[Key, list[Draft]]:
    """The drafts by subject, each in the order of its days."""
    found: dict[Key, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.key(table), []).append(draft)
    for rows in found.values():
        rows.sort(key=lambda row: row.start)
    return found


def _revise_subject(revision: Revision, known: Sequence[Known], new: Sequence[Draft]) -> None:
    fresh = _not_known_already(revision.table, known, new)
    revision.unchanged += len(new) - len(fresh)
    for row in known:
        over = [draft for draft in fresh if draft.overlaps(row)]
        if not over:
            continue
        revision.superseded.append(row)
        if row.start < over[0].start:
            revision.added.append(Draft(row.content, row.start, over[0].start - ONE_DAY))
    revision.added.extend(fresh)


def _not_known_already(table: PolicyTable, known: Sequence[Known], new: Sequence[Draft]) -> list[Draft]:
    """The drafts that no known row states, in the order of their days.

    A known row states a draft only while it stays: when another draft replaces the row, both drafts are fresh.
    """
    holders = [[row for row in known if _states(table, row, draft)] for draft in new]
    fresh: list[int] = []
    more = [index for index, rows in enumerate(holders) if not rows]
    while more:
        fresh += more
        gone = {row.pk for row in known if any(row.overlaps(new[index]) for index in fresh)}
        more = [
            index for index, rows in enumerate(holders) if index not in fresh and all(row.pk in gone for row in rows)
        ]
    return [new[index] for index in sorted(fresh)]


def _states(table: PolicyTable, row: Known, draft: Draft) -> bool:
    """A known row says the same over all of the draft's days, and ends with it."""
    return row.start <= draft.start and row.end == draft.end and draft.says_the_same(row, table.ignores)


def rows_after(revision: Revision, known: Mapping[Key, Sequence[Known]]) -> dict[Key, list[Draft]]:
    """The rows of each subject that the revision touches, as they will be known."""
    gone = {row.pk for row in revision.superseded}
    touched = {row.key(revision.table) for row in (*revision.superseded, *revision.added)}
    stay = [row for key in touched for row in known.get(key, ()) if row.pk not in gone]
    return by_subject(revision.table, [*stay, *revision.added])


def gaps(rows: Mapping[Key, Sequence[Draft]]) -> list[Gap]:
    """The holes between the rows of each subject."""
    return [
        Gap(key, before.end + ONE_DAY, after.start - ONE_DAY, before, after)
        for key, spans in rows.items()
        for before, after in pairwise(spans)
        if before.end is not None and before.end + ONE_DAY < after.start
    ]


def overlaps(rows: Mapping[Key, Sequence[Draft]]) -> list[tuple[Draft, Draft]]:
    """The rows that share a day with a row of their subject that begins before them, each with that row."""
    found = []
    for spans in rows.values():
        reaches = spans[0]
        for row in spans[1:]:
            if row.overlaps(reaches):
                found.append((reaches, row))
            if reaches.end is not None and (row.end is None or row.end > reaches.end):
                reaches = row
    return found
