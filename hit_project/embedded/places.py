"""Where the embedded servers keep their things: data, sockets, locks and logs below `var/`.

Two cases need another place. A Unix socket's path may have 107 bytes, so a deep `var/` has its sockets in a folder
of `/tmp`. And PostgreSQL refuses to run as root: started by root it runs under an account of its own, which
cannot reach a `var/` below a closed folder such as `/root`; then its data lie in `/var/lib` and `var/postgres`
is a link to them. Permissions of folders that are not the project's are never touched.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

SHARED_STATE = Path("/var/lib/home-infusion-claims")
LONGEST_SOCKET_PATH = 107
#: The longer of the two socket names, and what PostgreSQL appends to its own for the lock file's sake.
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")


def is_reachable_by_others(folder: Path) -> bool:
    """Whether any account may pass through `folder` and everything above it."""
    folder = folder.resolve()
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents) if path.exists())


def make_passable(folder: Path, mode: int = 0o755) -> None:
    """Make a folder and those above it that are missing, with this mode whatever the umask."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        path.chmod(mode)


@dataclass(frozen=True)
class Places:
    """The layout of one `var/`; nothing is created by asking for it."""

    var: Path

    @property
    def base(self) -> Path:
        """The folder with the servers' data: `var/`, or where `var/postgres` points to, or would have to."""
        link = self.var / "postgres"
        if link.is_symlink():
            return link.resolve().parent
        if link.exists() or os.geteuid() != 0 or is_reachable_by_others(self.var):
            return self.var
        return SHARED_STATE / self.fingerprint

    @property
    def fingerprint(self) -> str:
        """Names this `var/` outside itself."""
        return hashlib.sha256(str(self.var).encode()).hexdigest()[:12]

    @property
    def sockets(self) -> Path:
        folder = self.base / "sockets"
        if len(os.fsencode(folder)) + LONGEST_SOCKET_NAME <= LONGEST_SOCKET_PATH:
            return folder
        return Path("/tmp") / f"hit-{self.fingerprint}"  # noqa: S108 - owner and mode are checked before use

    def data(self, server: str) -> Path:
        return self.base / server

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def lock(self, name: str) -> Path:
        return self.var / "run" / f"{name}.lock"

    def create_var(self) -> None:
        """The servers' account may pass through `var/`, but not list it."""
        make_passable(self.var, 0o711)

    def create(self) -> None:
        """Make the folders that belong to the person who runs the command."""
        self.create_var()
        for name in ("run", "log"):
            (self.var / name).mkdir(mode=0o700, exist_ok=True)


def places_of(var_dir: Path) -> Places:
    """The layout of `var_dir`, the same by whichever path one comes to it."""
    return Places(var_dir.resolve())
