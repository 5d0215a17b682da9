"""What medical review does by itself. Safe to run at any time, twice, or late."""

from __future__ import annotations

from celery import shared_task

from medical_review.actions.closing import close_pointless
from medical_review.actions.opening import open_due_cases
from medical_review.actions.records import deny_overdue, remind_due
from policy import clock


@shared_task
def work_reviews() -> None:
    """Close what became pointless, open what waits, remind of records and deny for want of them."""
    today = clock.today()
    close_pointless()
    open_due_cases()
    remind_due(today)
    deny_overdue(today)
