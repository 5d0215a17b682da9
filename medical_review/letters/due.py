"""Which letters are due by what stands in the database, and writing them; each once, whenever it is run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from medical_review.letters.writing import write_reminder, write_results
from medical_review.models import Letter, RecordsRequest, ReviewDecision
from medical_review.states import CaseState


def write_due_letters(limit: int = 200) -> int:
    """Write the reminders and the results that are due; how many."""
    reminders = [_written(write_reminder, request, count) for request, count in reminders_due(limit)]
    results = [_written(write_results, decision) for decision in results_due()[:limit]]
    return sum((*reminders, *results))


@transaction.atomic
def _written(write: Callable[..., Letter | None], *subject: Any) -> bool:
    return write(*subject) is not None


def reminders_due(limit: int) -> list[tuple[RecordsRequest, int]]:
    """Requests whose cases were reminded and that have no letter of it yet, with the number of the reminder."""
    waiting = (
        RecordsRequest.objects.unanswered()
        .select_related("supplier")
        .annotate(reminded=Max("cases__reminders", filter=Q(cases__state=CaseState.RECORDS)))
    )
    rows = waiting.filter(reminded__gt=0).order_by("pk")[:limit]
    keys = {f"reminder:{row.pk}:{row.reminded}": row for row in rows}
    written = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    return [(row, row.reminded) for key, row in keys.items() if key not in written]


def results_due() -> QuerySet[ReviewDecision]:
    """The last decisions of decided cases of which no letter tells, whose supplier is on file."""
    later = ReviewDecision.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    told = Letter.objects.filter(decision=OuterRef("pk"))
    counts = ReviewDecision.objects.filter(case__state=CaseState.DECIDED, case__supplier__isnull=False)
    rows = counts.exclude(Exists(later)).exclude(Exists(told)).filter(case__ended_on__gte=F("signed_on"))
    return rows.select_related("case__claim", "case__supplier", "signed_by").order_by("pk")
