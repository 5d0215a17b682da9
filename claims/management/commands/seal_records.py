"""`manage.py seal_records`: seal what was added to the append-only tables; the scheduler does the same."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from claims.replay.progress import Progress
from claims.verification.sealing import seal_records
from claims.verification.seals import unsealed


class Command(BaseCommand):
    help = (
        "Seals decisions, their lines, the ledger, events and all else that is only ever added to, as far as no "
        "transaction under way can still add to it. Prints the last seal, to be noted where nobody can change it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--patience",
            type=float,
            default=10.0,
            metavar="SECONDS",
            help="how long to wait for transactions under way",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        progress, waiting = Progress(self.stderr.write), unsealed()
        sealed = seal_records(options["patience"], tell=lambda rows: progress.tell("rows", rows, waiting))
        self.stdout.write(f"{sealed.rows:,} rows sealed in {sealed.seals:,} seals")
        if sealed.waiting:
            self.stdout.write(f"transactions under way keep these for the next run: {', '.join(sealed.waiting)}")
        if sealed.head:
            self.stdout.write(f"last seal {sealed.head.number}:{sealed.head.chain}")
