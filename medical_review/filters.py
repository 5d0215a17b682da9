"""What a list of cases may be narrowed by, and the queues that are lists by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import django_filters as filters
from django.db.models import Q

from accounts.models import User
from medical_review.models import Case, Skill
from medical_review.states import OPEN, CaseState


class CaseFilter(filters.FilterSet):
    """Filters of cases; values of one widen the list, different ones narrow it."""

    kind = filters.MultipleChoiceFilter(label="Before or after payment", choices=Case.Kind.choices, distinct=False)
    selection = filters.MultipleChoiceFilter(label="How selected", choices=Case.Selection.choices, distinct=False)
    skill = filters.MultipleChoiceFilter(
        label="Visit", choices=Skill.choices, field_name="needs", lookup_expr="contains", method="with_skills"
    )
    npi = filters.CharFilter(label="Supplier’s NPI", field_name="supplier__npi")

    class Meta:
        model = Case
        fields = ("kind", "selection", "skill", "npi")

    def with_skills(self, rows: object, name: str, values: list[str]) -> object:
        return rows.filter(needs__overlap=values) if values else rows  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of its own: its words, and which cases are in it for a person on a day."""

    words: str
    empty: str
    condition: Callable[[User, dt.date], Q]


QUEUES: dict[str, Queue] = {
    "unassigned": Queue("Unassigned", "Every case has a reviewer", lambda person, day: Q(state=CaseState.READY)),
    "mine": Queue(
        "Mine",
        "You have no case",
        lambda person, day: Q(assigned_to=person, state__in=(CaseState.IN_REVIEW, CaseState.RECORDS)),
    ),
    "in-review": Queue("In review", "Nobody reviews a case now", lambda person, day: Q(state=CaseState.IN_REVIEW)),
    "records": Queue("Waiting for records", "No records are awaited", lambda person, day: Q(state=CaseState.RECORDS)),
    "overdue": Queue("Overdue", "Nothing is overdue", lambda person, day: Q(state__in=OPEN) & overdue(day)),
    "second": Queue(
        "Second review", "No decision waits for second review", lambda person, day: Q(state=CaseState.SECOND)
    ),
    "ended": Queue("Ended", "No case has ended yet", lambda person, day: ~Q(state__in=OPEN)),
}


def overdue(day: dt.date) -> Q:
    """Cases whose clock ran out before a day."""
    return Q(state=CaseState.RECORDS, records_due__lt=day) | (~Q(state=CaseState.RECORDS) & Q(decide_by__lt=day))
