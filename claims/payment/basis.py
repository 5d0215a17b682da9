"""What a price rests on that is not published or not on file. Pages say so beside the money; an 835 has no place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from claims.adjudication.decision import Decision, Price


def is_estimated(decision: Decision) -> bool:
    """Whether a figure that a decision pays by is not published (reading 20)."""
    return any(line.price is not None and line.price.estimated for line in decision.lines)


def years_without_deductible(decision: Decision, days: Mapping[int, dt.date]) -> tuple[int, ...]:
    """The calendar years of lines that pay for which no Part B deductible is on file, so that none was taken.

    `days` are the dates of service by line number.
    """
    lacking = {days[line.number].year for line in decision.lines if line.price and lacks_deductible(line.price)}
    return tuple(sorted(lacking))


def lacks_deductible(price: Price) -> bool:
    """Whether the price was made without a row of the deductible table."""
    return any(step.name == "deductible" and not step.row for step in price.steps)
