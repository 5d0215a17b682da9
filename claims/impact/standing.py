"""Whether the impact of a change set was shown: of its rows as they are, against what is known now."""

from __future__ import annotations

from django.db.models import QuerySet

from claims.adjudication.version import ENGINE_VERSION
from claims.impact.fingerprint import fingerprint_of
from claims.models import ImpactRun, ImpactState
from policy.models import ChangeSet, ChangeSetState
from policy.readers import current_publication
from policy.refusals import Refused


def current_runs(change_set: ChangeSet) -> QuerySet[ImpactRun]:
    """The impacts that are not outdated, whatever became of them, the latest first; two queries to ask."""
    return ImpactRun.objects.filter(
        change_set=change_set,
        fingerprint=fingerprint_of(change_set),
        publication=current_publication(),
        engine_version=ENGINE_VERSION,
    )


def is_current(run: ImpactRun) -> bool:
    """Whether it was made of the rows, the tables and the program of now; of a set that is over, always."""
    return not run.change_set.is_open or current_runs(run.change_set).filter(pk=run.pk).exists()


def _was_seen(change_set: ChangeSet) -> bool:
    runs = ImpactRun.objects.filter(change_set=change_set, state=ImpactState.DONE)
    return runs.filter(fingerprint=fingerprint_of(change_set)).exists()


def check_impact_shown(change_set: ChangeSet) -> None:
    """Raises Refused unless the impact of the set, as it is now, was worked out: nobody approves what nobody saw.

    A set that was approved and waits for its day was seen, whatever was published since.
    """
    if change_set.state == ChangeSetState.SCHEDULED and _was_seen(change_set):
        return
    states = list(current_runs(change_set).values_list("state", flat=True))
    if ImpactState.DONE in states:
        return
    if {*states} & {*ImpactRun.AT_WORK}:
        raise Refused("Its impact on decided claims is being worked out. Wait for it.", "impact_at_work")
    if ImpactRun.objects.filter(change_set=change_set, state=ImpactState.DONE).exists():
        raise Refused(
            "Its impact is outdated: its rows, the policy tables or the program changed since. Work it out again.",
            "impact_outdated",
        )
    raise Refused("Its impact on decided claims was not worked out yet. Work it out first.", "impact_missing")
