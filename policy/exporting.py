"""A table as a CSV file of ours, which loads again without a change."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from policy.loaders.layouts import END, OURS, START
from policy.models import PolicyRow
from policy.registry import PolicyTable
from policy.words import as_text


class _Line:
    """What the CSV writer writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(table: PolicyTable, rows: Iterable[PolicyRow]) -> Iterator[str]:
    """The lines of the file, header first."""
    columns = OURS[table.name].columns
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow([column.name for column in columns])
    for row in rows:
        yield writer.writerow([as_text(_value(row, column.field)) for column in columns])


def _value(row: Any, field: str) -> Any:
    if field == START:
        return row.effective_from
    if field == END:
        return row.effective_to
    if field in ("contractor", "locality_number"):
        contractor, _, locality = row.locality.partition("-")
        return contractor if field == "contractor" else locality
    return getattr(row, field)
