"""Acts on impacts: ask for one, cancel it, make the mass adjustment of its claims."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from claims.adjudication.version import ENGINE_VERSION
from claims.impact.fingerprint import fingerprint_of
from claims.mass import actions as mass_actions
from claims.models import ImpactRun, ImpactState, MassAdjustment
from claims.nudge import IMPACTS, nudge_after_commit
from policy import clock
from policy.change_sets.reading import revisions_of
from policy.models import ChangeSet, ChangeSetState
from policy.readers import current_publication
from policy.refusals import Refused

#: The states of a change set in which it may still be shown what it does.
OPEN = (ChangeSetState.DRAFT, ChangeSetState.PROPOSED, ChangeSetState.SCHEDULED)


@transaction.atomic
def ask(change_set: ChangeSet, *, by: User) -> ImpactRun:
    """Have the impact of a change set as it is now worked out, in the background.

    Raises Refused for a set that is published or given up, one that cannot be done as it stands, and one whose impact
    is being worked out.
    """
    change_set = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
    if change_set.state not in OPEN:
        word = change_set.get_state_display().lower()
        raise Refused(f"{change_set} is {word}: its impact is what was kept with it.", "moved_on")
    if ImpactRun.objects.filter(change_set=change_set, state__in=ImpactRun.AT_WORK).exists():
        raise Refused("Its impact is being worked out. Wait for it, or cancel it.", "at_work")
    revisions_of(change_set)
    run = ImpactRun.objects.create(
        change_set=change_set,
        fingerprint=fingerprint_of(change_set),
        publication=current_publication(),
        engine_version=ENGINE_VERSION,
        asked_by=by,
        asked_at=clock.now(),
    )
    tell("impact_asked", run, by, f"The impact of {change_set} was asked for.")
    nudge_after_commit(IMPACTS)
    return run


@transaction.atomic
def cancel(run: ImpactRun, *, by: User) -> ImpactRun:
    """Work no more of it; what was found so far says nothing. Raises Refused for one that is over."""
    run = ImpactRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.is_at_work:
        raise Refused(f"The impact is {run.get_state_display().lower()} already.", "moved_on")
    run.state, run.ended_at = ImpactState.CANCELLED, clock.now()
    run.save(update_fields=["state", "ended_at"])
    tell("impact_cancelled", run, by, f"The impact of {run.change_set} was cancelled.")
    return run


def chosen_by(run: ImpactRun) -> str:
    """How a mass adjustment and a replay name the decided claims that an impact found to change."""
    return f"impact={run.pk}"


@transaction.atomic
def adjust(run: ImpactRun, *, by: User, good_cause: str = "") -> MassAdjustment:
    """Make the mass adjustment of the decided claims that a published change set changes, and begin its preview.

    A second person approves it. Raises Refused before the publication, when no decided claim changes, when the rows of
    the set were others, and when it was made before.
    """
    run = ImpactRun.objects.select_for_update(of=("self",)).select_related("change_set").get(pk=run.pk)
    check_adjustable(run)
    change_set = run.change_set
    mass = mass_actions.make(
        change_set.title[: mass_actions.LONGEST_TITLE],
        f"{change_set}, published as publication {change_set.publication_id}: {change_set.reason}"[:500],
        chosen_by(run),
        by=by,
        good_cause=good_cause,
    )
    run.mass = mass
    run.save(update_fields=["mass"])
    tell("impact_adjusted", run, by, f"{mass} was made of the claims that {change_set} changes.")
    return mass_actions.preview(mass, by=by)


def check_adjustable(run: ImpactRun) -> None:
    """Refuses a mass adjustment that cannot be made of this impact, or not yet."""
    if run.change_set.state != ChangeSetState.PUBLISHED:
        raise Refused(f"{run.change_set} is not published yet. Adjust its claims afterwards.", "not_published")
    if not run.is_done or run.fingerprint != fingerprint_of(run.change_set):
        raise Refused("The impact is not whole, or of other rows than were published.", "outdated")
    if run.mass_id:
        raise Refused(f"It was made before: mass adjustment {run.mass_id}.", "made_before")
    if not run.claims_changed:
        raise Refused("No decided claim changes, so there is nothing to adjust.", "nothing_changes")


def tell(verb: str, run: ImpactRun, by: User | str, sentence: str) -> None:
    data = {"impact": run.pk, "claims": run.claims, "claims_changed": run.claims_changed, "difference": run.difference}
    record_event(verb, by=by, on=clock.today(), about=run.change_set, sentence=sentence, data=data)
