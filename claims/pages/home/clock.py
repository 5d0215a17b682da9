"""Open claims on the clean-claim clock."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from claims.inventory.figures import Figures
from claims.inventory.filters import ClockSpan
from claims.models import ClaimStatus
from claims.pages.charts import CEILING, SOON, Picture, clock_histogram
from claims.pages.home.links import SIZES, Figure, claims_where


@dataclass(frozen=True, slots=True)
class ClockDay:
    words: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class ClockChart:
    """Open claims by day on the clock: the drawings, the days that have claims, and the two figures that press."""

    drawings: tuple[SafeString, ...]
    days: tuple[ClockDay, ...]
    total: int
    soon: Figure
    soon_suspended: Figure
    late: Figure


def counted_by_clock(figures: Figures, *statuses: str) -> list[int]:
    """Open claims on the days 0 to 30 of the clock, and on all later days as the last number."""
    counts = [0] * (CEILING + 2)
    for row in figures.open_claims:
        if row.clock_start and (not statuses or row.status in statuses):
            counts[min(max((figures.counted_for - row.clock_start).days, 0), CEILING + 1)] += row.claims
    return counts


def clock_chart(figures: Figures) -> ClockChart:
    counts = counted_by_clock(figures)
    suspended = sum(counted_by_clock(figures, ClaimStatus.SUSPENDED)[SOON:-1])
    total, soon, late = sum(counts), sum(counts[SOON:-1]), counts[-1]
    words = (
        f"{sum(counts[:15]):,} claims on days 0 to 14, {sum(counts[15:SOON]):,} on days 15 to {SOON - 1}, "
        f"{soon:,} on days {SOON} to {CEILING}, {late:,} past day {CEILING}."
    )
    title = "Open claims by days on the clean-claim clock"
    span = ClockSpan(SOON, CEILING)
    return ClockChart(
        drawings=tuple(
            clock_histogram(counts, Picture(f"clock-{css}", title, words), width, css) for width, css in SIZES
        ),
        days=tuple(_clock_day(day, count) for day, count in enumerate(counts) if count),
        total=total,
        soon=Figure(soon, "", claims_where(clock=span)),
        soon_suspended=Figure(suspended, "", claims_where(clock=span, status=ClaimStatus.SUSPENDED)),
        late=Figure(late, "", claims_where(clock=ClockSpan(CEILING + 1, None))),
    )


def _clock_day(day: int, count: int) -> ClockDay:
    is_past = day > CEILING
    span = ClockSpan(day, None if is_past else day)
    return ClockDay(f"{day} or later" if is_past else str(day), count, claims_where(clock=span))
