"""From the text of a file to drafts of rows: every value that is not what its column wants is named with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from policy.drafts import Draft, content_fields
from policy.loaders.layouts import END, START, YEAR, Column, Layout
from policy.registry import PolicyTable

CODE_COLUMN = re.compile(r"G\d{4}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: the line, the column, what stands there and what was expected."""

    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: “{self.value}” is not {self.expected}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Lines that do not go together, in words."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


@dataclass(slots=True)
class Reading:
    """What a file says, and what is wrong with it; with anything wrong, nothing of it is loaded."""

    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem | Contradiction] = field(default_factory=list)


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark; raises UnicodeDecodeError."""
    return content.decode("utf-8-sig")


def read_csv(text: str, table: PolicyTable, layout: Layout, defaults: Mapping[str, Any]) -> Reading:
    """Reads a CSV file. `defaults` fill the fields whose column the file leaves out."""
    reading = Reading()
    records = csv_records(text)
    _, header = next(records, (1, []))
    names = [name.strip() for name in header]
    reading.problems += header_problems(names, layout, defaults)
    if reading.problems:
        return reading
    by_name = {column.name: column for column in layout.columns}
    columns = [by_name.get(name) or _column_of_code(name, layout) for name in names]
    empty = _empty_row(table, layout, defaults)
    for line, cells in records:
        if len(cells) != len(columns):
            reading.problems.append(Problem(line, "the line", ",".join(cells), f"{len(columns)} values"))
            continue
        _read_line(reading, line, dict(zip(columns, cells, strict=True)), layout, empty)
    return reading


def csv_records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text with the line each begins on, without blank lines and comments."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    for cells in reader:
        if any(cells) and not cells[0].startswith("#"):
            yield line, cells
        line = reader.line_num + 1


def header_problems(names: list[str], layout: Layout, given: Mapping[str, Any]) -> list[Problem | Contradiction]:
    """The columns that a layout does not know, lacks or finds twice; `given` are the fields that need no column."""
    columns = {column.name for column in layout.columns}
    codes = {name for name in names if _column_of_code(name, layout)}
    by_code = {"hcpcs", "amount"} if codes else set()
    wrong: list[Problem | Contradiction] = [
        Problem(1, "header", name, f"a column of this table ({', '.join(column.name for column in layout.columns)})")
        for name in names
        if name not in columns | layout.passed_over | codes
    ]
    wrong += [
        Contradiction(1, f"the column {column.name} is missing")
        for column in layout.columns
        if column.is_required
        and column.name not in {*names, *by_code}
        and not (column.field == START and START in given)
    ]
    if not _tells_first_day(names, layout, given):
        wrong.append(Contradiction(1, f"no column gives the first day ({', '.join(_first_day_columns(layout))})"))
    return wrong + [
        Contradiction(1, f"the column {n} stands there twice") for n in sorted({*names}) if names.count(n) > 1
    ]


def _first_day_columns(layout: Layout) -> list[str]:
    return [column.name for column in layout.columns if column.field in (START, YEAR) and not column.is_required]


def _tells_first_day(names: list[str], layout: Layout, given: Mapping[str, Any]) -> bool:
    """Whether each row will have a first day; a required column that is missing is named elsewhere."""
    choices = _first_day_columns(layout)
    return bool(not choices or layout.first_day or START in given or {*choices} & {*names})


def _column_of_code(name: str, layout: Layout) -> Column | None:
    """The column of one visit code, in a file that has one for each."""
    is_code = layout.by_code is not None and CODE_COLUMN.fullmatch(name)
    return replace(layout.by_code, name=name) if is_code and layout.by_code else None


def _empty_row(table: PolicyTable, layout: Layout, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says where the file says nothing."""
    empty = {field.name: field.get_default() for field in content_fields(table.model)}
    return {**empty, START: layout.first_day, END: None, **defaults}


def _read_line(
    reading: Reading, line: int, cells: Mapping[Column | None, str], layout: Layout, empty: Mapping[str, Any]
) -> None:
    values = dict(empty)
    before = len(reading.problems)
    codes = {}
    for column, cell in cells.items():
        if column is not None:
            read_cell(reading, line, column, cell, values)
            if CODE_COLUMN.fullmatch(column.name):
                codes[column.name] = values.get(column.field)
    if len(reading.problems) > before:
        return
    for row in [{**values, "hcpcs": code, "amount": amount} for code, amount in codes.items()] or [values]:
        if layout.finish:
            layout.finish(row)
        add_draft(reading, line, row)


def read_cell(reading: Reading, line: int, column: Column, cell: str, values: dict[str, Any]) -> None:
    """Puts the value of a cell into `values`, or names what is wrong with it."""
    text = cell.strip()
    try:
        values[column.field] = column.kind.read(text)
    except (ValueError, KeyError):
        reading.problems.append(Problem(line, column.name, text, column.kind.expected))


def add_draft(reading: Reading, line: int, values: dict[str, Any]) -> None:
    """Makes a draft of the values of a line, unless they contradict each other."""
    start, end = values.pop(START), values.pop(END)
    if end is not None and end < start:
        reading.problems.append(Contradiction(line, f"the last day {end} is before the first day {start}"))
        return
    reading.drafts.append(Draft(values, start, end, line))
