"""The account that the servers run under: one's own, or for root one without any privilege."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hit_project.embedded.places import Places
from hit_project.embedded.progress import say
from hit_project.embedded.refusals import ExitCode, Refusal

SERVICE_ACCOUNT = "hit-servers"


@dataclass(frozen=True)
class Account:
    """A user whom a server runs as."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    def own(self, path: Path) -> None:
        """Give the account a file or folder that root has made for it."""
        if not self.is_ours:
            os.chown(path, self.uid, self.gid)

    def process_arguments(self) -> dict[str, Any]:
        """For `subprocess`: run a program as this account, with none of root's groups."""
        return {} if self.is_ours else {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(places: Places) -> Account:
    """The owner of the data that are there; for new data oneself, and for root the service account."""
    for data in (places.data("postgres"), places.data("valkey")):
        if data.exists():
            return _owner(data)
    return Account(os.geteuid(), os.getegid()) if os.geteuid() != 0 else _service_account()


def _owner(data: Path) -> Account:
    status = data.stat()
    if os.geteuid() not in {0, status.st_uid}:
        raise Refusal(
            ExitCode.NOT_PERMITTED,
            f"{data} belongs to {_name(status.st_uid)}: run the command as that user or as root.",
        )
    if status.st_uid == 0:
        raise Refusal(
            ExitCode.NOT_PERMITTED,
            f"{data} belongs to root, and no server runs as root: give it to an account, "
            f"for example with `chown -R {SERVICE_ACCOUNT}: {data}`.",
        )
    return Account(status.st_uid, status.st_gid)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _service_account() -> Account:
    try:
        entry = pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        entry = _create_service_account()
    return Account(entry.pw_uid, entry.pw_gid)


def _create_service_account() -> pwd.struct_passwd:
    """PostgreSQL refuses root; an account shared with other programs, such as `nobody`, could read its data."""
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = (getattr(error, "stderr", "") or str(error)).strip()
        raise Refusal(
            ExitCode.NOT_PERMITTED,
            f"Started by root, the servers need the account {SERVICE_ACCOUNT}, which could not be created "
            f"({reason}): create it, or run the command as an ordinary user.",
        ) from error
    say(f"Created the system account {SERVICE_ACCOUNT}, which PostgreSQL and Valkey run under.")
    return pwd.getpwnam(SERVICE_ACCOUNT)
