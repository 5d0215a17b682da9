"""Reading a history file row by row: CSV with a header row, or JSON lines; a file of any size needs no more memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from beneficiaries.history_files.columns import COLUMNS, IN_ORDER, kind_of
from beneficiaries.history_files.refusals import RefusedRow
from beneficiaries.models import HistoryKind


class FileRefused(Exception):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file; `fault` tells why it could not be taken apart."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass(slots=True)
class HistoryRow:
    """A row whose cells were read, by column; `patient` is known once it was looked up."""

    line: int
    values: dict[str, Any]
    patient: int = 0


def open_rows(file: IO[str], name: str, kind: HistoryKind | None) -> tuple[HistoryKind, Iterator[RawRow]]:
    """The kind of the file, given or told by its columns, and its rows. What begins with a brace is JSON lines."""
    begins = file.read(1)
    file.seek(0)
    return (_open_json if begins == "{" or Path(name).suffix == ".jsonl" else _open_csv)(file, kind)


def _open_csv(file: IO[str], kind: HistoryKind | None) -> tuple[HistoryKind, Iterator[RawRow]]:
    reader = csv.reader(file, strict=True)
    header = [name.strip() for name in next(reader, [])]
    kind = kind or _kind_told_by(set(header))
    _check_header(header, kind)

    def rows() -> Iterator[RawRow]:
        for cells in reader:
            if len(cells) == len(header):
                yield RawRow(reader.line_num, dict(zip(header, cells, strict=True)))
            elif cells:
                fault = f"The row has {len(cells)} cells and the header row {len(header)}. Correct the row."
                yield RawRow(reader.line_num, {}, fault)

    return kind, rows()


def _kind_told_by(names: set[str]) -> HistoryKind:
    kind = kind_of(names)
    if kind is None:
        raise FileRefused("The columns are those of no kind of history file. Name the kind with --kind.")
    return kind


def _check_header(header: Sequence[str], kind: HistoryKind) -> None:
    """A file whose header row lacks a column, has an unknown one or one twice is refused whole."""
    known = [column.name for column in COLUMNS[kind]]
    missing = [column.name for column in COLUMNS[kind] if column.is_required and column.name not in header]
    unknown = sorted(set(header).difference(known))
    if missing:
        raise FileRefused(f"A file of {kind} needs the column {', '.join(missing)}. Add it.")
    if unknown:
        raise FileRefused(f"A file of {kind} has no column {', '.join(unknown)}. It may have {', '.join(known)}.")
    if len(set(header)) < len(header):
        raise FileRefused("A column stands twice in the header row. Leave one of them out.")


def _open_json(file: IO[str], kind: HistoryKind | None) -> tuple[HistoryKind, Iterator[RawRow]]:
    """JSON lines have no header row: the first good line tells the kind, and each line is judged by itself."""
    if kind is None:
        first = next((row for row in _json_lines(file) if not row.fault), None)
        kind = _kind_told_by(set(first.cells) if first else set())
        file.seek(0)
    return kind, _json_lines(file)


def _json_lines(file: IO[str]) -> Iterator[RawRow]:
    for number, line in enumerate(iter(file.readline, ""), 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> RawRow:
    """One object of texts, numbers and nulls; numbers stay the text that they are, so that money is exact."""
    try:
        found: Any = json.loads(line, parse_float=str, parse_int=str)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return RawRow(number, {}, "The line is no JSON object. Write one object on each line.")
    cells = {name: "" if value is None else value for name, value in found.items()}
    if not all(isinstance(value, str) for value in cells.values()):
        return RawRow(number, {}, "A value is neither text nor a number. Write texts, numbers or null.")
    return RawRow(number, cells)


def row_reader(kind: HistoryKind, file: str) -> Callable[[RawRow], HistoryRow | RefusedRow]:
    """A function that reads the cells of a row of this kind, or refuses the row at its first fault."""
    columns = [(column.name, column) for column in COLUMNS[kind]]
    names = {name for name, _ in columns}

    def read(raw: RawRow) -> HistoryRow | RefusedRow:
        if raw.fault or raw.cells.keys() - names:
            unknown = ", ".join(sorted(raw.cells.keys() - names))
            return RefusedRow(file, raw.line, unknown, "", raw.fault or "There is no such column. Leave it out.")
        values: dict[str, Any] = {}
        for name, column in columns:
            cell = raw.cells.get(name, "").strip()
            try:
                values[name] = column.value_of(cell)
            except ValueError as error:
                return RefusedRow(file, raw.line, name, cell, str(error))
        return _in_order(file, HistoryRow(raw.line, values))

    return read


def _in_order(file: str, row: HistoryRow) -> HistoryRow | RefusedRow:
    for first, second in IN_ORDER:
        start, end = row.values.get(first), row.values.get(second)
        if start and end and end < start:
            return RefusedRow(
                file, row.line, second, str(end), f"It is before the day in “{first}”. Correct one of them."
            )
    return row
