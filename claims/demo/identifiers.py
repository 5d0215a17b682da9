"""Identifiers that have the right form and belong to nobody.

NPIs begin with 2: the standard allows it and none has been given out. Tax ids begin with 00, which the Internal Revenue
Service does not use. MBIs follow the published pattern with the letters AA in both places, 9AA0AA0AA00 and on.
"""

from __future__ import annotations

#: The prefix under which an NPI's check digit is computed (45 CFR 162.406; ISO/IEC 7812).
NPI_PREFIX = "80840"


def npi(number: int) -> str:
    """The synthetic NPI with a running number from 0 to 9,999,999."""
    stem = f"29{number:07d}"
    return stem + check_digit(NPI_PREFIX + stem)


def check_digit(digits: str) -> str:
    """The Luhn digit that completes `digits`."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def mbi(number: int) -> str:
    """The synthetic MBI with a running number from 0 to 9,999."""
    return f"9AA{number // 1000}AA{number // 100 % 10}AA{number % 100:02d}"


def tax_id(number: int) -> str:
    """The synthetic tax id with a running number from 0 to 9,999,999."""
    return f"00{number:07d}"
