"""Changes that a person makes to one row: add it, end it on a day, replace it from a day.

A change says what it does as a revision, or why it cannot be done. The preview, the act and later the approval by a
second person ask the same function.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from policy.checks import fault_of, name_of, reason_codes_known_now
from policy.drafts import ONE_DAY, Draft, Key, Known, known_now
from policy.loaders.layouts import END, OURS, START
from policy.models import Basis
from policy.refusals import Refused
from policy.registry import DISPOSITIONS, PolicyTable
from policy.revisions import Revision, gaps, overlaps, rows_after
from policy.words import as_text, day_in_words, span_in_words

Rows = Mapping[Key, Sequence[Known]]

#: From the surest basis to the weakest: a row is as sure as its weakest value.
BY_SURENESS = [Basis.PUBLISHED.value, Basis.ESTIMATED.value, Basis.INFERRED.value]


class Change(Protocol):
    """A change to one row of an editable table."""

    @property
    def table(self) -> PolicyTable: ...
    @property
    def source(self) -> str: ...
    def revision(self, known: Rows) -> Revision: ...
    def sentence(self, revision: Revision) -> str: ...


@dataclass(frozen=True, slots=True)
class AddRow:
    """A row for days on which its subject has none. `content` holds the fields of the table, source, basis and note."""

    table: PolicyTable
    content: Mapping[str, Any]
    start: dt.date
    end: dt.date | None = None

    @property
    def source(self) -> str:
        return as_text(self.content.get("source"))

    def revision(self, known: Rows) -> Revision:
        draft = checked_draft(self.table, self.content, self.start, self.end)
        for row in known.get(draft.key(self.table), ()):
            if row.overlaps(draft):
                raise Refused(
                    f"{name_of(self.table, draft)} already has a row {span_in_words(row.start, row.end)}. "
                    "End it before the new row begins, or replace it from a day.",
                    "overlap",
                    "start",
                )
        return Revision(self.table, added=[draft])

    def sentence(self, revision: Revision) -> str:
        return f"{name_of(self.table, revision.added[0])} was added {span_in_words(self.start, self.end)}."


@dataclass(frozen=True, slots=True)
class EndRow:
    """A row's last day. `source` and `basis` are those of the end; the row keeps its own beside them."""

    table: PolicyTable
    row: int
    last_day: dt.date
    source: str
    basis: str
    note: str = ""

    def revision(self, known: Rows) -> Revision:
        row = row_known(known, self.row)
        if self.last_day < row.start:
            raise Refused(
                f"The row begins on {day_in_words(row.start)}; it cannot end before.", "ends_early", "last_day"
            )
        if self.last_day == row.end:
            raise Refused(f"The row ends on {day_in_words(self.last_day)} already.", "no_change", "last_day")
        return Revision(self.table, [row], [checked_draft(self.table, self._content(row), row.start, self.last_day)])

    def _content(self, row: Known) -> dict[str, Any]:
        basis = max(self.basis, row.content["basis"], key=_sureness)
        source = self.source if self.source == row.content["source"] else f"{row.content['source']}; end: {self.source}"
        note = " ".join(filter(None, [row.content["note"], self.note]))
        return {**row.content, "source": source, "basis": basis, "note": note}

    def sentence(self, revision: Revision) -> str:
        return f"{name_of(self.table, revision.superseded[0])} ends on {day_in_words(self.last_day)}."


@dataclass(frozen=True, slots=True)
class ReplaceRow:
    """Other values for a row from a day on; from its first day on, the row is corrected as a whole."""

    table: PolicyTable
    row: int
    content: Mapping[str, Any]
    start: dt.date
    end: dt.date | None = None

    @property
    def source(self) -> str:
        return as_text(self.content.get("source"))

    def revision(self, known: Rows) -> Revision:
        row = row_known(known, self.row)
        draft = checked_draft(self.table, self.content, self.start, self.end)
        name = name_of(self.table, row)
        if draft.key(self.table) != row.key(self.table):
            raise Refused(f"A replacement stays with {name}. Add a row for another subject.", "other_subject")
        if self.start < row.start or (row.end and self.start > row.end):
            raise Refused(
                f"The row is in force {span_in_words(row.start, row.end)}; choose a day of it.", "outside", "start"
            )
        if (row.start, row.end) == (self.start, self.end) and draft.says_the_same(row):
            raise Refused("Nothing differs from the row as it is.", "no_change")
        before = [row.until(self.start - ONE_DAY)] if row.start < self.start else []
        return Revision(self.table, [row], [*before, draft])

    def sentence(self, revision: Revision) -> str:
        name = name_of(self.table, revision.superseded[0])
        return f"{name} was replaced {span_in_words(self.start, self.end)}."


def plan(change: Change) -> Revision:
    """What a change does to the rows known now, or Refused with the reason; two or three queries."""
    if not change.table.is_editable:
        raise Refused(f"{change.table.title} are changed by loading a file.", "not_editable")
    known = known_now(change.table)
    revision = change.revision(known)
    after = rows_after(revision, known)
    for other, row in overlaps(after):
        raise Refused(
            f"{name_of(change.table, row)} would have two rows on {day_in_words(row.start)}: the other one holds "
            f"{span_in_words(other.start, other.end)}.",
            "overlap",
        )
    if change.table.is_continuous:
        for gap in gaps(after):
            raise Refused(
                f"{name_of(change.table, gap.after)} would have no row from {day_in_words(gap.first)} "
                f"through {day_in_words(gap.last)}. Close the gap, for claims of those days could not be decided.",
                "gap",
            )
    return revision


def row_known(known: Rows, pk: int) -> Known:
    """The row of this number, or Refused when it was replaced meanwhile."""
    for rows in known.values():
        for row in rows:
            if row.pk == pk:
                return row
    raise Refused("This row was replaced meanwhile. Open the table again to see what holds now.", "stale")


def checked_draft(table: PolicyTable, content: Mapping[str, Any], start: dt.date, end: dt.date | None) -> Draft:
    """The row as it will be kept, each value as its column wants it, or Refused."""
    if end is not None and end < start:
        raise Refused("The last day is before the first day.", "ends_early", "end")
    values = {}
    for column in OURS[table.name].columns:
        if column.field in (START, END):
            continue
        text = as_text(content.get(column.field))
        try:
            values[column.field] = column.kind.read(text)
        except (ValueError, KeyError) as error:
            raise Refused(f"“{text}” is not {column.kind.expected}.", "value", column.field) from error
    fault = fault_of(table, values, reason_codes_known_now() if table is DISPOSITIONS else ())
    if fault:
        raise Refused(f"{fault.words[0].upper()}{fault.words[1:]}.", "reason_codes", fault.field)
    return Draft(values, start, end)


def _sureness(basis: str) -> int:
    return BY_SURENESS.index(basis) if basis in BY_SURENESS else len(BY_SURENESS)
