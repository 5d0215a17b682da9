"""Reads about people and about what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actions import Subject, name_subject
from accounts.models import AccessLog, Event, User

M = TypeVar("M", bound=models.Model)

PAGE_SIZE = 50


def events_about(about: Subject) -> QuerySet[Event]:
    """What happened to a record, newest first."""
    about_type, about_id = name_subject(about)
    return Event.objects.filter(about_type=about_type, about_id=about_id)


def people() -> QuerySet[User]:
    """Everyone but programs, those who may sign in first; `has_second_factor` tells of the second step."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    persons = User.objects.filter(is_program=False)
    return persons.annotate(has_second_factor=Exists(factors)).order_by("-is_active", "name", "pk")


def matching_events(wanted: Mapping[str, Any]) -> QuerySet[Event]:
    """The events that a filter of the audit log names, newest first."""
    events = _about_record(Event.objects.all(), wanted.get("record"))
    if wanted.get("who"):
        events = events.filter(actor_label__icontains=wanted["who"])
    return _between(events, wanted, "on")


def matching_accesses(wanted: Mapping[str, Any]) -> QuerySet[AccessLog]:
    """The looks at records that a filter of the audit log names, newest first."""
    accesses = _about_record(AccessLog.objects.select_related("person"), wanted.get("record"))
    if wanted.get("who"):
        accesses = accesses.filter(person__name__icontains=wanted["who"])
    return _between(accesses, wanted, "at__date")


def _about_record(rows: QuerySet[M], record: str | None) -> QuerySet[M]:
    """`record` is a kind and an id ("claims.claim 17"), or an id alone."""
    if not record:
        return rows
    kind, _, key = record.strip().rpartition(" ")
    return rows.filter(about_id=key, about_type=kind.lower()) if kind else rows.filter(about_id=key)


def _between(rows: QuerySet[M], wanted: Mapping[str, Any], field: str) -> QuerySet[M]:
    if wanted.get("since"):
        rows = rows.filter(**{f"{field}__gte": wanted["since"]})
    if wanted.get("until"):
        rows = rows.filter(**{f"{field}__lte": wanted["until"]})
    return rows


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[M]):
    """Some rows of a long list, and where the next ones begin; nothing is counted."""

    rows: list[M]
    next_before: int | None


def page_before(rows: QuerySet[M], before: int | None, size: int = PAGE_SIZE) -> KeysetPage[M]:
    """The `size` newest rows whose id is smaller than `before`; as fast on the last page as on the first."""
    older = rows.filter(pk__lt=before) if before else rows
    found = list(older.order_by("-pk")[: size + 1])
    return KeysetPage(found[:size], found[size - 1].pk if len(found) > size else None)
