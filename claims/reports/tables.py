"""What a report is made of: sections with a definition, drawings and a table, whose cells know how they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.safestring import SafeString

from claims.pages.export import safe_cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as people read it and as a program does; an address when there is a list behind it."""

    words: str
    raw: str
    is_number: bool = True
    address: str = ""


def text(words: str, address: str = "") -> Cell:
    return Cell(words, words, is_number=False, address=address)


def number(count: int, address: str = "") -> Cell:
    return Cell(f"{count:,}", str(count), address=address if count else "")


def dollars(amount: Decimal) -> Cell:
    return Cell(f"{amount:,.2f}".replace("-", "−"), f"{amount:.2f}")


def percent(part: int, whole: int) -> Cell:
    """A share, whose numbers stand in other cells of the row; nothing of nothing has none."""
    if not whole:
        return Cell("–", "")
    share = percent_of(part, whole)
    return Cell(f"{share} %", str(share))


def percent_of(part: int, whole: int) -> Decimal:
    """Percent, to one place, half up; 0 of nothing."""
    return (Decimal(100 * part) / (whole or 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows, and the row of totals if there is one. The first cell of a row is its heading.

    On the screen it ends after `most` rows; paper and CSV have what the screen has and all rows.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    most: int = 50

    @property
    def shown(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[: self.most]

    @property
    def left_out(self) -> int:
        return max(len(self.rows) - self.most, 0)

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Each heading, and whether numbers stand under it."""
        first = self.rows[0] if self.rows else ()
        numbers = [cell.is_number for cell in first] or [False] * len(self.headings)
        return list(zip(self.headings, numbers, strict=True))


@dataclass(frozen=True, slots=True)
class Section:
    """One figure: its name, the sentence that defines it with what is divided by what, drawings, the table.

    `basis` marks figures that rest on amounts which are not published.
    """

    name: str
    title: str
    definition: str
    table: Table
    drawings: tuple[SafeString, ...] = ()
    basis: str = ""


def csv_rows(sections: Iterable[Section]) -> Iterator[tuple[str, ...]]:
    """The tables one below the other, each under its title and definition."""
    for section in sections:
        yield (section.title,)
        yield (section.definition,)
        yield section.table.headings
        for row in (*section.table.rows, *([section.table.total] if section.table.total else [])):
            yield tuple(cell.raw if cell.is_number else safe_cell(cell.raw) for cell in row)
        yield ()
