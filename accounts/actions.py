"""What is written about people's acts: events, looks at records, and the acts on people themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AccessLog, Event, User

#: Who acted: a person, or the name of a job ("the recycling sweep").
Actor = User | str
#: What a record is about: a row, or the kind and the id of one.
Subject = models.Model | tuple[str, str] | None


def record_event(
    verb: str,
    *,
    by: Actor,
    on: dt.date,
    about: Subject = None,
    sentence: str,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Writes down one act: `verb` is its code ("claim_released"), `sentence` what people read, `on` the business date.

    `data` may hold days, amounts and moments; they are kept as text.
    """
    event = build_event(verb, by=by, on=on, about=about, sentence=sentence, data=data)
    event.save(force_insert=True)
    return event


def build_event(
    verb: str,
    *,
    by: Actor,
    on: dt.date,
    about: Subject = None,
    sentence: str,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """The event of `record_event`, not yet written: for acts on many rows, which then call `record_events` once."""
    about_type, about_id = name_subject(about)
    return Event(
        actor=by if isinstance(by, User) else None,
        actor_label=f"{by}, {by.role_label.lower()}" if isinstance(by, User) else by,
        on=on,
        verb=verb,
        sentence=sentence,
        about_type=about_type,
        about_id=about_id,
        data=dict(data or {}),
    )


def record_events(events: Iterable[Event]) -> int:
    """Writes built events in one statement per thousand; returns how many."""
    return len(Event.objects.bulk_create(events, batch_size=1000))


def log_access(person: User, about: Subject, *, page: str, reason: str = "") -> None:
    """Notes that a person looked at one record with health information, on which page and why."""
    log_accesses(person, [about], page=page, reason=reason)


def log_accesses(person: User, records: Iterable[Subject], *, page: str, reason: str = "") -> None:
    """The same for all records that a list or an export showed, in one statement."""
    subjects = (name_subject(record) for record in records)
    AccessLog.objects.bulk_create(
        [
            AccessLog(person=person, about_type=kind, about_id=key, page=page[:200], reason=reason[:200])
            for kind, key in subjects
        ],
        batch_size=1000,
    )


def name_subject(about: Subject) -> tuple[str, str]:
    """Kind and id of a record, as text: ("claims.claim", "17"); two empty texts for nothing."""
    if about is None:
        return "", ""
    if isinstance(about, models.Model):
        return about._meta.label_lower, str(about.pk)
    return about


def calendar_day() -> dt.date:
    """The day of the clock in the business zone: signing in and people's accounts live in real time.

    Claims live by the business date, which is another thing and no business of this package.
    """
    return timezone.localdate(timezone=ZoneInfo(settings.BUSINESS_TIME_ZONE))


def record_own_act(verb: str, user: User, did: str) -> None:
    """What people do with their own account: signing in, changing how it is protected."""
    record_event(verb, by=user, on=calendar_day(), about=user, sentence=f"{user} {did}.")


#: What an administrator may set on a person, with the words for it.
PERSON_FIELDS = {
    "email": "e-mail address",
    "name": "name",
    "role": "role",
    "amount_limit": "amount limit",
    "time_zone": "time zone",
    "is_active": "whether they may sign in",
}


@transaction.atomic
def save_person(user: User, *, by: User, password: str | None = None) -> None:
    """Makes or changes a person's account and says in an event what changed, from what to what."""
    before = User.objects.select_for_update().filter(pk=user.pk).first() if user.pk else None
    if password:
        user.set_password(password)
    user.save()
    changes = {
        field: {"from": getattr(before, field, None), "to": getattr(user, field)}
        for field in PERSON_FIELDS
        if before is None or getattr(before, field) != getattr(user, field)
    }
    record_event(
        "person_changed" if before else "person_made",
        by=by,
        on=calendar_day(),
        about=user,
        sentence=_sentence_about_person(user, before, changes, bool(password)),
        data={"changes": changes, "password_set": bool(password)},
    )


def _sentence_about_person(user: User, before: User | None, changes: Mapping[str, Any], has_new_password: bool) -> str:
    if before is None:
        return f"{user} may now sign in as {user.role_label.lower()}."
    words = [PERSON_FIELDS[field] for field in changes]
    if has_new_password:
        words.append("password")
    return f"The account of {user} was changed: {', '.join(words) or 'nothing'}."
