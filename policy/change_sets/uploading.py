"""Rows of a file in a change set: recognized by its columns, checked line by line, all of them or none.

A row that says what is known already is counted and left out; the others take the place of what they overlap.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction

from accounts.models import User
from policy.change_sets.actions import State, locked
from policy.change_sets.reading import next_number
from policy.change_sets.rows import change_of, row_of
from policy.changes import GAP, Change, PutRow, plan_all
from policy.drafts import Draft, Known, known_now
from policy.loaders.files import ZIP5 as ZIP5_LAYOUT
from policy.loaders.files import BadFile, Source, layouts_of_header, read_and_check
from policy.loaders.reading import csv_records, decode
from policy.models import ChangeSet, ProposedRow
from policy.refusals import Refused
from policy.registry import ZIPS, PolicyTable
from policy.revisions import revise

#: A year of ZIP codes of the whole country is four megabytes in forty-three thousand lines.
MOST_BYTES, MOST_ROWS = 10_000_000, 60_000
ZIP5_LINE = re.compile(r"[A-Z]{2}\d{5}\d{5}\d{2}.{60,}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file: the rows put into the set, and those that say what is known already."""

    table: PolicyTable
    put: int
    unchanged: int


def recognize(name: str, content: bytes, table: PolicyTable | None) -> Source:
    """A file with its table and its layout, found by its columns; BadFile or Refused says what is missing."""
    name = PurePath(name).name[:255]
    check_is_text(name, content)
    try:
        _, header = next(csv_records(decode(content)), (1, []))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused("The file is no text in UTF-8. Save it as CSV in UTF-8.", "not_text", "file") from error
    if ZIP5_LINE.fullmatch(",".join(header)) and table in (None, ZIPS):
        return Source(name, content, ZIPS, ZIP5_LAYOUT)
    found = [(other, layout) for other, layout in layouts_of_header(header) if table in (None, other)]
    if len(found) == 1:
        return Source(name, content, *found[0])
    if table is not None:
        return Source(name, content, table)
    if found:
        titles = ", ".join(other.title for other, _ in found)
        raise Refused(f"The columns fit several tables: {titles}. Choose the table.", "ambiguous", "table")
    raise Refused(
        "The columns are those of no table. Choose the table, and each column that does not fit is named.",
        "unknown_layout",
        "table",
    )


def check_size(size: int | None) -> None:
    """Raises Refused for a file that is larger than a file of policy rows can be, before it is read."""
    if (size or 0) > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1_000_000} megabytes. Part it.", "too_large", "file")


def check_is_text(name: str, content: bytes) -> None:
    """A spreadsheet holds formulas and what they once gave: only the values that a person saved as text are read."""
    if content.startswith((b"PK", b"\xd0\xcf")):
        raise Refused(f"{name} is a spreadsheet. Save the sheet as CSV in UTF-8 and send that.", "spreadsheet", "file")


@transaction.atomic
def load_rows(change_set: ChangeSet, file: Source, *, by: User) -> Loaded:
    """Puts the rows of a file into a draft; with one bad line nothing, and BadFile names each line and column."""
    change_set = locked(change_set, by, State.DRAFT)
    reading = read_and_check(file, change_set.source, None)
    if len(reading.drafts) > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} rows. Part it.", "too_many", "file")
    changes, unchanged = changes_of(file.table, reading.drafts)
    if not changes:
        raise Refused("Every row of the file is known already; there is nothing to change.", "no_change", "file")
    rows = _rows(change_set, file, changes, by)
    ProposedRow.objects.bulk_create(rows, batch_size=5000)
    return Loaded(file.table, len(rows), unchanged)


def changes_of(table: PolicyTable, drafts: Sequence[Draft]) -> tuple[list[tuple[Draft, Change]], int]:
    """The rows that differ from what is known, each with the known rows that it takes the place of."""
    known = known_now(table)
    revision = revise(table, known, drafts)
    fresh = [draft for draft in revision.added if draft.line is not None]
    return [(draft, _put(table, draft, known.get(draft.key(table), ()))) for draft in fresh], revision.unchanged


def _put(table: PolicyTable, draft: Draft, known: Sequence[Known]) -> PutRow:
    replaces = tuple(row.pk for row in known if row.overlaps(draft))
    return PutRow(table, draft.content, draft.start, draft.end, replaces)


def _rows(change_set: ChangeSet, file: Source, changes: Sequence[tuple[Draft, Change]], by: User) -> list[ProposedRow]:
    before = {row.number: change_of(row) for row in change_set.rows.all()}
    numbered = dict(enumerate(changes, next_number(before)))
    planned = plan_all(before | {number: change for number, (_, change) in numbered.items()})
    bad = [
        f"line {numbered[refused.row][0].line}: {refused}"
        for refused in planned.refusals
        if refused.row in numbered and refused.code != GAP
    ]
    if bad:
        raise BadFile(file.name, bad)
    rows = [row_of(change, change_set, number, by=by) for number, (_, change) in numbered.items()]
    for row, (draft, _) in zip(rows, numbered.values(), strict=True):
        row.file_name, row.line = file.name, draft.line
    return rows
