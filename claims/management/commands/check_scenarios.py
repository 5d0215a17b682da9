"""`python manage.py check_scenarios PATH...`: run scenarios and compare; nothing in the database is read or written."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from claims.scenarios.report import HOLDS, check


class Command(BaseCommand):
    help = "Run the cases of YAML files, or of folders of them, through the engine and compare with what they expect."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a YAML file or a folder of them")
        parser.add_argument("--json", action="store_true", help="print the results as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code = check(options["paths"], as_json=options["json"], out=self.stdout, err=self.stderr)
        if code != HOLDS:
            sys.exit(code)
