"""Loading one history file: in batches of its rows, each batch whole or not at all, each file only once."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from django.db import connection, transaction

from beneficiaries.actions import announce_history
from beneficiaries.history_files import feeds, replacing
from beneficiaries.history_files.patients import find_patients
from beneficiaries.history_files.people import load_people
from beneficiaries.history_files.reading import FileRefused, HistoryRow, RawRow, open_rows, row_reader
from beneficiaries.history_files.refusals import RefusedRow
from beneficiaries.models import HistoryFile, HistoryKind
from policy import clock

BATCH_ROWS = 20_000

#: One load at a time: two files about the same patient must be seen one after the other.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('beneficiaries.history_files'))"

WRITERS: dict[HistoryKind, Callable[[Sequence[HistoryRow]], list[int]]] = {
    HistoryKind.PROVIDERS: partial(replacing.replace_rows, replacing.PROVIDERS),
    HistoryKind.COVERAGE: partial(replacing.replace_rows, replacing.COVERAGE),
    HistoryKind.STAYS: partial(replacing.replace_rows, replacing.STAYS),
    HistoryKind.DEDUCTIBLE: partial(replacing.replace_rows, replacing.DEDUCTIBLE),
    HistoryKind.DEATHS: replacing.record_deaths,
}
FEEDS = {HistoryKind.DRUG_CLAIMS: feeds.DRUG_CLAIMS, HistoryKind.OUTSIDE_VISITS: feeds.OUTSIDE_VISITS}


@dataclass(slots=True)
class Loaded:
    """What came of one file. `seen_before`: it was loaded already, and only its refused rows are tried anew."""

    name: str
    kind: HistoryKind
    seen_before: bool
    rows: int = 0
    changes: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def load_history_file(path: Path, kind: HistoryKind | None = None) -> Loaded:
    """Load the good rows of a file and say which were refused; raises FileRefused when it cannot be read at all."""
    try:
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        with path.open(newline="", encoding="utf-8-sig") as text:
            return _load(text, path.name, digest, kind)
    except OSError as error:
        raise FileRefused(f"The file cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileRefused("The file is not in UTF-8. Save it as UTF-8.") from error
    except csv.Error as error:
        raise FileRefused(f"The file is no CSV that can be read: {error}.") from error


def _load(text: IO[str], name: str, digest: str, kind: HistoryKind | None) -> Loaded:
    kind, raw_rows = open_rows(text, name, kind)
    file, is_new = HistoryFile.objects.get_or_create(
        sha256=digest, kind=kind, defaults={"name": name[:200], "loaded_on": clock.today()}
    )
    loaded = Loaded(name, kind, seen_before=not is_new)
    while batch := list(islice(raw_rows, BATCH_ROWS)):
        _load_batch(file, batch, loaded)
    return loaded


@transaction.atomic
def _load_batch(file: HistoryFile, batch: list[RawRow], loaded: Loaded) -> None:
    """Load what of a batch was not loaded before, or was refused then, and note how far the file is read."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    file.refresh_from_db()
    again = set(file.refused_lines)
    batch = [row for row in batch if row.line > file.lines_read or row.line in again]
    if not batch:
        return
    rows, refused = _read(loaded, batch)
    patients, unknown = _write(loaded.kind, rows, loaded.name)
    announce_history(patients, loaded.kind)
    refused = sorted([*refused, *unknown], key=lambda row: row.line)
    loaded.rows += len(batch)
    loaded.changes += len(patients)
    loaded.refused += refused
    _note_progress(file, batch, refused, len(patients))


def _read(loaded: Loaded, batch: list[RawRow]) -> tuple[list[HistoryRow], list[RefusedRow]]:
    read = row_reader(loaded.kind, loaded.name)
    rows: list[HistoryRow] = []
    refused: list[RefusedRow] = []
    for raw in batch:
        found = read(raw)
        if isinstance(found, HistoryRow):
            rows.append(found)
        else:
            refused.append(found)
    return rows, refused


def _write(kind: HistoryKind, rows: list[HistoryRow], file: str) -> tuple[list[int], list[RefusedRow]]:
    """Write what is new; the patient of each row that added or changed something, and the rows without a patient."""
    if kind == HistoryKind.PEOPLE:
        return load_people(rows, file)
    found, unknown = find_patients(rows, file)
    if kind in FEEDS:
        return feeds.add_to_feed(FEEDS[kind], found, clock.today()), unknown
    return WRITERS[kind](found), unknown


def _note_progress(file: HistoryFile, batch: list[RawRow], refused: list[RefusedRow], changes: int) -> None:
    """In the transaction of the rows themselves: a load that breaks off goes on where it stopped."""
    tried = {row.line for row in batch}
    kept = [line for line in file.refused_lines if line not in tried]
    file.refused_lines = sorted({*kept, *(row.line for row in refused)})
    file.lines_read = max(file.lines_read, batch[-1].line)
    file.rows_loaded += changes
    file.save(update_fields=["refused_lines", "lines_read", "rows_loaded"])
