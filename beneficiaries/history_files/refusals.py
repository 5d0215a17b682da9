"""Rows that are not loaded, and the report that says what to do about each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

REPORT_COLUMNS = ("file", "line", "column", "value", "what_to_do")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that was not loaded. `column` is "" when the whole row is at fault; `remedy` says what to do."""

    file: str
    line: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"
        return f"{place}, “{self.value}”: {self.remedy}" if self.value else f"{place}: {self.remedy}"


def write_report(path: Path, refused: Iterable[RefusedRow]) -> None:
    """All refused rows as CSV, the header also when there are none."""
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(REPORT_COLUMNS)
        writer.writerows((row.file, row.line, row.column, row.value, row.remedy) for row in refused)
