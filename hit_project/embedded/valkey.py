"""The embedded Valkey, which carries Celery's messages."""

from __future__ import annotations

import re
import signal
import socket

from hit_project.embedded.accounts import Account
from hit_project.embedded.addresses import VALKEY_SOCKET
from hit_project.embedded.programs import settings_in, valkey_program
from hit_project.embedded.refusals import ExitCode, Refusal
from hit_project.embedded.server import Server


class Valkey(Server):
    """Data in `var/valkey`; nothing in it is needed, since the queue itself is in the database."""

    name = "valkey"
    title = "Valkey"
    stop_signal = signal.SIGTERM

    def is_ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
                client.settimeout(2)
                client.connect(str(self.places.sockets / VALKEY_SOCKET))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def prepare(self, account: Account) -> None:
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            account.own(self.data)

    def command(self, account: Account) -> list[str]:
        arguments = [part for name, value in settings_in("valkey.conf") for part in (f"--{name}", value)]
        arguments += ["--dir", str(self.data), "--unixsocket", str(self.places.sockets / VALKEY_SOCKET)]
        return [str(valkey_program(for_others=not account.is_ours)), *arguments]

    def finish_start(self) -> None:
        """Nothing: it has neither roles nor databases to make."""

    def explain(self, log: str) -> Refusal:
        if "No space left on device" in log:
            return Refusal(ExitCode.DISK_FULL, f"The disk of {self.data} is full: make room and start again.")
        if re.search("append only file|AOF|Bad file format|RDB", _warnings_in(log)):
            return Refusal(
                ExitCode.BROKEN_DATA,
                f"Valkey cannot read {self.data}. Remove that folder: nothing is lost, the queue is in the database.",
            )
        return Refusal(ExitCode.SERVER_FAILED, f"Valkey did not start; its log is {self.log}.")


def _warnings_in(log: str) -> str:
    """The lines that Valkey marks with a number sign."""
    return "\n".join(line for line in log.splitlines() if " # " in line)
