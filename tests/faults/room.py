"""A disk without room, for any user: a limit that lets a write begin and breaks it off in the middle."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

from tests.claims.intake.files import file_of

ROOM = 8 * 1024
CLAIMS = 40
#: A file of 40 claims, which finds no room.
LARGE_FILE = file_of(claims=CLAIMS)


@contextmanager
def no_room() -> Iterator[None]:
    """Inside the block no file of this process grows beyond 8 kB."""
    assert len(LARGE_FILE) > ROOM
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
