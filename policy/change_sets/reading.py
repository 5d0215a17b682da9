"""Reads of change sets: what one does to the tables, and the tables as they would be with it."""

from __future__ import annotations

from collections.abc import Iterable

from policy.change_sets.rows import change_of
from policy.changes import GAP, Change, Plan, plan_all
from policy.models import ChangeSet
from policy.readers import tables_revised
from policy.refusals import Refused
from policy.revisions import Revision
from policy.tables import PolicyTables


def plan_of(change_set: ChangeSet) -> Plan:
    """What the rows of an open set do together to what is known now, and why some of them cannot be done.

    Two queries and one for each table that it touches.
    """
    changes, unread = _changes(change_set)
    planned = plan_all(changes)
    return Plan(planned.tables, [*unread, *planned.refusals])


def plan_with(change_set: ChangeSet | None, change: Change) -> Plan:
    """What a set would do with one more row, or Refused where that row cannot be done beside the others.

    Days without a row do not refuse it, for another row may fill them; `refusals` keeps them.
    """
    changes, _ = _changes(change_set) if change_set is not None else ({}, [])
    number = next_number(changes)
    planned = plan_all({**changes, number: change})
    for refused in planned.refusals:
        if refused.row == number and refused.code != GAP:
            raise refused
    return planned


def next_number(numbers: Iterable[int]) -> int:
    """The number of the next row of a set."""
    return max(numbers, default=0) + 1


def _changes(change_set: ChangeSet) -> tuple[dict[int, Change], list[Refused]]:
    """The rows by their numbers as changes, and those that cannot be read."""
    changes: dict[int, Change] = {}
    unread: list[Refused] = []
    for row in change_set.rows.all():
        try:
            changes[row.number] = change_of(row)
        except Refused as refused:
            refused.row = row.number
            unread.append(refused)
    return changes, unread


def revisions_of(change_set: ChangeSet) -> list[Revision]:
    """What the set does to each table, planned against what is known now.

    Raises Refused, with the row and the field, when it cannot be done as it stands.
    """
    planned = plan_of(change_set)
    if planned.refusals:
        raise _named(planned.refusals[0])
    return planned.revisions


def _named(refused: Refused) -> Refused:
    return Refused(f"Row {refused.row}: {refused}", refused.code, refused.field, refused.row)


def tables_with(change_set: ChangeSet) -> PolicyTables:
    """All tables as they would be known if the set were published now; nothing is written."""
    return tables_revised(revisions_of(change_set))
