"""The queues: their counts, and a page of one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from claims.pages.keyset import Order, Page, Place, page_or_first
from medical_review.clocks import left_or_overdue
from medical_review.filters import QUEUES, CaseFilter, Queue
from medical_review.models import Case
from medical_review.states import REVIEWS
from policy import clock

PAGE_SIZE = 25
MOST_URGENT, LATEST = Order(("due", "id")), Order(("arrival",), is_descending=True)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list: the days left of the clock that runs, if one does."""

    case: Case
    days_left: int | None

    @property
    def clock_words(self) -> str:
        """ "12 days left", "due today", "3 days overdue"."""
        if self.days_left is None:
            return ""
        return left_or_overdue(self.days_left) if self.days_left else "due today"

    @property
    def is_near(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= 5

    @property
    def is_over(self) -> bool:
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    queue: Queue
    count: int | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    name: str
    queue: Queue
    tabs: tuple[Tab, ...]
    page: Page[Case]
    rows: tuple[CaseRow, ...]
    filters: CaseFilter
    is_filtered: bool
    may_take: bool


def queue_page(person: User, name: str, filters: CaseFilter, place: Place) -> QueuePage:
    """A page of one queue for a person who works for the contractor; three queries."""
    today = clock.today()
    name = name if name in QUEUES else ("mine" if person.role in REVIEWS else "unassigned")
    seen = Case.objects.visible_to(person)
    counts = counts_of(person, today)
    rows = filters.filter_queryset(seen.filter(QUEUES[name].condition(person, today))) if filters.is_valid() else seen
    rows = rows.with_due().select_related("claim", "supplier", "assigned_to")
    rows = rows.defer("claim__billed", "claim__gateway_findings")
    page = page_or_first(rows, LATEST if name == "ended" else MOST_URGENT, PAGE_SIZE, place)
    return QueuePage(
        name=name,
        queue=QUEUES[name],
        tabs=tuple(Tab(each, queue, counts.get(each)) for each, queue in QUEUES.items()),
        page=page,
        rows=tuple(row_of(case, today) for case in page.rows),
        filters=filters,
        is_filtered=any(filters.data.getlist(field) for field in filters.filters),
        may_take=person.role in REVIEWS,
    )


def counts_of(person: User, today: dt.date) -> dict[str, int]:
    """How many cases are in each queue of open ones; one query."""
    wanted = {
        name.replace("-", "_"): queue.condition(person, today) for name, queue in QUEUES.items() if name != "ended"
    }
    found = (
        Case.objects.visible_to(person)
        .open()
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in wanted.items()})
    )
    return {name.replace("_", "-"): count for name, count in found.items()}


def row_of(case: Case, today: dt.date) -> CaseRow:
    day = case.clock_day
    return CaseRow(case, (day - today).days if day else None)
