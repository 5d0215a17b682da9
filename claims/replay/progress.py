"""How far a long piece of work is, said every two seconds and not at all when it is shorter."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS_BETWEEN = 2.0


class Progress:
    """Says through `write` how much of the work is done."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._began = self._said = time.monotonic()

    def tell(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._said >= SECONDS_BETWEEN:
            self._said = now
            self._write(f"{what}: {done:,} of {total:,}, {now - self._began:.0f} s")
