"""Rolling back: a change set that takes back what another one published and restores what was known before it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from policy import clock
from policy.change_sets.actions import make
from policy.change_sets.rows import row_of
from policy.changes import Change, PutRow, RemoveRow
from policy.drafts import content_fields
from policy.models import ChangeSet, ChangeSetState, PolicyRow, ProposedAct, ProposedRow, Publication
from policy.models.change_set import LONGEST_TITLE
from policy.refusals import Refused
from policy.registry import TABLES, PolicyTable


@transaction.atomic
def roll_back(change_set: ChangeSet, *, by: User, reason: str, publish_on: dt.date | None = None) -> ChangeSet:
    """A draft that undoes a published set, row by row; it is proposed and approved like any other.

    Raises Refused when a later publication has replaced one of its rows: that one is rolled back first.
    """
    found = ChangeSet.objects.select_for_update(of=("self",)).select_related("publication").get(pk=change_set.pk)
    if found.publication is None:
        raise Refused(f"{found} is not published, so there is nothing to roll back.", "not_published")
    if other := found.undone_by.exclude(state=ChangeSetState.DISCARDED).first():
        raise Refused(f"{other} rolls {str(found).lower()} back already.", "rolled_back")
    changes = [change for table in TABLES for change in _undoing(table, found.publication)]
    undoing = make(
        f"Roll back {str(found).lower()}: {found.title}"[:LONGEST_TITLE],
        by=by,
        source=found.source,
        reason=reason,
        publish_on=publish_on or clock.today(),
        undoes=found,
    )
    ProposedRow.objects.bulk_create(_rows(undoing, changes, by), batch_size=5000)
    return undoing


def _rows(undoing: ChangeSet, changes: list[Change], by: User) -> list[ProposedRow]:
    rows = [row_of(change, undoing, number, by=by) for number, change in enumerate(changes, 1)]
    for row in rows:
        if row.act == ProposedAct.LOAD:
            row.act = ProposedAct.RESTORE
    return rows


def _undoing(table: PolicyTable, publication: Publication) -> list[Change]:
    """The rows that a publication made known are taken back, those that it replaced are restored."""
    rows = table.model._default_manager.select_related("superseded_in")
    made = list(rows.filter(published_in=publication).order_by("pk"))
    for row in made:
        if row.superseded_in is not None:
            raise Refused(
                f"{row} was changed again by {str(row.superseded_in).lower()}. Roll that one back first.", "stale"
            )
    replaced = rows.filter(superseded_in=publication).order_by("pk")
    return [*(RemoveRow(table, row.pk) for row in made), *(_restored(table, row) for row in replaced)]


def _restored(table: PolicyTable, row: PolicyRow) -> PutRow:
    content = {field.name: getattr(row, field.name) for field in content_fields(table.model)}
    return PutRow(table, content, row.effective_from, row.effective_to)
