"""What medical review does by itself. Safe to run at any time, twice, or late."""

from __future__ import annotations

import logging

from celery import shared_task

from claims.nudge import nudge
from medical_review.actions.closing import close_pointless
from medical_review.actions.opening import open_due_cases
from medical_review.actions.records import deny_overdue, remind_due
from medical_review.appeals.debts import stand_still_for_later_demands
from medical_review.appeals.receiving import receive_recorded
from medical_review.letters.due import write_due_letters
from medical_review.letters.nudge import LETTERS
from medical_review.letters.pdf import make_next_file
from medical_review.models import Letter
from medical_review.probes.actions import find_due_results
from medical_review.requests.answering import take_over
from policy import clock

logger = logging.getLogger(__name__)

#: Files made by one run of the task: a worker is free for others in between.
FILES_AT_ONCE = 50


@shared_task
def work_reviews() -> None:
    """Close what became pointless, open what waits, ask after records, deny for want of them, end probe rounds."""
    today = clock.today()
    close_pointless()
    receive_recorded()
    stand_still_for_later_demands()
    open_due_cases()
    remind_due(today)
    take_over(today)
    deny_overdue(today)
    find_due_results()


@shared_task
def work_letters() -> None:
    """Write the letters that are due and make some PDFs; goes on by itself until each letter has its own."""
    write_due_letters()
    made = 0
    while made < FILES_AT_ONCE and make_next_file():
        made += 1
    if made:
        left = Letter.objects.filter(file=None).count()
        logger.info("%d letters made, %d are left", made, left)
        if left:
            nudge(LETTERS)
