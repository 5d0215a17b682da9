"""Progress on the terminal: nothing for what is quick, a line now and then for what is not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def say(sentence: str) -> None:
    """Print to the terminal and not to the output, which may be data."""
    print(sentence, file=sys.stderr, flush=True)


class Patience:
    """A wait without a limit that says what it waits for: after two seconds, then every five."""

    FIRST_AFTER = 2.0
    THEN_EVERY = 5.0
    SHORTEST_PAUSE = 0.02
    LONGEST_PAUSE = 1.0

    def __init__(self, waiting_for: str) -> None:
        self.waiting_for = waiting_for
        self.began = time.monotonic()
        self.next_word = self.FIRST_AFTER

    def wait(self, detail: Callable[[], str] = str) -> None:
        """Sleep for a moment, longer the longer it takes; `detail` is asked for when a line is due."""
        waited = time.monotonic() - self.began
        if waited >= self.next_word:
            say(f"{self.waiting_for} ({waited:.0f} s) {detail()}".rstrip())
            self.next_word = waited + self.THEN_EVERY
        time.sleep(min(max(self.SHORTEST_PAUSE, waited / 10), self.LONGEST_PAUSE))
