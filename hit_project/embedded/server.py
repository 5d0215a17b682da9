"""One embedded server shared by all commands: started by the first, stopped after the last.

Three lock files make this safe. `users`: each command holds it shared; the guardian takes it when nobody is left.
`gate`: one command at a time looks whether the server runs and starts it. `running`: held by the guardian, and so
free exactly when no server runs, whatever a crash has left behind.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from hit_project.embedded import guardian
from hit_project.embedded.accounts import Account, account_for
from hit_project.embedded.locks import FileLock
from hit_project.embedded.places import Places, make_passable
from hit_project.embedded.programs import ENVIRONMENT
from hit_project.embedded.progress import Patience
from hit_project.embedded.refusals import ExitCode, Refusal

LEAST_FREE_BYTES = 256 * 1024 * 1024
LARGEST_LOG_BYTES = 10 * 1024 * 1024
TAIL_BYTES = 4096


class Server(ABC):
    """What PostgreSQL and Valkey have in common."""

    name: ClassVar[str]
    title: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, places: Places) -> None:
        self.places = places
        self.log = places.log(self.name)

    @property
    def data(self) -> Path:
        return self.places.data(self.name)

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server answers a client of the application; found out by asking it."""

    @abstractmethod
    def prepare(self, account: Account) -> None:
        """Make the data folder ready for a start, or refuse."""

    @abstractmethod
    def command(self, account: Account) -> list[str]:
        """The program with its arguments."""

    @abstractmethod
    def explain(self, log: str) -> Refusal:
        """Why the server ended while it started, from what it wrote to its log."""

    @abstractmethod
    def finish_start(self) -> None:
        """What is to be done once the server answers anybody and before it is ready for the application."""

    @contextmanager
    def in_use(self) -> Iterator[FileLock]:
        """The server runs inside this block; yields the lock that keeps it running, for children to inherit."""
        self.places.create()
        try:
            with FileLock(self._lock("users")) as users:
                users.shared(f"Waiting for {self.title} to stop before it is started again")
                self.ensure_running()
                yield users
        finally:
            self._wait_if_last()

    def ensure_running(self) -> None:
        """Return when the server answers. A server that recovers after a crash is waited for without a limit."""
        with FileLock(self._lock("gate")) as gate:
            gate.exclusive(f"Waiting for another command that starts {self.title}")
            if not self.is_ready():
                self._start_and_wait()

    def is_running(self) -> bool:
        """Whether the server has a guardian; it may still be starting."""
        with FileLock(self._lock("running")) as running:
            return not running.try_shared()

    def _start_and_wait(self) -> None:
        log_began: int | None = None
        patience = Patience(f"Waiting for {self.title} to start")
        while not self.is_ready():
            with FileLock(self._lock("running")) as running:
                if running.try_exclusive():
                    if log_began is not None:
                        raise self.explain(self._log_since(log_began))
                    log_began = self._start(running)
            patience.wait(self._last_line)
            self.finish_start()

    def _start(self, running: FileLock) -> int:
        """Start the guardian, which inherits `running`; return where the server's log will go on."""
        account = account_for(self.places)
        self._check_disk()
        self._make_socket_folder(account)
        self.prepare(account)
        arguments = [str(self._lock("users")), str(int(self.stop_signal)), str(account.uid), str(account.gid)]
        log_began = turn_log(self.log)
        with self.log.open("ab") as log:
            subprocess.Popen(
                [sys.executable, "-I", "-S", guardian.__file__, *arguments, *self.command(account)],
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[running.descriptor],
            )
        return log_began

    def _wait_if_last(self) -> None:
        """Return at once when others use the server, else when the guardian has stopped it."""
        patience = Patience(f"Stopping {self.title}")
        with FileLock(self._lock("users")) as users:
            while self.is_running():
                if users.try_exclusive():
                    users.let_go()  # Nobody has it: the guardian is about to.
                elif users.try_shared():
                    return
                patience.wait()

    def _check_disk(self) -> None:
        folder = next(path for path in (self.data, *self.data.parents) if path.exists())
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE_BYTES:
            raise Refusal(
                ExitCode.DISK_FULL,
                f"The disk of {folder} has {free // 2**20} MB left and {self.title} needs at least "
                f"{LEAST_FREE_BYTES // 2**20} MB to start: make room and start again.",
            )

    def _make_socket_folder(self, account: Account) -> None:
        """A folder that only the account can enter; one that somebody else has put there is not used."""
        folder = self.places.sockets
        make_passable(folder.parent)
        try:
            folder.mkdir(mode=0o700)
            account.own(folder)
        except FileExistsError:
            status = folder.lstat()
            if not folder.is_dir() or folder.is_symlink() or status.st_uid != account.uid or status.st_mode & 0o077:
                raise Refusal(
                    ExitCode.NOT_PERMITTED, f"{folder} is not a private folder of the server's account: remove it."
                ) from None

    def _log_since(self, position: int) -> str:
        with self.log.open("rb") as log:
            log.seek(position)
            return log.read().decode(errors="replace")

    def _last_line(self) -> str:
        """The newest thing the server said, to tell how far a recovery has come; its refusals of our asking aside."""
        lines = self._log_since(max(0, self.log.stat().st_size - TAIL_BYTES)).splitlines() if self.log.exists() else []
        return next((line for line in reversed(lines) if "FATAL" not in line), "")

    def _lock(self, name: str) -> Path:
        return self.places.lock(f"{self.name}.{name}")


def turn_log(log: Path) -> int:
    """Keep one older log when this one has grown large; return the size of the one to be written."""
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.rename(log.with_suffix(".old.log"))
    return log.stat().st_size if log.exists() else 0
