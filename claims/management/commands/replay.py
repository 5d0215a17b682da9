"""`manage.py replay`: decide past claims anew from their stored facts with other policy tables; writes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.replay import LineChange, replay
from claims.replay.choosing import NotUnderstood, chosen, tables_named
from claims.replay.progress import Progress
from claims.replay.writing import CsvWriter, JsonWriter, TextWriter, Writer
from policy.loaders import BadFile
from policy.refusals import Refused


class Command(BaseCommand):
    help = (
        "Decides past claims anew from their stored facts, with other policy tables and today's code, and says which "
        "lines change and what that is in dollars. Nothing is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--claims",
            default="all",
            metavar="FILTER",
            help="all, claim numbers with commas, or filters of the worklist: 'status=paid&received_from=2026-01-01'",
        )
        parser.add_argument(
            "--tables",
            nargs="+",
            default=["current"],
            metavar="AS_OF_OR_DRAFT",
            help="current, a publication, a day of knowledge (2026-03-10), or files of a draft (payment_amounts.csv)",
        )
        parser.add_argument("--processes", type=int, default=1, metavar="N", help="work in several processes")
        parser.add_argument("--show", type=int, default=50, metavar="N", help="how many changed lines to print")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write every changed line")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write every changed line and the totals")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._replay(options)
        except BadFile as bad:
            raise CommandError("\n".join([str(bad), *bad.lines])) from bad
        except (Refused, NotUnderstood) as refused:
            raise CommandError(str(refused)) from refused

    def _replay(self, options: dict[str, Any]) -> None:
        if options["processes"] < 1 or options["show"] < 0:
            raise CommandError("--processes takes 1 or more, --show 0 or more.")
        tables, claims = tables_named(options["tables"]), chosen(options["claims"])
        with ExitStack() as files:
            writers: list[Writer] = [TextWriter(self.stdout.write, options["show"])]
            for name, writer in (("csv", CsvWriter), ("json", JsonWriter)):
                if path := options[name]:
                    writers.append(writer(files.enter_context(self._opened(path))))

            progress = Progress(self.stderr.write)
            report = replay(
                claims.decisions,
                tables,
                processes=options["processes"],
                hand_on=partial(hand_to, writers),
                tell=progress.tell,
            )
            for each in writers:
                each.finish(report)
        if claims.undecided:
            self.stdout.write(f"{claims.undecided:,} claims are not decided yet and were left out")

    def _opened(self, path: Path) -> Any:
        try:
            return path.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def hand_to(writers: Sequence[Writer], changes: Sequence[LineChange]) -> None:
    for writer in writers:
        writer.take(changes)
