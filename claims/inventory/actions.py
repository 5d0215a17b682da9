"""What a person does about stuck work: ask for it to be run again."""

from __future__ import annotations

from celery import current_app
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from claims.sweep import CHECKS
from policy import clock
from policy.refusals import Refused

TASK = "claims.tasks.run_again"
#: A refused remittance is tried again by what pays overdue claims.
ALSO = {"remittance": "payments"}

#: What can be run again, by the kind of a row of stuck work.
RUNS_AGAIN = {check.kind for check in CHECKS if check.remedy} | set(ALSO)


def run_again(kind: str, *, by: User) -> None:
    """Ask a worker to take up what is stuck of one kind, as the sweep does. Raises Refused for other kinds."""
    title = next((check.title for check in CHECKS if check.kind == ALSO.get(kind, kind)), "")
    if kind not in RUNS_AGAIN:
        raise Refused("This cannot be run again from here: a person must settle it.", code="not_run_again")
    with transaction.atomic():
        record_event("run_again", by=by, on=clock.today(), sentence=f"Asked to run again: {title.lower()}.")
        transaction.on_commit(lambda: current_app.send_task(TASK, [ALSO.get(kind, kind)]), robust=True)
