"""The reports there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from claims.inventory.filters import DaySpan
from claims.reports.denials import denials_report
from claims.reports.money import money_report
from claims.reports.overturns import overturns_report
from claims.reports.tables import Section
from claims.reports.work import work_report


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the name of its address, its title, what it tells, which days its span is of, and how it is made."""

    name: str
    title: str
    about: str
    days: str
    sections: Callable[[DaySpan], tuple[Section, ...]]


REPORTS = (
    Report(
        "work",
        "Yield and age",
        "First-pass yield, the share decided without a hand, days from receipt to the final decision.",
        "received",
        work_report,
    ),
    Report("denials", "Denials", "Denied lines by edit, by supplier, and by both.", "decided", denials_report),
    Report(
        "overturns",
        "Overrides and overturned denials",
        "By edit: how often its denials are paid in the end, and how often a person sets it aside.",
        "decided",
        overturns_report,
    ),
    Report("money", "Money", "What was paid, by month, payment category and locality.", "paid", money_report),
)
