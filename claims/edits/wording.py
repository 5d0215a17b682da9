"""How evidence is put into words: days, money, lists, other suppliers. No sentence ever names the patient."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.decision import Finding

#: The names of the months, looked up once: each look into the calendar's own asks the locale.
MONTHS = tuple(calendar.month_name)

#: The key of the evidence that names a supplier other than the one that billed.
OTHER_SUPPLIER = "other supplier"


def in_words(day: dt.date, year: int | None = None) -> str:
    """ "January 14", or "January 14, 2026" when the day lies in another year than the one spoken of."""
    words = f"{MONTHS[day.month]} {day.day}"
    return words if day.year == year else f"{words}, {day.year}"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def how_many(count: int, noun: str) -> str:
    """ "1 claim", "1,034 claims"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def for_supplier(finding: Finding) -> Finding:
    """The finding as the billing supplier may read it: another supplier is never named."""
    name = dict(finding.evidence).get(OTHER_SUPPLIER)
    if not isinstance(name, str):
        return finding
    kept = tuple(pair for pair in finding.evidence if pair[0] != OTHER_SUPPLIER)
    return replace(finding, sentence=finding.sentence.replace(name, "another supplier"), evidence=kept)
