"""What a verification found, each thing in one sentence, with row, claim and columns where they are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "row_changed",
    "row_added",
    "row_removed",
    "seal_changed",
    "seal_removed",
    "seal_unusable",
    "decision_differs",
    "line_differs",
    "claim_differs",
    "ledger_differs",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was or as it must be.

    `claim` is the claim number, "" where none is known; `row` the id of the row in `table`, None for no single row;
    `columns` those of the row that differ, as far as they can be told.
    """

    kind: Kind
    sentence: str
    table: str = ""
    row: int | None = None
    claim: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What is verified: everything, what was decided and sealed since a day, or one claim (its number)."""

    since: dt.date | None = None
    claim: str = ""

    @property
    def is_everything(self) -> bool:
        return self.since is None and not self.claim


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at and what it found.

    decisions      decided anew from their stored facts and tables and compared, byte for byte
    other_engines  how many decisions of each other engine version there are; only what follows from them was compared
    unreadable     ids of those among them that this version cannot read
    seals, rows    seals whose chain was checked, and sealed rows that were compared with their seal
    unsealed       rows that wait for the next run of the sealing job
    head           number and chain of the last seal, to be noted elsewhere: "12:9f3a…"
    """

    decisions: int
    other_engines: tuple[tuple[str, int], ...]
    unreadable: tuple[int, ...]
    seals: int
    rows: int
    unsealed: int
    head: str
    findings: tuple[Finding, ...]
