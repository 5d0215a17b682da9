"""An installation of its own, with servers and a worker that a test may kill as it likes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection
from kombu import Connection
from psycopg import sql

from hit_project.celery import app
from hit_project.embedded.addresses import APPLICATION, broker_url
from hit_project.embedded.places import Places
from hit_project.embedded.postgres import Postgres
from hit_project.embedded.programs import postgres_programs
from hit_project.embedded.valkey import Valkey
from tests.embedded.conftest import ROOT, wait_for
from tests.faults.copies import HOME, ask, connect, execute, make_copy, using

#: The database with the day as it begins; each test works on a copy of it.
BEGINNING = "beginning"


@dataclass(frozen=True)
class Installation:
    """Servers in a `var/` of their own. `day()` begins the day anew; the servers are killed and started one by one."""

    places: Places

    @property
    def postgres(self) -> Postgres:
        return Postgres(self.places)

    @property
    def valkey(self) -> Valkey:
        return Valkey(self.places)

    @property
    def environment(self) -> dict[str, str]:
        """Of a program of this installation."""
        foreign = ("DATABASE_URL", "BROKER_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
        ours = {key: value for key, value in os.environ.items() if key not in foreign}
        return {**ours, "HIT_VAR_DIR": str(self.places.var), "DJANGO_SETTINGS_MODULE": "hit_project.settings"}

    def take_over(self, name: str) -> None:
        """Take the database of that name from the server of the tests as the day's beginning."""
        dump = subprocess.Popen(
            [postgres_programs() / "pg_dump", "--format=custom", name], env=client_of_server(), stdout=subprocess.PIPE
        )
        with self.day_of(HOME):
            execute("CREATE DATABASE {}", BEGINNING)
            subprocess.run(
                [postgres_programs() / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={BEGINNING}"],
                env=client_of_server(),
                stdin=dump.stdout,
                check=True,
            )
        assert dump.wait() == 0

    @contextmanager
    def day(self) -> Iterator[None]:
        """Inside the block this process works on the installation's database, in which the day begins anew."""
        with self.day_of(BEGINNING):
            make_copy(BEGINNING, APPLICATION)
        with self.day_of(APPLICATION):
            yield

    @contextmanager
    def day_of(self, name: str) -> Iterator[None]:
        with using(name, host=str(self.places.sockets)):
            yield

    def kill_postgres(self) -> None:
        kill_at_once(int((self.postgres.data / "postmaster.pid").read_text().split()[0]))
        wait_for(lambda: not self.postgres.is_running())
        connection.close()

    def kill_valkey(self) -> None:
        (server,) = processes_with("valkey-server", str(self.places.sockets))
        kill_at_once(server)
        wait_for(lambda: not self.valkey.is_running())

    def send(self, task: str, times: int = 1) -> None:
        """Put a message before the workers of this installation."""
        with Connection(broker_url(self.places.var)) as broker:
            for _ in range(times):
                app.send_task(task, connection=broker)

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker as `make run` starts it, in a group of its own processes; killed at the end if it still runs."""
        command = [sys.executable, "-m", "celery", "--app", "hit_project.celery:app", "worker", "--concurrency", "2"]
        command += ["--queues", "adjudicate,intake", "--without-mingle", "--without-gossip"]
        with self.places.log("worker").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield process
        finally:
            kill_group(process)


def client_of_server() -> dict[str, str]:
    """The environment of a program of PostgreSQL that asks the present server."""
    given = connection.settings_dict
    return {**os.environ, "PGHOST": given["HOST"], "PGPORT": str(given["PORT"]), "PGUSER": given["USER"]}


def processes_with(*words: str) -> list[int]:
    """The processes whose command line has all the words."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if all(word.encode() in (entry / "cmdline").read_bytes() for word in words) and not is_guardian(entry):
                found.append(int(entry.name))
    return found


def is_guardian(process: Path) -> bool:
    return b"guardian.py" in (process / "cmdline").read_bytes()


def kill_at_once(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


@contextmanager
def stuck_at(table: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Inside the block whoever writes a row of this table waits in the middle of what it does."""
    with closing(connect(connection.settings_dict["NAME"])) as session:
        session.execute("BEGIN")
        session.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(table)))
        yield session


def wait_until_stuck(table: str) -> None:
    """Return when somebody waits to write a row of this table."""
    question = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
    wait_for(lambda: ask(question, [table]) != [(0,)], seconds=120)


def wait_until_idle() -> None:
    """Return when nothing is queued and nobody is inside a transaction."""
    wait_for(lambda: ask(BUSY) == [(False,)], seconds=180)


BUSY = """
SELECT EXISTS (SELECT FROM claims_claim WHERE status = 'queued')
    OR EXISTS (SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid())
"""
