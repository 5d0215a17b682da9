"""Which commands need which servers, and the block in which they run."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hit_project.embedded.places import places_of
from hit_project.embedded.progress import say
from hit_project.embedded.refusals import ExitCode, Refusal

if TYPE_CHECKING:
    from hit_project.embedded.server import Server

INTERRUPTED = 128 + signal.SIGINT
#: Commands that touch no server, or start what they need themselves.
WITHOUT_SERVERS = {
    "check",
    "check_scenarios",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "run_system",
    "servers",
    "startapp",
    "version",
}
#: Commands that leave no message for a worker.
DATABASE_ONLY = {
    "createsuperuser",
    "changepassword",
    "dbshell",
    "dumpdata",
    "flush",
    "inspectdb",
    "loaddata",
    "makemigrations",
    "migrate",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
}


def embedded_servers(var_dir: Path, *, broker: bool) -> list[Server]:
    """The servers that are ours to run: none whose address is in the environment."""
    found: list[Server] = []
    if not os.environ.get("DATABASE_URL"):
        from hit_project.embedded.postgres import Postgres

        found.append(Postgres(places_of(var_dir)))
    if broker and not os.environ.get("BROKER_URL"):
        from hit_project.embedded.valkey import Valkey

        found.append(Valkey(places_of(var_dir)))
    return found


@contextmanager
def servers(var_dir: Path, *, broker: bool = True) -> Iterator[list[int]]:
    """The servers run inside this block; yields the descriptors that keep them running, for children to inherit."""
    with running(embedded_servers(var_dir, broker=broker)) as descriptors:
        yield descriptors


@contextmanager
def running(chosen: Sequence[Server]) -> Iterator[list[int]]:
    """As `servers`, for servers of one's own choice."""
    with ExitStack() as stack:
        yield [stack.enter_context(server.in_use()).descriptor for server in chosen]


@contextmanager
def servers_for_command(arguments: Sequence[str]) -> Iterator[None]:
    """Run a management command with the servers it needs; a refusal becomes a sentence and an exit code.

    Ctrl-C ends a command without a traceback, and with the code that shells give it.
    """
    try:
        with ExitStack() as stack:
            if needs_database(arguments):
                from django.conf import settings

                stack.enter_context(servers(settings.VAR_DIR, broker=arguments[1] not in DATABASE_ONLY))
            yield
    except Refusal as refusal:
        say(str(refusal))
        sys.exit(refusal.code)
    except PermissionError as error:
        say(f"{error.filename or error} is not open to this user: run the command as its owner or as root.")
        sys.exit(ExitCode.NOT_PERMITTED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def needs_database(arguments: Sequence[str]) -> bool:
    """Whether `arguments`, those of manage.py, name a command that works on the database."""
    if len(arguments) < 2 or arguments[1] in WITHOUT_SERVERS or arguments[1].startswith("-"):
        return False
    return not {"-h", "--help", "--version"} & set(arguments[2:])
