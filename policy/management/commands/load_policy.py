"""`manage.py load_policy`: loads the policy tables; without arguments those that come with the project."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policy import kinds
from policy.loaders import LAYOUT_NAMES, OURS_LAYOUT, Act, BadFile, Source, load_baseline, load_file, table_of
from policy.refusals import Refused
from policy.registry import BY_NAME


def _day(text: str) -> Any:
    try:
        return kinds.DAY.read(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is not {kinds.DAY.expected}") from error


class Command(BaseCommand):
    help = (
        "Loads policy tables. Without a file: the tables that come with the project, as the baseline; a second time "
        "it changes nothing. With a file: publishes its rows over what is known; with one bad line, nothing is loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a file to load")
        parser.add_argument("--table", choices=sorted(BY_NAME), help="the table, if the file is not named for it")
        parser.add_argument("--layout", choices=LAYOUT_NAMES, default=OURS_LAYOUT, help="what kind of file it is")
        parser.add_argument("--source", help="the document that the rows come from")
        parser.add_argument("--reason", help="why they are published")
        parser.add_argument("--effective-from", type=_day, help="the first day, where the file gives none")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load(options)
        except BadFile as bad:
            for line in bad.lines:
                self.stderr.write(line)
            raise CommandError(str(bad)) from bad
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, options: dict[str, Any]) -> None:
        path: Path | None = options["file"]
        if path is None:
            load_baseline(tell=self.stdout.write)
            return
        if not options["source"] or not options["reason"]:
            raise CommandError("Say where the rows come from and why they are published: --source … --reason …")
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        table = table_of(options["layout"], options["table"], path)
        load_file(
            Source(path.name, path.read_bytes(), table, options["layout"]),
            Act(
                by="manage.py load_policy",
                source=options["source"],
                reason=options["reason"],
                effective_from=options["effective_from"],
                tell=self.stdout.write,
            ),
        )
