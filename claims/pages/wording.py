"""Small words that several pages share: days, counts, money, spans of visits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count_word(number: int) -> str:
    """ "three", or "12"."""
    return COUNTS[number] if number < len(COUNTS) else f"{number:,}"


def counted(number: int, noun: str) -> str:
    """ "one visit", "three visits", "12 visits"."""
    return f"{count_word(number)} {noun}{'' if number == 1 else 's'}"


def short_day(day: dt.date) -> str:
    """Mar 16: for tables."""
    return f"{day:%b} {day.day}"


def on_day(day: dt.date, today: dt.date) -> str:
    """ "today", or "on Mar 16", with the year when it is another."""
    if day == today:
        return "today"
    return f"on {short_day(day)}" + (f", {day.year}" if day.year != today.year else "")


def weekday(day: dt.date) -> str:
    """Tuesday, March 17: where something happens or someone must act on that day."""
    return f"{day:%A}, {day:%B} {day.day}"


def visit_span(first: dt.date | None, last: dt.date | None) -> str:
    """ "Jan 26", "Feb 2 – 6" or "Jan 27 – Feb 3"."""
    if first is None or last is None:
        return "–"
    if first == last:
        return short_day(first)
    end = str(last.day) if (first.year, first.month) == (last.year, last.month) else short_day(last)
    return f"{short_day(first)} – {end}"


def lowered(words: str) -> str:
    """A sentence as a part of another: "The claim came in" is "the claim came in"."""
    return words[:1].lower() + words[1:]


def sentence(words: str) -> str:
    """Words with a capital at their beginning and a full stop at their end."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"


def sentences(*parts: str) -> str:
    """Several parts as sentences, empty ones left out."""
    return " ".join(sentence(part) for part in parts if part)


_BOLD = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?"
    r"|\b\d+ days?\b"
)


def with_days_bold(words: str) -> SafeString:
    """Evidence with its days and its numbers of days in bold, safe to show."""
    pieces: list[SafeString] = []
    end = 0
    for match in _BOLD.finditer(words):
        pieces += [conditional_escape(words[end : match.start()]), format_html("<b>{}</b>", match[0])]
        end = match.end()
    return mark_safe("".join([*pieces, conditional_escape(words[end:])]))  # noqa: S308 (every piece is escaped)


def joined(parts: Sequence[str]) -> str:
    """Parts of one sentence: "a", "a and b", "a, b, and c"."""
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])}, and {parts[-1]}"
