"""`manage.py servers [program ...]`: the embedded servers for a program, or for a person until Ctrl-C.

python manage.py servers pg_dump --format=custom --file=backup.dump
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from hit_project.embedded import servers
from hit_project.embedded.addresses import APPLICATION, POSTGRES_PORT
from hit_project.embedded.places import places_of
from hit_project.embedded.programs import postgres_programs
from hit_project.embedded.progress import say


class Command(BaseCommand):
    help = (
        "Runs a program while the embedded servers run: psql, pg_dump and the other programs of PostgreSQL find the "
        "database by themselves. Without a program the servers run until Ctrl-C."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("program", nargs=argparse.REMAINDER, help="a program with its arguments")

    def handle(self, *args: Any, program: list[str], **options: Any) -> None:
        with servers(settings.VAR_DIR):
            if program:
                sys.exit(run(program))
            say(f"Database: {settings.DATABASES['default']['HOST']}\nBroker: {settings.BROKER_URL}\nCtrl-C stops them.")
            with suppress(KeyboardInterrupt):
                threading.Event().wait()


def run(program: list[str]) -> int:
    """Run a program that finds the database; its exit code is ours."""
    environment = {**os.environ, "PATH": f"{postgres_programs()}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not os.environ.get("DATABASE_URL"):
        environment |= {
            "PGHOST": str(places_of(settings.VAR_DIR).sockets),
            "PGPORT": str(POSTGRES_PORT),
            "PGUSER": APPLICATION,
            "PGDATABASE": APPLICATION,
        }
    try:
        return subprocess.run(program, check=False, env=environment).returncode
    except OSError as error:
        say(f"{program[0]} could not be run: {error.strerror}.")
        return 127
