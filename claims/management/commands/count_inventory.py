"""`manage.py count_inventory`: count what the home page shows, at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.inventory.counting import count_inventory


class Command(BaseCommand):
    help = "Counts the inventory that the home page shows. The scheduler does it each minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="count every day, not only those that may have changed")

    def handle(self, *, anew: bool, **options: Any) -> None:
        inventory = count_inventory(anew=anew)
        if inventory is None:
            self.stdout.write("Another process counts at this moment.")
        else:
            self.stdout.write(f"Counted for {inventory.counted_for} in {inventory.seconds:.1f} s.")
