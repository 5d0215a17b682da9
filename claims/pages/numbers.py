"""Whole numbers in what a browser sends."""

from __future__ import annotations


def whole_number(text: str) -> int | None:
    """The number that the digits are, None for anything else and for what no id can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
