"""`manage.py verify_decisions`: do stored decisions still follow from their facts, and has nothing sealed changed?"""

from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from claims.models import Claim
from claims.replay.progress import Progress
from claims.verification.findings import Finding, Scope, Verified
from claims.verification.verifying import verify


class Command(BaseCommand):
    help = (
        "Decides stored decisions anew from their stored facts and tables and compares them byte for byte; compares "
        "sealed rows with their seals, claims and the ledger with the decisions. Nothing is written. "
        "Exit code 0: all is as it was; 1: something differs, and is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="only what was decided or sealed since"
        )
        parser.add_argument("--claim", default="", metavar="ICN", help="only one claim, by its claim number")
        parser.add_argument("--head", default="", metavar="NUMBER:CHAIN", help="a seal that was noted elsewhere")
        parser.add_argument("--processes", type=int, default=1, metavar="N", help="decide in several processes")
        parser.add_argument("--show", type=int, default=100, metavar="N", help="how many findings to print")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the result, with every finding")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["claim"] and not Claim.objects.filter(icn=options["claim"]).exists():
            raise CommandError(f"There is no claim {options['claim']}.")
        progress = Progress(self.stderr.write)
        scope = Scope(since=options["since"], claim=options["claim"])
        try:
            verified = verify(scope, processes=options["processes"], head=options["head"], tell=progress.tell)
        except ValueError as error:
            raise CommandError(str(error)) from error
        for line in in_words(verified, options["show"]):
            self.stdout.write(line)
        if path := options["json"]:
            self._write(path, verified)
        if verified.findings:
            sys.exit(1)

    def _write(self, path: Path, verified: Verified) -> None:
        try:
            path.write_bytes(orjson.dumps(asdict(verified), option=orjson.OPT_INDENT_2))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def in_words(verified: Verified, most: int) -> Iterator[str]:
    """The result as text, with at most so many findings."""
    yield f"{verified.decisions:,} decisions were decided anew and compared byte for byte"
    for version, count in verified.other_engines:
        yield f"{count:,} decisions are of engine {version}: only what follows from them was compared"
    if verified.unreadable:
        yield f"{len(verified.unreadable):,} of them have a shape that this version cannot read"
    yield f"{verified.seals:,} seals, {verified.rows:,} sealed rows compared, {verified.unsealed:,} rows not sealed yet"
    if verified.head:
        yield f"last seal {verified.head}"
    for finding in verified.findings[:most]:
        yield f"  {_finding(finding)}"
    count = len(verified.findings)
    if count > most:
        yield f"  and {count - most:,} more; --json writes all"
    yield f"{count:,} findings" if count else "Nothing differs."


def _finding(finding: Finding) -> str:
    where = [f"claim {finding.claim}" if finding.claim else "", finding.table]
    if finding.row is not None:
        where.append(f"id {finding.row}")
    return f"{finding.kind}: {', '.join(filter(None, where))}: {finding.sentence}"
