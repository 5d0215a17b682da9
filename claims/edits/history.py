"""The visits that count: those of the patient's history, and this claim's own lines as they come to pay or to wait."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right

from claims.adjudication.facts import Visit

WEEK = dt.timedelta(days=7)


def week_start(day: dt.date) -> dt.date:
    """The Sunday on or before the day: weeks run Sunday to Saturday (reading 16)."""
    return day - dt.timedelta(days=(day.weekday() + 1) % 7)


def visit_order(visit: Visit) -> tuple[dt.date, str, str, str, str]:
    """By date; visits of one day in an order that does not depend on where they were read."""
    return (visit.date, visit.claim, visit.hcpcs, visit.supplier, visit.key)


class VisitHistory:
    """One patient's visits for the deciding of one claim. Denied visits are no history (fine point i).

    It grows by the claim's own lines in the order of their dates, so that earlier lines count for later ones.
    """

    __slots__ = ("_counted", "_days", "_others", "is_known")

    def __init__(self, visits: tuple[Visit, ...] | None) -> None:
        self.is_known = visits is not None
        self._others = sorted((visit for visit in visits or () if visit.status != "denied"), key=visit_order)
        self._counted = list(self._others)
        self._days = [visit.date for visit in self._counted]

    def add(self, visit: Visit) -> None:
        """Count a line of this claim that pays or waits."""
        place = bisect_right(self._days, visit.date)
        self._days.insert(place, visit.date)
        self._counted.insert(place, visit)

    def last_before(self, day: dt.date) -> Visit | None:
        """The latest paid or undecided visit dated before the day, of any supplier and category (reading 7)."""
        place = bisect_left(self._days, day)
        return self._counted[place - 1] if place else None

    def in_week_of(self, day: dt.date) -> int:
        """How many paid or undecided visits lie in the week of the day."""
        sunday = week_start(day)
        return bisect_left(self._days, sunday + WEEK) - bisect_left(self._days, sunday)

    def paid_elsewhere_on(self, day: dt.date) -> list[Visit]:
        """The visits of the day that are paid on other claims."""
        return [visit for visit in self._others if visit.date == day and visit.status == "paid"]

    def same_elsewhere(self, supplier: str, day: dt.date, hcpcs: str) -> Visit | None:
        """A line of another claim that is not denied: same supplier, day and code (reading 8)."""
        for visit in self._others:
            if visit.date == day and visit.hcpcs == hcpcs and visit.supplier == supplier:
                return visit
        return None
