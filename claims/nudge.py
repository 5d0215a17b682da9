"""Telling a worker that there is something to do."""

from __future__ import annotations

from celery import current_app
from django.db import transaction

QUEUE = "claims.tasks.work_queue"
MASS_ADJUSTMENTS = "claims.tasks.work_mass_adjustments"
IMPACTS = "claims.tasks.work_impacts"


def nudge_after_commit(task: str = QUEUE) -> None:
    """Send the nudge once what is to be done is committed. One that is lost costs only time: the schedule looks too."""

    def nudge_now() -> None:
        nudge(task)

    transaction.on_commit(nudge_now, robust=True)


def nudge(task: str = QUEUE) -> None:
    current_app.send_task(task)
