"""What the project says and how it exits when it cannot run."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ends that could not run; listed for operators in `docs/operations.md`."""

    ALREADY_RUNNING = 3
    PORT_IN_USE = 4
    DISK_FULL = 5
    BROKEN_DATA = 6
    SERVER_FAILED = 7
    CHILD_FAILED = 8
    NOT_PERMITTED = 9


class Refusal(Exception):
    """A sentence for the person at the terminal, with the exit code of the command."""

    def __init__(self, code: ExitCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
