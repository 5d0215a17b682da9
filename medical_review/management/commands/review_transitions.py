"""`manage.py review_transitions`: write the table of states into docs/medical_review.md."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from medical_review.transitions_page import PAGE, with_table


class Command(BaseCommand):
    help = "Writes the table of states, acts and roles of review cases into docs/medical_review.md."

    def handle(self, **options: Any) -> None:
        PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"Wrote {PAGE.name}.")
