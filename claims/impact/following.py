"""What follows of itself: the impact of a set that waits for approval, and new decisions for claims that wait."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import build_event, record_events
from claims.adjudication.queue import requeue
from claims.impact.actions import ask, tell
from claims.impact.portions import WAITING
from claims.impact.standing import current_runs
from claims.impact.telling import counted
from claims.impact.working import THE_WORKER
from claims.models import Claim, ImpactRun, ImpactState
from claims.nudge import QUEUE, nudge_after_commit
from policy import clock
from policy.models import ChangeSet, ChangeSetState
from policy.refusals import Refused


def ask_for_proposed() -> int:
    """Begin the impact of each change set that waits for approval and has none of its present state; how many."""
    asked = 0
    for change_set in ChangeSet.objects.filter(state=ChangeSetState.PROPOSED).select_related("proposed_by"):
        if change_set.proposed_by and not current_runs(change_set).exists():
            try:
                ask(change_set, by=change_set.proposed_by)
            except Refused:
                continue  # it cannot be done as it stands; its own page says why
            asked += 1
    return asked


def ask_waiting_claims() -> int:
    """Ask anew for the waiting claims that a published change set touches; how many.

    Nobody was told a decision on them. Those that were decided or asked for meanwhile are passed over.
    """
    published = ImpactRun.objects.filter(
        state=ImpactState.DONE, change_set__state=ChangeSetState.PUBLISHED, waiting_asked_on=None, waiting_changed__gt=0
    )
    return sum(_ask_waiting(number) for number in list(published.values_list("pk", flat=True)))


@transaction.atomic
def _ask_waiting(number: int) -> int:
    runs = ImpactRun.objects.select_for_update(of=("self",), skip_locked=True).select_related("change_set")
    run = runs.filter(pk=number, waiting_asked_on=None).first()
    if run is None:
        return 0
    lines = run.lines.filter(is_waiting=True)
    claims = Claim.objects.select_for_update(of=("self",)).filter(pk__in=lines.values("claim"), status__in=WAITING)
    ids = list(claims.order_by("current_decision_id").values_list("pk", flat=True))
    reason = f"{run.change_set} was published, which it may wait for"
    requeue(ids, reason)
    today = clock.today()
    record_events(
        build_event(
            "decided_anew",
            by=THE_WORKER,
            on=today,
            about=("claims.claim", str(claim)),
            sentence=f"{reason}. It is decided anew.",
            data={"impact": run.pk},
        )
        for claim in ids
    )
    run.waiting_asked_on = today
    run.save(update_fields=["waiting_asked_on"])
    waiting = counted(len(ids), "waiting claim")
    tell("impact_waiting_asked", run, THE_WORKER, f"{run.change_set} was published: {waiting} asked anew.")
    nudge_after_commit(QUEUE)
    return len(ids)
