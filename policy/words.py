"""Days, spans and values of the policy tables in words, for sentences and for files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any


def day_in_words(day: dt.date) -> str:
    """March 16, 2026"""
    return f"{day:%B} {day.day}, {day.year}"


def span_in_words(start: dt.date, end: dt.date | None) -> str:
    """ "from January 1, 2026 on", or "from January 1, 2026 through March 31, 2026"."""
    return f"from {day_in_words(start)} {f'through {day_in_words(end)}' if end else 'on'}"


def as_text(value: Any) -> str:
    """A value as our CSV files write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value).strip()
