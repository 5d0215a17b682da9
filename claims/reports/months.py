"""Months of a report's span, in words and as columns of a drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.safestring import SafeString

from claims.pages.charts import Column, Picture, columns
from claims.pages.home.links import SIZES


def month_words(month: dt.date) -> str:
    """March 2026"""
    return f"{month:%B %Y}"


def month_columns(name: str, title: str, bars: Sequence[Column], top: int | None = None) -> tuple[SafeString, ...]:
    """The drawing for each width; none when there is nothing to draw."""
    if not bars:
        return ()
    words = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    return tuple(columns(bars, Picture(f"{name}-{css}", title, f"{words}."), width, css, top) for width, css in SIZES)
