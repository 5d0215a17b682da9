"""Files and documents on a disk: each is there whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Writes under a draft's name and gives the file its own when all its bytes have reached the disk.

    A full disk or a killed process so never leaves a part that is taken for the file. Raises OSError as the disk does.
    """

    def _save(self, name: str, content: IO[Any]) -> str:
        draft = f"{name}.{secrets.token_hex(8)}.draft"
        path = Path(self.path(name))
        try:
            written = Path(self.path(super()._save(draft, content)))  # type: ignore[misc] # the stubs do not have it
            write_through(written)
            written.replace(path)
            write_through(path.parent)
        except BaseException:
            Path(self.path(draft)).unlink(missing_ok=True)
            raise
        return name


def write_through(path: Path) -> None:
    """Return when a file's bytes, or the names in a folder, are on the disk and not only in memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
