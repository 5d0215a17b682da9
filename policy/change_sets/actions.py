"""Acts on change sets: make, fill, propose, take back, approve, refuse, discard, publish when the day comes.

Publications stand in one line (`one_publication_at_a_time`), and every act takes the row of its set first: of two
people who decide at once one decides, and the other is told. That nobody decides what he wrote is kept by the database
as well (`policy.models.change_set`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.actions import Actor, record_event
from accounts.models import Role, User
from policy import clock
from policy.change_sets.reading import next_number, plan_with, revisions_of
from policy.change_sets.requirements import check_requirements
from policy.change_sets.rows import row_of
from policy.changes import Change
from policy.models import ChangeSet, ChangeSetEditor, ChangeSetState, ProposedRow, Publication
from policy.models.change_set import LONGEST_REASON, LONGEST_SOURCE, LONGEST_TITLE
from policy.publishing import one_publication_at_a_time, publish
from policy.refusals import Refused
from policy.revisions import Revision
from policy.words import as_text, day_in_words

State = ChangeSetState
DECISION = ("decided_by", "decided_on", "decision_reason")
PROPOSAL = ("proposed_by", "proposed_on")


@transaction.atomic
def make(
    title: str,
    *,
    by: User,
    source: str,
    reason: str,
    publish_on: dt.date | None = None,
    undoes: ChangeSet | None = None,
) -> ChangeSet:
    """An empty draft. `source` is the document that says so, `publish_on` the business day it is to be known from."""
    _check_administrator(by)
    change_set = ChangeSet.objects.create(
        **_described(title, source, reason),
        publish_on=publish_on or clock.today(),
        undoes=undoes,
        made_by=by,
        made_on=clock.today(),
    )
    _tell("change_set_made", change_set, by, f"{change_set} was made: {change_set.title}. {change_set.reason}")
    return change_set


@transaction.atomic
def describe(
    change_set: ChangeSet, *, by: User, title: str, source: str, reason: str, publish_on: dt.date
) -> ChangeSet:
    """Another title, document, reason or day of a draft."""
    change_set = locked(change_set, by, State.DRAFT)
    said = {**_described(title, source, reason), "publish_on": publish_on}
    for name, value in said.items():
        setattr(change_set, name, value)
    change_set.save(update_fields=list(said))
    keep_writer(change_set, by)
    _tell("change_set_described", change_set, by, f"{change_set} was described anew: {change_set.title}.")
    return change_set


@transaction.atomic
def put_row(change_set: ChangeSet, change: Change, *, by: User) -> ProposedRow:
    """One more row in a draft, or Refused where it cannot be done beside the others.

    Days without a row do not refuse it, for another row may fill them; they are shown, and refused when it is proposed.
    """
    change_set = locked(change_set, by, State.DRAFT)
    plan_with(change_set, change)
    number = next_number(change_set.rows.values_list("number", flat=True))
    row = row_of(change, change_set, number, by=by)
    row.save(force_insert=True)
    return row


@transaction.atomic
def take_out(change_set: ChangeSet, numbers: Sequence[int], *, by: User) -> int:
    """Rows leave a draft; the number of rows that did."""
    change_set = locked(change_set, by, State.DRAFT)
    count, _ = change_set.rows.filter(number__in=numbers).delete()
    keep_writer(change_set, by)
    return count


@transaction.atomic
def propose(change_set: ChangeSet, *, by: User) -> ChangeSet:
    """The draft waits for the approval of a person who did not write in it, and stays as it is meanwhile."""
    change_set = locked(change_set, by, State.DRAFT)
    _check_changes_something(change_set)
    change_set.proposed_by, change_set.proposed_on, change_set.note = by, clock.today(), ""
    _move(change_set, State.PROPOSED, *PROPOSAL, "note")
    keep_writer(change_set, by)
    _tell("change_set_proposed", change_set, by, f"{change_set} was proposed: {change_set.title}.")
    return change_set


@transaction.atomic
def take_back(change_set: ChangeSet, *, by: User, note: str = "") -> ChangeSet:
    """A proposed, approved or refused set becomes a draft again, before it is published."""
    change_set = locked(change_set, by, State.PROPOSED, State.SCHEDULED, State.REFUSED)
    _back_to_draft(change_set, note)
    _tell("change_set_taken_back", change_set, by, f"{change_set} is a draft again.")
    return change_set


@transaction.atomic
def discard(change_set: ChangeSet, *, by: User) -> ChangeSet:
    """Nothing more is done with a draft; what it says is kept."""
    change_set = locked(change_set, by, State.DRAFT)
    _move(change_set, State.DISCARDED)
    _tell("change_set_discarded", change_set, by, f"{change_set} was discarded.")
    return change_set


def approve(change_set: ChangeSet, *, by: User, reason: str) -> ChangeSet:
    """A second administrator lets it be published: at once when its day has come, else on its day.

    Raises Refused for a person who wrote in it, and when a row was replaced since it was proposed.
    """
    with one_publication_at_a_time():
        change_set = locked(change_set, by, State.PROPOSED)
        check_second_person(change_set, by)
        revisions = _check_changes_something(change_set)
        check_requirements(change_set)
        change_set.decided_by, change_set.decided_on, change_set.decision_reason = by, clock.today(), _said(reason)
        if change_set.publish_on > clock.today():
            _move(change_set, State.SCHEDULED, *DECISION)
            day = day_in_words(change_set.publish_on)
            _tell("change_set_approved", change_set, by, f"{change_set} was approved, to be published on {day}.")
        else:
            _publish(change_set, revisions, by)
    return change_set


@transaction.atomic
def refuse(change_set: ChangeSet, *, by: User, reason: str) -> ChangeSet:
    """A second administrator says no, and why; its maker may mend it and propose it again."""
    change_set = locked(change_set, by, State.PROPOSED)
    check_second_person(change_set, by)
    change_set.decided_by, change_set.decided_on, change_set.decision_reason = by, clock.today(), _said(reason)
    _move(change_set, State.REFUSED, *DECISION)
    _tell("change_set_refused", change_set, by, f"{change_set} was refused: {change_set.decision_reason}")
    return change_set


def publish_due(day: dt.date) -> list[ChangeSet]:
    """Publish the approved sets whose day has come; one that cannot be done any more is a draft again, and says why."""
    due = ChangeSet.objects.filter(state=State.SCHEDULED, publish_on__lte=day).order_by("publish_on", "pk")
    return [change_set for change_set in due if _publish_on_its_day(change_set)]


def _publish_on_its_day(change_set: ChangeSet) -> bool:
    with one_publication_at_a_time():
        change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
        if change_set.state != State.SCHEDULED:
            return False
        try:
            revisions = _check_changes_something(change_set)
            check_requirements(change_set)
        except Refused as refused:
            _back_to_draft(change_set, f"It was not published on its day. {refused}"[:LONGEST_REASON])
            _tell("change_set_stopped", change_set, JOB, f"{change_set} is a draft again. {change_set.note}")
            return False
        _publish(change_set, revisions, JOB)
    return True


#: Who publishes when the day comes; the publication names the person who approved.
JOB = "the policy desk"


def _publish(change_set: ChangeSet, revisions: Sequence[Revision], by: Actor) -> None:
    """Make its rows known, all at one moment, in the name of the person who approved it; inside the lock."""
    reason = f"{change_set}: {change_set.reason}"[:LONGEST_REASON]
    change_set.publication = publish(revisions, by=change_set.decided_by, source=change_set.source, reason=reason)
    _move(change_set, State.PUBLISHED, "publication", *DECISION)
    record_event(
        "policy_published",
        by=by,
        on=clock.today(),
        about=change_set.publication,
        sentence=f"{change_set} was published as publication {change_set.publication_id}: {change_set.title}.",
        data=_what_changed(change_set, revisions, change_set.publication),
    )


#: More rows of a set than these are counted in its event, not told one by one.
MOST_TOLD = 200


def _what_changed(change_set: ChangeSet, revisions: Sequence[Revision], publication: Publication) -> dict[str, Any]:
    rows = sum(len(revision.added) + len(revision.superseded) for revision in revisions)
    return {
        "change_set": change_set.pk,
        "made_by": str(change_set.made_by),
        "approved_by": str(change_set.decided_by),
        "source": publication.source,
        "reason": publication.reason,
        "rows": rows,
        "tables": [_told(revision) for revision in revisions] if rows <= MOST_TOLD else [],
    }


def _told(revision: Revision) -> dict[str, Any]:
    name = revision.table.model._meta.model_name
    return {
        "table": revision.table.name,
        "superseded": [f"{name}/{row.pk}" for row in revision.superseded],
        "added": [
            {**{field: as_text(value) for field, value in row.content.items()}, "start": row.start, "end": row.end}
            for row in revision.added
        ],
    }


# ---------- what every act asks ----------


def check_second_person(change_set: ChangeSet, by: User) -> None:
    """Raises Refused for a person who made the set, proposed it or wrote in it."""
    if by.pk in (change_set.made_by_id, change_set.proposed_by_id) or wrote_in(change_set, by):
        raise Refused(f"You wrote in {change_set}; an administrator who did not must decide it.", "same_person")


def wrote_in(change_set: ChangeSet, person: User) -> bool:
    return ChangeSetEditor.objects.filter(change_set=change_set, person=person).exists()


def _check_administrator(by: User) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise Refused("Only administrators change the policy tables.", "not_administrator")


def locked(change_set: ChangeSet, by: User, *states: ChangeSetState) -> ChangeSet:
    """The set as it is now, kept from others until the act is over; Refused when somebody was faster."""
    _check_administrator(by)
    found = (
        ChangeSet.objects.select_for_update(of=("self",)).select_related("made_by", "decided_by").get(pk=change_set.pk)
    )
    if found.state not in states:
        raise Refused(_already(found), "other_state")
    return found


def _already(change_set: ChangeSet) -> str:
    who = f" by {change_set.decided_by}" if change_set.decided_by else ""
    how = {
        State.DRAFT: "is a draft",
        State.PROPOSED: "waits for approval",
        State.REFUSED: f"was refused{who}",
        State.SCHEDULED: f"was approved{who}",
        State.PUBLISHED: f"was published as publication {change_set.publication_id}, approved{who}",
        State.DISCARDED: "was discarded",
    }[State(change_set.state)]
    return f"{change_set} {how}. Nothing was done."


def _check_changes_something(change_set: ChangeSet) -> list[Revision]:
    revisions = revisions_of(change_set)
    if not any(revisions) and not change_set.cases.exists():
        raise Refused("Nothing in this change set differs from what is known now.", "no_change")
    return revisions


def _described(title: str, source: str, reason: str) -> dict[str, str]:
    return {
        "title": _text(title, LONGEST_TITLE, "title", "Give the change set a title"),
        "source": _text(source, LONGEST_SOURCE, "source", "Say which document the rows come from"),
        "reason": _text(reason, LONGEST_REASON, "reason", "Say why the rows are changed"),
    }


def _said(reason: str) -> str:
    return _text(reason, LONGEST_REASON, "reason", "Say why you decide so")


def _text(said: str, longest: int, field: str, what: str) -> str:
    words = " ".join(said.split())
    if not 0 < len(words) <= longest:
        raise Refused(f"{what}, in at most {longest} characters.", f"no_{field}", field)
    return words


def keep_writer(change_set: ChangeSet, by: User) -> None:
    """Who wrote in the set; triggers keep the same of its maker and of those who put rows into it."""
    ChangeSetEditor.objects.bulk_create([ChangeSetEditor(change_set=change_set, person=by)], ignore_conflicts=True)


def _back_to_draft(change_set: ChangeSet, note: str) -> None:
    change_set.proposed_by, change_set.proposed_on = None, None
    change_set.decided_by, change_set.decided_on, change_set.decision_reason = None, None, ""
    change_set.note = note
    _move(change_set, State.DRAFT, *PROPOSAL, *DECISION, "note")


def _move(change_set: ChangeSet, state: ChangeSetState, *fields: str) -> None:
    change_set.state = state
    change_set.save(update_fields=["state", *fields])


def _tell(verb: str, change_set: ChangeSet, by: Actor, sentence: str) -> None:
    record_event(verb, by=by, on=clock.today(), about=change_set, sentence=sentence)
