"""The rows of a change set as changes to the tables, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from policy.changes import AddRow, Change, EndRow, PutRow, RemoveRow, ReplaceRow
from policy.drafts import content_fields
from policy.models import Basis, ChangeSet, ProposedAct, ProposedRow
from policy.refusals import Refused
from policy.registry import BY_NAME, PolicyTable

Act = ProposedAct
PROVENANCE = ("source", "basis", "note")


def change_of(row: ProposedRow) -> Change:
    """What a proposed row does; raises Refused when it cannot be read."""
    table = BY_NAME[row.table]
    if row.act == Act.REMOVE:
        return RemoveRow(table, row.replaces[0])
    if row.act == Act.END:
        return EndRow(table, row.replaces[0], _day(row.end), row.source, row.basis, row.note)
    content = content_of(row)
    if row.act == Act.ADD:
        return AddRow(table, content, _day(row.start), row.end)
    if row.act == Act.REPLACE:
        return ReplaceRow(table, row.replaces[0], content, _day(row.start), row.end)
    return PutRow(table, content, _day(row.start), row.end, tuple(row.replaces))


def _day(day: dt.date | None) -> dt.date:
    if day is None:
        raise Refused("The row has no day.", "value", "start")
    return day


def content_of(row: ProposedRow) -> dict[str, Any]:
    """The fields of the row as the table keeps them, with source, basis and note."""
    said = {**row.content, "source": row.source, "basis": row.basis, "note": row.note}
    found = {}
    for field in content_fields(BY_NAME[row.table].model):
        value = said.get(field.name, field.get_default())
        try:
            found[field.name] = field.to_python(value)
        except ValidationError as error:
            raise Refused(f"“{value}” is no value of {field.verbose_name}.", "value", field.name) from error
    return found


def row_of(change: Change, change_set: ChangeSet, number: int, *, by: User) -> ProposedRow:
    """A change as a row of a set, not yet written."""
    row = ProposedRow(
        change_set=change_set,
        number=number,
        table=change.table.name,
        act=_ACTS[type(change)],
        replaces=list(change.replaces),
        put_by=by,
    )
    if isinstance(change, EndRow):
        row.end, row.source, row.basis, row.note = change.last_day, change.source, change.basis, change.note
    elif isinstance(change, RemoveRow):
        row.source, row.basis = change_set.source, Basis.PUBLISHED
    elif isinstance(change, AddRow | ReplaceRow | PutRow):
        row.start, row.end = change.start, change.end
        row.content = as_json(change.table, change.content)
        row.source, row.basis, row.note = (str(change.content.get(name, "")).strip() for name in PROVENANCE)
    return row


_ACTS: dict[type[Change], ProposedAct] = {
    AddRow: Act.ADD,
    EndRow: Act.END,
    ReplaceRow: Act.REPLACE,
    PutRow: Act.LOAD,
    RemoveRow: Act.REMOVE,
}


def as_json(table: PolicyTable, content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row of a table without its provenance, amounts as text."""
    fields = (field for field in content_fields(table.model) if field.name not in PROVENANCE)
    return {field.name: _plain(content.get(field.name, field.get_default())) for field in fields}


def _plain(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value
