"""The Medicare Beneficiary Identifier, and the older numbers that it replaced on January 1 2020.

Eleven positions; letters are A to Z without S, L, I, O, B and Z. There is no check digit (CMS, understanding the MBI).
"""

import re

_LETTER = "[AC-HJKMNP-RT-Y]"
_EITHER = "[AC-HJKMNP-RT-Y0-9]"
_MBI = re.compile(f"[1-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{{2}}[0-9]{{2}}").fullmatch
_HICN = re.compile(r"[0-9]{9}[A-Z][A-Z0-9]?").fullmatch
_RAILROAD = re.compile(r"[A-Z]{1,3}(?:[0-9]{6}|[0-9]{9})").fullmatch


def normalize_mbi(value: str) -> str:
    """In capitals, without the dashes and spaces with which the card is printed."""
    return value.replace("-", "").replace(" ", "").upper()


def is_mbi(value: str) -> bool:
    """Whether a normalized value has the form of an MBI."""
    return _MBI(value) is not None


def is_former_number(value: str) -> bool:
    """Whether a normalized value is a Health Insurance Claim Number or a number of the Railroad Retirement Board."""
    return _HICN(value) is not None or _RAILROAD(value) is not None
