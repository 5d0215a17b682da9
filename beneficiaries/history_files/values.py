"""What a cell may hold. A reader turns text into a value or raises ValueError with a sentence that says what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | dt.date | None
Reader: TypeAlias = Callable[[str], Value]

#: Days and codes come again and again; reading one costs more than finding it.
CACHED = 50_000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONEY = re.compile(r"\d{1,6}(\.\d{1,2})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: The published pattern of an MBI: no S, L, O, I, B, Z.
_LETTER, _EITHER = "[AC-HJKMNP-RT-Y]", "[0-9AC-HJKMNP-RT-Y]"
_MBI = f"[1-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{_LETTER}[0-9][0-9]"


@lru_cache(maxsize=CACHED)
def day(text: str) -> dt.date:
    if not _DAY.fullmatch(text):
        raise ValueError("Write the day as YYYY-MM-DD.")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("The calendar has no such day. Correct it.") from None


def money(text: str) -> Decimal:
    if not _MONEY.fullmatch(text):
        raise ValueError("Write dollars and cents, such as 257.00, without a sign or separators.")
    return Decimal(text)


def year(text: str) -> int:
    if not re.fullmatch(r"20\d\d", text):
        raise ValueError("Write a year from 2000 to 2099.")
    return int(text)


def text(most: int) -> Reader:
    """Free text of at most so many characters."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise ValueError(f"Shorten the text to {most} characters.")
        if _CONTROL.search(cell):
            raise ValueError("Take out the control characters.")
        return cell

    return read


def code(pattern: str, remedy: str) -> Reader:
    """A code of a form, in capital letters; spaces and hyphens are left out."""
    compiled = re.compile(pattern)

    @lru_cache(maxsize=CACHED)
    def read(cell: str) -> str:
        found = re.sub(r"[ -]", "", cell).upper()
        if not compiled.fullmatch(found):
            raise ValueError(remedy)
        return found

    return read


def choice(values: Iterable[str]) -> Reader:
    """One of some words; capital letters do not matter."""
    known = tuple(values)
    remedy = f"Write {', '.join(known[:-1])} or {known[-1]}."

    def read(cell: str) -> str:
        if cell.lower() not in known:
            raise ValueError(remedy)
        return cell.lower()

    return read


mbi = code(_MBI, "An MBI has eleven characters, such as 1EG4TE5MK73. Correct it.")
npi = code(r"[12]\d{9}", "An NPI has ten digits and begins with 1 or 2. Correct it.")
tax_id = code(r"\d{9}", "A tax id has nine digits. Correct it.")
hcpcs = code(r"[A-Z]\d{4}", "Write a HCPCS code: a letter and four digits, such as J2260.")
modifier = code(r"[A-Z0-9]{2}", "A modifier has two letters or digits. Correct it or leave it empty.")
state = code(r"[A-Z]{2}", "Write the State as two letters, such as MD.")
zip_code = code(r"\d{5}(\d{4})?", "A ZIP has five or nine digits. Correct it.")
credential = code(r"MD|DO|NP|PA", "Write MD, DO, NP or PA.")
sex = code(r"[FMU]", "Write F, M or U.")
