"""`manage.py receive_837`: take in 837P files, and the 270s and 276s in them, answer them, and say what happened."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.intake.keeping import NotKept
from claims.intake.receive import Receipt, receive_file


class Command(BaseCommand):
    help = (
        "Receives 837P, 270 and 276 files and writes their TA1, 999, 277CA, 271 and 277. "
        "Exit code 0: every claim was accepted; 1: some were refused, or a file was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--out", type=Path, metavar="DIR", help="write the answers into this folder")
        parser.add_argument(
            "--by", metavar="EMAIL", help="who sends them; inquiries of nobody are told of no patient and no claim"
        )
        parser.add_argument("--decide", action="store_true", help="decide what is queued before returning")

    def handle(self, *args: Any, **options: Any) -> None:
        by = person_named(options["by"]) if options["by"] else None
        receipts = [self.receive(path, options["out"], by) for path in options["files"]]
        if options["decide"]:
            self.stdout.write(f"{adjudicate_all()} claims decided")
        accepted = sum(receipt.file.accepted for receipt in receipts)
        rejected = sum(receipt.file.rejected for receipt in receipts)
        asked = sum(receipt.file.inquiries for receipt in receipts)
        answered = f", {asked} inquiries answered" if asked else ""
        self.stdout.write(f"{len(receipts)} files: {accepted} claims accepted, {rejected} rejected{answered}")
        if not all(receipt.is_clean for receipt in receipts):
            sys.exit(1)

    def receive(self, path: Path, out: Path | None, by: User | None) -> Receipt:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        try:
            receipt = receive_file(content, path.name, by=by)
        except NotKept as refusal:
            raise CommandError(f"{path}: {refusal}") from None
        self.stdout.write(f"{path.name}: {receipt.account}")
        if out:
            out.mkdir(parents=True, exist_ok=True)
            for answer in receipt.answers:
                target = out / f"{path.stem}.{answer.control_number:09d}.{answer.kind.lower()}"
                target.write_text(answer.content, encoding="latin-1", newline="")
        return receipt


def person_named(email: str) -> User:
    """The active person with an e-mail address."""
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {email}. Give the e-mail address of an active person.")
    return person
