"""A file to load: which table it is for, in which layout, and what it says; or each thing that is wrong with it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policy.checks import name_of
from policy.loaders import cms
from policy.loaders.layouts import OURS, START
from policy.loaders.reading import Contradiction, Reading, decode, header_problems, read_csv
from policy.refusals import Refused
from policy.registry import AMOUNTS, BY_NAME, ZIPS, PolicyTable
from policy.revisions import by_subject, overlaps

OURS_LAYOUT, ZIP5, NATIONAL, LOCALITY = "ours", "zip5", "national-rates", "locality-rates"
LAYOUT_NAMES = (OURS_LAYOUT, ZIP5, NATIONAL, LOCALITY)


class BadFile(Exception):
    """A file that cannot be loaded: `lines` names each thing that is wrong with it."""

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        super().__init__(f"{name}: {len(lines)} problem{'s' if len(lines) != 1 else ''}, nothing was loaded")
        self.lines = list(lines)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to load: its bytes, its table, the layout it is in."""

    name: str
    content: bytes
    table: PolicyTable
    layout: str = OURS_LAYOUT

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


#: Layouts of CMS are each for one table.
TABLE_OF_LAYOUT = {ZIP5: ZIPS, NATIONAL: AMOUNTS, LOCALITY: AMOUNTS}


def table_of(layout: str, name: str | None, path: Path) -> PolicyTable:
    """The table that a file is for: the layout's own, the one named, or the one the file is named for."""
    table = TABLE_OF_LAYOUT.get(layout) or BY_NAME.get(name or path.stem)
    if table is None:
        raise Refused(f"Say which table {path.name} is for: --table {' | '.join(BY_NAME)}", "no_table")
    if name and name != table.name:
        raise Refused(f"A file in the layout {layout} is for {table.name}, not for {name}.", "other_table")
    return table


def layouts_of_header(names: Sequence[str]) -> list[tuple[PolicyTable, str]]:
    """The tables and layouts that a header row fits, its columns all known and none missing."""
    given = {"source": ""}
    layouts = [(BY_NAME[name], OURS_LAYOUT, layout) for name, layout in OURS.items()]
    layouts += [(AMOUNTS, NATIONAL, cms.NATIONAL_RATES), (AMOUNTS, LOCALITY, cms.LOCALITY_RATES)]
    header = [name.strip() for name in names]
    return [(table, name) for table, name, layout in layouts if not header_problems(header, layout, given)]


def read_and_check(file: Source, source: str, effective_from: dt.date | None) -> Reading:
    """The drafts of a file, or BadFile with each line that is wrong in itself or beside another."""
    try:
        text = decode(file.content)
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise BadFile(file.name, [f"line {line}: the text is not UTF-8"]) from error
    try:
        reading = _read(file, text, source, effective_from)
    except csv.Error as error:
        raise BadFile(file.name, [f"the text is not CSV, perhaps a quotation mark is never closed: {error}"]) from error
    reading.problems += [
        Contradiction(row.line or 0, f"{name_of(file.table, row)} overlaps line {other.line}: both hold on {row.start}")
        for other, row in overlaps(by_subject(file.table, reading.drafts))
    ]
    raise_if_bad(file, reading)
    return reading


def _read(file: Source, text: str, source: str, effective_from: dt.date | None) -> Reading:
    starts: dict[str, Any] = {START: effective_from} if effective_from else {}
    if file.layout == ZIP5:
        return cms.read_zip5(text, {**cms.provenance(source), **starts})
    if file.layout == OURS_LAYOUT:
        return read_csv(text, file.table, OURS[file.table.name], {"source": source, **starts})
    layout = cms.NATIONAL_RATES if file.layout == NATIONAL else cms.LOCALITY_RATES
    return read_csv(text, file.table, layout, {**cms.provenance(source), **starts})


def raise_if_bad(file: Source, reading: Reading) -> None:
    if reading.problems:
        raise BadFile(file.name, [str(problem) for problem in sorted(reading.problems, key=lambda found: found.line)])
