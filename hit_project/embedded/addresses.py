"""Addresses of the embedded servers and the installation's own secret key, for the settings."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from hit_project.embedded.places import places_of

#: The application's role, which is no superuser, and its database.
APPLICATION = "hit"
POSTGRES_PORT = 5432
VALKEY_SOCKET = "valkey.sock"


def database_url(var_dir: Path) -> str:
    """The embedded database over its Unix socket."""
    folder = quote(str(places_of(var_dir).sockets), safe="")
    return f"postgres://{APPLICATION}@{folder}:{POSTGRES_PORT}/{APPLICATION}"


def broker_url(var_dir: Path) -> str:
    """The embedded broker over its Unix socket, in the form that Celery understands."""
    return f"redis+socket://{places_of(var_dir).sockets / VALKEY_SOCKET}"


def secret_key(var_dir: Path) -> str:
    """A random key made once for this installation and kept where only its user can read it."""
    places = places_of(var_dir)
    path = places.var / "secret_key"
    if not path.exists():
        places.create_var()
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text()


def _write_once(path: Path, text: str) -> None:
    """Write the whole text or nothing; of two commands that try at the same time the first one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
