"""Changes to rows: add one, end it on a day, replace it from a day, take over what a file or an earlier day says.

Many changes are planned together: what they do is a revision of each table, or why it cannot be done, by row. The
preview, the proposal, the approval by a second person and the publication ask the same function.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from policy.checks import Reason, fault_of, name_of, reason_codes_known_now
from policy.drafts import Draft, Key, Known, known_now
from policy.loaders.layouts import END, OURS, START
from policy.models import Basis
from policy.refusals import Refused
from policy.registry import DISPOSITIONS, REASON_CODES, TABLES, PolicyTable
from policy.revisions import Revision, by_subject, gaps, overlaps, revise, rows_after
from policy.words import as_text, day_in_words, span_in_words

#: The rows known now, by subject and by primary key.
Rows = Mapping[Key, Sequence[Known]]
ByNumber = Mapping[int, Known]

#: From the surest basis to the weakest: a row is as sure as its weakest value.
BY_SURENESS = [Basis.PUBLISHED.value, Basis.ESTIMATED.value, Basis.INFERRED.value]
#: The code of a refusal that another row of the set can mend.
GAP = "gap"
STALE = "This row was replaced meanwhile. Open the table again to see what holds now."


class Change(Protocol):
    """A change to a table. `replaces` are the rows known now whose place it takes, by primary key."""

    @property
    def table(self) -> PolicyTable: ...
    @property
    def replaces(self) -> tuple[int, ...]: ...
    def draft(self, known: ByNumber) -> Draft | None:
        """The row as it will be kept, None for one that is taken back; Refused where it cannot be."""


@dataclass(frozen=True, slots=True)
class AddRow:
    """A row for days on which its subject has none. `content` holds the fields of the table, source, basis and note."""

    table: PolicyTable
    content: Mapping[str, Any]
    start: dt.date
    end: dt.date | None = None

    @property
    def replaces(self) -> tuple[int, ...]:
        return ()

    def draft(self, known: ByNumber) -> Draft:
        return checked_draft(self.table, self.content, self.start, self.end)


@dataclass(frozen=True, slots=True)
class EndRow:
    """A row's last day. `source` and `basis` are those of the end; the row keeps its own beside them."""

    table: PolicyTable
    row: int
    last_day: dt.date
    source: str
    basis: str
    note: str = ""

    @property
    def replaces(self) -> tuple[int, ...]:
        return (self.row,)

    def draft(self, known: ByNumber) -> Draft:
        row = row_known(known, self.row)
        if self.last_day < row.start:
            raise Refused(
                f"The row begins on {day_in_words(row.start)}; it cannot end before.", "ends_early", "last_day"
            )
        if self.last_day == row.end:
            raise Refused(f"The row ends on {day_in_words(self.last_day)} already.", "no_change", "last_day")
        return checked_draft(self.table, self._content(row), row.start, self.last_day)

    def _content(self, row: Known) -> dict[str, Any]:
        basis = max(self.basis, row.content["basis"], key=_sureness)
        source = self.source if self.source == row.content["source"] else f"{row.content['source']}; end: {self.source}"
        note = " ".join(filter(None, [row.content["note"], self.note]))
        return {**row.content, "source": source, "basis": basis, "note": note}


@dataclass(frozen=True, slots=True)
class ReplaceRow:
    """Other values for a row from a day on; from its first day on, the row is corrected as a whole."""

    table: PolicyTable
    row: int
    content: Mapping[str, Any]
    start: dt.date
    end: dt.date | None = None

    @property
    def replaces(self) -> tuple[int, ...]:
        return (self.row,)

    def draft(self, known: ByNumber) -> Draft:
        row = row_known(known, self.row)
        draft = checked_draft(self.table, self.content, self.start, self.end)
        if draft.key(self.table) != row.key(self.table):
            name = name_of(self.table, row)
            raise Refused(f"A replacement stays with {name}. Add a row for another subject.", "other_subject")
        if self.start < row.start or (row.end and self.start > row.end):
            raise Refused(
                f"The row is in force {span_in_words(row.start, row.end)}; choose a day of it.", "outside", "start"
            )
        if (row.start, row.end) == (self.start, self.end) and draft.says_the_same(row):
            raise Refused("Nothing differs from the row as it is.", "no_change")
        return draft


@dataclass(frozen=True, slots=True)
class PutRow:
    """A row as a file or an earlier day says it, in the place of whatever the set names beside it; of any table."""

    table: PolicyTable
    content: Mapping[str, Any]
    start: dt.date
    end: dt.date | None
    replaces: tuple[int, ...] = ()

    def draft(self, known: ByNumber) -> Draft:
        for row in self.replaces:
            row_known(known, row)
        return Draft(self.content, self.start, self.end)


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """A row that is taken back as a whole: it is not known any more, and nothing stands in its place."""

    table: PolicyTable
    row: int

    @property
    def replaces(self) -> tuple[int, ...]:
        return (self.row,)

    def draft(self, known: ByNumber) -> None:
        row_known(known, self.row)


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What changes do to one table: the rows known now, the rows to come (`line` is the number of their change).

    `revision` is None where the rows would not go together.
    """

    table: PolicyTable
    known: Rows
    drafts: Sequence[Draft]
    revision: Revision | None


@dataclass(slots=True)
class Plan:
    """What changes do to the rows known now, table by table; `refusals` name each row that cannot be done."""

    tables: list[TablePlan] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)

    @property
    def revisions(self) -> list[Revision]:
        return [part.revision for part in self.tables if part.revision is not None]


def plan(changes: Sequence[Change]) -> list[Revision]:
    """What the changes do together to the rows known now, or Refused with the first reason."""
    planned = plan_all(dict(enumerate(changes, 1)))
    if planned.refusals:
        raise planned.refusals[0]
    return planned.revisions


def plan_all(changes: Mapping[int, Change]) -> Plan:
    """The same for numbered changes, with each reason to refuse; one query a table, one more for reason codes."""
    planned = Plan()
    reasons = _reasons(changes.values())
    for table in TABLES:
        found = {number: change for number, change in changes.items() if change.table is table}
        if found:
            _plan_table(planned, table, found, reasons)
    planned.refusals.sort(key=lambda refused: refused.row or 0)
    return planned


def _reasons(changes: Iterable[Change]) -> set[Reason]:
    """The reason codes that a disposition may name: those known now, and those of the same set."""
    named = list(changes)
    if not any(change.table is DISPOSITIONS for change in named):
        return set()
    own = {
        (str(change.content["kind"]), str(change.content["code"]))
        for change in named
        if change.table is REASON_CODES and isinstance(change, PutRow)
    }
    return reason_codes_known_now() | own


def _plan_table(planned: Plan, table: PolicyTable, changes: Mapping[int, Change], reasons: set[Reason]) -> None:
    known = known_now(table)
    drafts, refusals = _drafts(table, known, changes, reasons)
    refusals += _overlaps(table, known, drafts, changes)
    revision = None if refusals else _revised(table, known, drafts, changes)
    if revision is not None and table.is_continuous:
        refusals += _gaps(table, revision, known)
    planned.tables.append(TablePlan(table, known, drafts, revision))
    planned.refusals += refusals


def _drafts(
    table: PolicyTable, known: Rows, changes: Mapping[int, Change], reasons: set[Reason]
) -> tuple[list[Draft], list[Refused]]:
    """The row of each change, numbered, and the changes that are refused in themselves."""
    by_number = {row.pk: row for rows in known.values() for row in rows}
    drafts: list[Draft] = []
    refusals: list[Refused] = []
    for number, change in changes.items():
        try:
            draft = change.draft(by_number)
            if draft is not None:
                _check_fault(table, draft, reasons)
                drafts.append(replace(draft, line=number))
        except Refused as refused:
            refused.row = number
            refusals.append(refused)
    return drafts, refusals


def _check_fault(table: PolicyTable, draft: Draft, reasons: set[Reason]) -> None:
    fault = fault_of(table, draft.content, reasons)
    if fault:
        raise Refused(f"{fault.words[0].upper()}{fault.words[1:]}.", "reason_codes", fault.field)


def _overlaps(table: PolicyTable, known: Rows, drafts: Sequence[Draft], changes: Mapping[int, Change]) -> list[Refused]:
    """Rows that would hold beside a known row that nobody replaces, or beside another row of the set."""
    named = {pk for change in changes.values() for pk in change.replaces}
    found = [
        _overlap(table, row, draft, is_new=not changes[draft.line or 0].replaces)
        for draft in drafts
        for row in known.get(draft.key(table), ())
        if row.pk not in named and row.overlaps(draft)
    ]
    return found + [_two_rows(table, other, row) for other, row in overlaps(by_subject(table, drafts))]


def _overlap(table: PolicyTable, row: Known, draft: Draft, *, is_new: bool) -> Refused:
    if not is_new:
        return _two_rows(table, row, draft)
    return Refused(
        f"{name_of(table, draft)} already has a row {span_in_words(row.start, row.end)}. "
        "End it before the new row begins, or replace it from a day.",
        "overlap",
        "start",
        draft.line,
    )


def _two_rows(table: PolicyTable, other: Draft, row: Draft) -> Refused:
    day = max(other.start, row.start)
    return Refused(
        f"{name_of(table, row)} would have two rows on {day_in_words(day)}: the other one holds "
        f"{span_in_words(other.start, other.end)}.",
        "overlap",
        "start",
        row.line,
    )


def _revised(table: PolicyTable, known: Rows, drafts: Sequence[Draft], changes: Mapping[int, Change]) -> Revision:
    """The revision; of a row that is taken back no day stays, whatever comes in its place."""
    gone = {change.row for change in changes.values() if isinstance(change, RemoveRow)}
    stay = {key: [row for row in rows if row.pk not in gone] for key, rows in known.items()}
    revision = revise(table, stay, drafts)
    revision.superseded += [row for rows in known.values() for row in rows if row.pk in gone]
    return revision


def _gaps(table: PolicyTable, revision: Revision, known: Rows) -> list[Refused]:
    return [
        Refused(
            f"{name_of(table, gap.after)} would have no row from {day_in_words(gap.first)} "
            f"through {day_in_words(gap.last)}. Close the gap, for claims of those days could not be decided.",
            GAP,
            row=gap.after.line or gap.before.line,
        )
        for gap in gaps(rows_after(revision, known))
    ]


def row_known(known: ByNumber, pk: int) -> Known:
    """The row of this number, or Refused when it was replaced meanwhile."""
    if pk not in known:
        raise Refused(STALE, "stale")
    return known[pk]


def checked_draft(table: PolicyTable, content: Mapping[str, Any], start: dt.date, end: dt.date | None) -> Draft:
    """The row as it will be kept, each value as its column wants it, or Refused."""
    if not table.is_editable:
        raise Refused(f"{table.title} are changed by loading a file.", "not_editable")
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
    return Draft(values, start, end)


def _sureness(basis: str) -> int:
    return BY_SURENESS.index(basis) if basis in BY_SURENESS else len(BY_SURENESS)
