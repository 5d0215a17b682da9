"""Open claims by state and by age from receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.filters import AGE_WORDS, AGES
from claims.inventory.figures import Figures
from claims.inventory.on_the_clock import OPEN
from claims.models import ClaimStatus
from claims.pages.home.links import claims_where


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table; `tint` from 0 (none) to 4, `is_old` from day 46 on."""

    count: int
    address: str
    tint: int = 0
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class StateRow:
    status: ClaimStatus
    words: str
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True)
class StateTable:
    """Open claims, a row for each state and a column for each band of age from receipt."""

    bands: tuple[str, ...]
    rows: tuple[StateRow, ...]
    totals: tuple[Cell, ...]
    total: Cell


#: The rows: the states that each stands for, the first of which gives the glyph, and their words.
STATES: tuple[tuple[tuple[ClaimStatus, ...], str], ...] = (
    ((ClaimStatus.QUEUED, ClaimStatus.RECEIVED), "Received, not decided"),
    ((ClaimStatus.ON_HOLD,), "On hold for a drug"),
    ((ClaimStatus.SUSPENDED,), "Suspended"),
    ((ClaimStatus.PAYABLE,), "Payable, payment floor"),
)

OLD_BANDS = ("46-60", "61-")
#: Shares of the largest cell above which a cell is tinted more.
TINTS = (0.0, 0.05, 0.2, 0.5)


def band_of(age: int) -> str:
    """The band of days since receipt; a claim dated after today is in the first."""
    return next(band for band, (_, last) in AGES.items() if last is None or age <= last)


def state_table(figures: Figures) -> StateTable:
    counted: Counter[tuple[str, str]] = Counter()
    for row in figures.open_claims:
        counted[row.status, band_of((figures.counted_for - row.received_on).days)] += row.claims
    numbers = {states: [sum(counted[state, band] for state in states) for band in AGES] for states, _ in STATES}
    most = max(max(row) for row in numbers.values())
    rows = tuple(_state_row(states, words, numbers[states], most) for states, words in STATES)
    sums = [sum(column) for column in zip(*numbers.values(), strict=True)]
    totals = (Cell(number, claims_where(status=OPEN, age=band)) for number, band in zip(sums, AGES, strict=True))
    words = tuple(word for _, word in AGE_WORDS)
    return StateTable(words, rows, tuple(totals), Cell(sum(sums), claims_where(status=OPEN)))


def _state_row(states: tuple[ClaimStatus, ...], words: str, numbers: Sequence[int], most: int) -> StateRow:
    cells = (
        Cell(number, claims_where(status=states, age=band), _tint(number, most), band in OLD_BANDS)
        for number, band in zip(numbers, AGES, strict=True)
    )
    return StateRow(states[0], words, tuple(cells), Cell(sum(numbers), claims_where(status=states)))


def _tint(number: int, most: int) -> int:
    return sum(number > share * most for share in TINTS)
