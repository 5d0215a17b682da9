"""`manage.py sweep`: find what is stuck, take it up again, and say what was found and done."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from claims.sweep import sweep


class Command(BaseCommand):
    help = (
        "Finds claims, files, payments, adjustments and requests that are stuck, and takes them up again. "
        "Exit code 0: nothing is left that is stuck; 1: something is, and the output says what a person does about it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep()
        for each in swept:
            self.stdout.write(each.sentence)
        if any(each.left for each in swept):
            sys.exit(1)
