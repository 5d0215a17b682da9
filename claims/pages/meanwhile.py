"""Two people at once: the version of a claim that a form was opened at, and what has become of the claim since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.db.models import Model
from django.utils import timezone

from accounts.actions import name_subject
from accounts.models import STAFF_ROLES, AccessLog, User
from accounts.readers import events_about
from claims.edits.wording import dollars, in_words
from claims.models import Claim, ClaimStatus, Decision
from claims.pages.claim.record import Entry, entry_of

#: The name under which a form carries the version it was opened at.
SEEN = "seen"

#: Who looked at a claim no longer ago than this has it open still, as far as anybody knows.
STILL_OPEN = dt.timedelta(minutes=5)

#: Pages that show many claims at once: who looked at one of these does not have the claim open.
LISTS = ("Approvals", "Remittance", "API, remittance")

NOTHING_YET = "Not decided"


@dataclass(frozen=True, slots=True)
class Version:
    """What a person saw of a claim: the decision that stood, the status, the latest event (0 for none)."""

    decision: int
    status: str
    event: int

    def __str__(self) -> str:
        return f"{self.decision}.{self.status}.{self.event}"


def version_of(claim: Claim) -> Version:
    """The version of a claim as it was read; one query."""
    latest = events_about(claim).order_by("-pk").values_list("pk", flat=True).first()
    return Version(claim.current_decision_id or 0, claim.status, latest or 0)


def version_in(sent: Mapping[str, str]) -> Version | None:
    """The version that a sent form carries; None where it carries none that was ever written."""
    decision, _, rest = sent.get(SEEN, "").partition(".")
    status, _, event = rest.partition(".")
    if not (decision.isdecimal() and event.isdecimal() and status in ClaimStatus.values):
        return None
    return Version(int(decision), status, int(event))


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing as it was seen and as it is now."""

    what: str
    seen: str
    now: str

    @property
    def has_changed(self) -> bool:
        return self.seen != self.now


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What others did to a claim while a form was open: both versions side by side, and what was written there."""

    compared: tuple[Compared, ...]
    events: tuple[Entry, ...]
    written: tuple[tuple[str, str], ...]


def meanwhile(claim: Claim, seen: Version | None, person: User, form: forms.Form) -> Meanwhile | None:
    """What has become of a claim since a form was opened at a version; None when no one else has acted.

    What the person did in another window is no surprise. A form without a version has nothing to be compared with.
    """
    now = version_of(claim)
    if seen is None or seen == now:
        return None
    events = list(events_about(claim).filter(pk__gt=seen.event).order_by("pk"))
    is_moved = (seen.decision, seen.status) != (now.decision, now.status)
    if not is_moved and all(event.actor_id == person.pk for event in events):
        return None
    return Meanwhile(tuple(compare(claim, seen, now)), tuple(map(entry_of, events)), tuple(written_in(form)))


def compare(claim: Claim, seen: Version, now: Version) -> Iterator[Compared]:
    yield Compared("Status", str(ClaimStatus(seen.status).label), str(ClaimStatus(now.status).label))
    decisions = {row.pk: row for row in claim.decisions.filter(pk__in=(seen.decision, now.decision)).defer("facts")}
    for what, say in DECISION_WORDS.items():
        before, after = (say(decisions[pk]) if pk in decisions else NOTHING_YET for pk in (seen.decision, now.decision))
        yield Compared(what, before, after)


DECISION_WORDS: dict[str, Callable[[Decision], str]] = {
    "Decision that stands": lambda row: f"Decision {row.number}, {in_words(row.decided_on)}: {row.reason}",
    "Payment": lambda row: dollars(row.paid_amount),
}


def written_in(form: forms.Form) -> Iterator[tuple[str, str]]:
    """What was written in a form, as its labels and words; a form that was only sent has nothing."""
    for bound in form:
        value = bound.value()
        if value and not bound.is_hidden:
            choices = dict(getattr(bound.field, "choices", ()))
            yield str(bound.label), str(choices.get(value, value))


@dataclass(frozen=True, slots=True)
class Looking:
    """A colleague who has the record open, and how many minutes ago they opened it."""

    name: str
    minutes: int


def also_looking(record: Model, person: User) -> list[Looking]:
    """Colleagues who opened a claim, or what belongs to one, in the last minutes, the latest first; one query."""
    now = timezone.now()
    about_type, about_id = name_subject(record)
    looks = AccessLog.objects.filter(
        about_type=about_type, about_id=about_id, at__gte=now - STILL_OPEN, person__role__in=STAFF_ROLES
    )
    looks = looks.exclude(person=person).exclude(page__in=LISTS).exclude(page__endswith="CSV export")
    latest: dict[str, dt.datetime] = {}
    for name, at in looks.order_by("-pk").values_list("person__name", "at"):
        latest.setdefault(name, at)
    return [Looking(name, int((now - at).total_seconds() // 60)) for name, at in latest.items()]
