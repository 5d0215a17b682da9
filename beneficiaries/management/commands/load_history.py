"""`manage.py load_history FILE…`: entitlement, stays, drug claims and other history from CSV or JSON lines."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beneficiaries.history_files import FileRefused, Loaded, RefusedRow, load_history_file, write_report
from beneficiaries.models import HistoryKind

ROWS_REFUSED, FILE_REFUSED = 1, 2
#: Refused rows that are printed; the report has all of them.
MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Loads history files; the same file twice adds nothing. Columns: docs/history_files.md."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--kind", choices=HistoryKind.values, help="the kind of the files; else the columns tell")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write all refused rows to this CSV file")

    def handle(self, *, files: list[Path], kind: str | None, report: Path | None, **options: Any) -> None:
        refused: list[RefusedRow] = []
        unread: list[str] = []
        for path in files:
            try:
                loaded = load_history_file(path, HistoryKind(kind) if kind else None)
            except FileRefused as error:
                unread.append(f"{path.name}: {error}")
                continue
            refused += loaded.refused
            self.tell(loaded)
        if report:
            write_report(report, refused)
        if unread:
            raise CommandError("\n".join(unread), returncode=FILE_REFUSED)
        if refused:
            raise CommandError(f"{len(refused)} rows were refused; the others are loaded.", returncode=ROWS_REFUSED)

    def tell(self, loaded: Loaded) -> None:
        before = " It was loaded before; its refused rows were tried anew." if loaded.seen_before else ""
        self.stdout.write(
            f"{loaded.name} ({loaded.kind}): {loaded.rows} rows, {loaded.changes} added or changed, "
            f"{len(loaded.refused)} refused.{before}"
        )
        for row in loaded.refused[:MOST_SHOWN]:
            self.stdout.write(f"  {row}")
        if len(loaded.refused) > MOST_SHOWN:
            self.stdout.write(f"  … and {len(loaded.refused) - MOST_SHOWN} more; --report FILE writes all of them.")
