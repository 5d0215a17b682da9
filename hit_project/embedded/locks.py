"""File locks that the kernel lets go of when their holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Self

from hit_project.embedded.progress import Patience


class FileLock:
    """An open lock file; what is locked with it is free again when the block or the process ends.

    A lock lives as long as any copy of its descriptor: a child that inherits it keeps it beyond the block.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_shared(self) -> bool:
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        return self._try(fcntl.LOCK_EX)

    def shared(self, waiting_for: str) -> None:
        patience = Patience(waiting_for)
        while not self.try_shared():
            patience.wait()

    def exclusive(self, waiting_for: str) -> None:
        patience = Patience(waiting_for)
        while not self.try_exclusive():
            patience.wait()

    def let_go(self) -> None:
        """Unlock for every process that has this descriptor, but keep the file open."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
