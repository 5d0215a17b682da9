"""Two people on one case: the version that a form was opened at, and what has become of the case since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django import forms

from accounts.models import User
from accounts.readers import events_about
from claims.pages.claim.record import entry_of
from claims.pages.meanwhile import SEEN, Compared, Meanwhile, written_in
from medical_review.models import Case
from medical_review.states import CaseState


def version_of(case: Case) -> str:
    """What a person saw of a case: its state, who had it, the latest event; one query."""
    latest = events_about(case).order_by("-pk").values_list("pk", flat=True).first()
    return f"{case.state}.{case.assigned_to_id or 0}.{latest or 0}"


def meanwhile(case: Case, sent: Mapping[str, str], person: User, form: forms.Form) -> Meanwhile | None:
    """What others did to a locked case since a form was opened; None when no one else has acted."""
    seen, now = sent.get(SEEN, ""), version_of(case)
    state, _, rest = seen.partition(".")
    had, _, event = rest.partition(".")
    if seen == now or state not in CaseState.values or not (had.isdecimal() and event.isdecimal()):
        return None
    events = list(events_about(case).filter(pk__gt=int(event)).order_by("pk"))
    if not events or all(each.actor_id == person.pk for each in events):
        return None
    compared = tuple(compare(case, state, int(had)))
    return Meanwhile(compared, tuple(map(entry_of, events)), tuple(written_in(form)))


def compare(case: Case, state: str, had: int) -> Iterator[Compared]:
    yield Compared("State", str(CaseState(state).label), str(case.state_shown.label))
    before = str(User.objects.filter(pk=had).first() or "Nobody")
    yield Compared("Reviewer", before, str(case.assigned_to or "Nobody"))
