"""What a value of a policy table must look like, in words: one list for files, forms and actions.

A kind turns text into a value, or says what it expected. Nothing is guessed: a code that lost its leading zero, a
dollar sign, an American date are refused and named.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

from policy.models import Basis
from policy.models.codes import EditDisposition, PaymentCategory, ReasonCode, VisitCode
from policy.models.payment import InterestRate


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` gives the value of a text without blanks around it, or raises ValueError or KeyError."""

    expected: str
    read: Callable[[str], Any]

    def optional(self, empty: Any = None) -> Kind:
        """The same, or nothing at all, which reads as `empty`."""
        return Kind(f"{self.expected}, or nothing", lambda text: self.read(text) if text else empty)


def _matching(pattern: str, expected: str) -> Kind:
    whole = re.compile(pattern)

    def read(text: str) -> str:
        if not whole.fullmatch(text):
            raise ValueError(text)
        return text

    return Kind(expected, read)


def one_of(*choices: str) -> Kind:
    return _matching("|".join(map(re.escape, choices)), " or ".join([", ".join(choices[:-1]), choices[-1]]))


def number(whole_digits: int, decimals: int, expected: str, least: Decimal = Decimal(0)) -> Kind:
    """A decimal number, not below `least`, written without sign, comma or currency."""
    written = re.compile(rf"\d{{1,{whole_digits}}}(\.\d{{1,{decimals}}})?")

    def read(text: str) -> Decimal:
        if not written.fullmatch(text) or Decimal(text) < least:
            raise ValueError(text)
        return Decimal(text)

    return Kind(expected, read)


def text_of(length: int) -> Kind:
    """A text that says something, on any number of lines."""

    def read(text: str) -> str:
        if not text or len(text) > length:
            raise ValueError(text)
        return text

    return Kind(f"a text of at most {length} characters", read)


def _read_day(text: str) -> dt.date:
    day = parse_date(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    if day is None:
        raise ValueError(text)
    return day


def _read_codes(text: str) -> list[str]:
    codes = text.split()
    if not all(re.fullmatch(r"[A-Z]{1,2}\d{1,3}", code) for code in codes):
        raise ValueError(text)
    return codes


DAY = Kind("a day like 2026-01-31", _read_day)
VISIT_HCPCS = _matching(r"G\d{4}", "a visit code of G and four digits, like G0068")
DRUG_HCPCS = _matching(r"[JQ]\d{4}", "a drug code of J or Q and four digits, like J2260")
MODIFIER = _matching(r"[A-Z0-9]{2}", "a modifier of two characters, like JB")
CATEGORY = Kind("payment category 1, 2 or 3", lambda text: PaymentCategory(int(text)).value)
VISIT_TYPE = one_of(*VisitCode.VisitType.values)
TRUTH = Kind("true or false", {"true": True, "false": False}.__getitem__)
CONTRACTOR = _matching(r"\d{5}", "a contractor number of five digits, with its leading zeros")
LOCALITY_NUMBER = _matching(r"\d\d", "a locality of two digits, with its leading zero")
LOCALITY = _matching(r"\d{5}-\d\d", "contractor and locality with their leading zeros, like 12302-01")
STATE = _matching(r"[A-Z]{2}", "a State of two capital letters")
ZIP5 = _matching(r"\d{5}", "a ZIP of five digits, with its leading zeros")
PLACE = _matching(r"[0-9A-Z]\d", "a place of service of two characters")
EDIT = _matching(r"HIT-\d{3}", "an edit like HIT-501")
SHORT_CODE = _matching(r"[A-Z0-9]{1,10}", "a short code of capital letters and digits")
NAME = _matching(r"[a-z][a-z0-9_]{2,59}", "a name in small letters, like recycle_looks")
AMOUNT = number(7, 2, "an amount of dollars, not negative, with at most two decimals, like 195.53")
FACTOR = number(3, 3, "a factor above zero with at most three decimals, like 1.043", least=Decimal("0.001"))
SHARE = number(1, 4, "a part of one with at most four decimals, like 0.9875")
RATE = number(2, 5, "a rate as a fraction with at most five decimals, like 0.02 for two percent")
BASIS = one_of(*Basis.values)
INTEREST_KIND = one_of(*InterestRate.Kind.values)
REASON_KIND = one_of(*ReasonCode.Kind.values)
DISPOSITION = one_of(*EditDisposition.Disposition.values)
GROUP_CODE = one_of("CO", "OA", "PI", "PR")
CARC = _matching(r"[A-Z]?\d{1,3}", "an adjustment reason code, like 16 or B15")
RARCS = Kind("remark codes with a space between them, like M51 MA130", _read_codes)
REMEDY = one_of("new claim", "appeal", "reopening", "none")
SOURCE = text_of(300)
NOTE = text_of(5000)
