"""`manage.py receive_837`: take in 837P files, answer them, and say what happened."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.adjudication.queue import adjudicate_all
from claims.intake.keeping import NotKept
from claims.intake.receive import Receipt, receive_file


class Command(BaseCommand):
    help = (
        "Receives 837P files and writes their TA1, 999 and 277CA. "
        "Exit code 0: every claim was accepted; 1: some were refused, or a file was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--out", type=Path, metavar="DIR", help="write the answers into this folder")
        parser.add_argument("--decide", action="store_true", help="decide what is queued before returning")

    def handle(self, *args: Any, **options: Any) -> None:
        receipts = [self.receive(path, options["out"]) for path in options["files"]]
        if options["decide"]:
            self.stdout.write(f"{adjudicate_all()} claims decided")
        accepted = sum(receipt.file.accepted for receipt in receipts)
        rejected = sum(receipt.file.rejected for receipt in receipts)
        self.stdout.write(f"{len(receipts)} files: {accepted} claims accepted, {rejected} rejected")
        if not all(receipt.is_clean for receipt in receipts):
            sys.exit(1)

    def receive(self, path: Path, out: Path | None) -> Receipt:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        try:
            receipt = receive_file(content, path.name)
        except NotKept as refusal:
            raise CommandError(f"{path}: {refusal}") from None
        self.stdout.write(f"{path.name}: {receipt.account}")
        if out:
            out.mkdir(parents=True, exist_ok=True)
            for answer in receipt.answers:
                target = out / f"{path.stem}.{answer.control_number:09d}.{answer.kind.lower()}"
                target.write_text(answer.content, encoding="latin-1", newline="")
        return receipt
