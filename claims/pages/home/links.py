"""Where the figures of the home page lead: each to the list of exactly what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

#: Widths of a chart, in pixels, and the class that shows it there.
SIZES = ((580, "only-wide"), (300, "only-narrow"))


def claims_where(**asked: object) -> str:
    """The address of the list of exactly these claims; a sequence gives several values of one filter."""
    pairs = [
        (name, str(one))
        for name, value in asked.items()
        for one in (value if isinstance(value, Sequence) and not isinstance(value, str) else (value,))
    ]
    return f"{reverse('claims:worklist')}?{urlencode(pairs)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, the list behind it; `is_warning` when there should be none."""

    count: int
    words: str
    address: str
    is_warning: bool = False
