"""The record of a claim: what people and jobs did, what was decided, what it was told on, in one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.models import Event
from claims import models
from claims.models import Claim, RemittedDecision
from claims.pages.wording import sentences
from policy import clock

#: As many events as a page shows; a claim has a few.
MOST_EVENTS = 100

STATUS_WORDS = {"pay": "payable", "deny": "denied", "hold": "on hold", "suspend": "suspended"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `at` is the business day at the time of day, as lists of events show it."""

    at: dt.datetime
    sentence: str
    actor_label: str


def record_of(
    claim: Claim,
    decisions: Iterable[models.Decision],
    remitted: Iterable[RemittedDecision],
    *,
    is_for_supplier: bool,
) -> list[Entry]:
    """The record, latest first; a supplier sees what was decided and told, not who at the contractor did what."""
    entries = [_received(claim), *map(_decided, decisions), *map(_told, remitted)]
    if not is_for_supplier:
        entries += _events(claim)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _received(claim: Claim) -> Entry:
    at = claim.file.received_at if claim.file else dt.datetime.combine(claim.received_on, dt.time(), clock.zone())
    return Entry(at, f"The claim came in the file {claim.file.name}." if claim.file else "The claim came in.", "")


def _decided(decision: models.Decision) -> Entry:
    words = sentences(f"Decision {decision.number}: {STATUS_WORDS[decision.status]}", decision.reason)
    return Entry(decision.decided_at, words, "")


def _told(told: RemittedDecision) -> Entry:
    remittance = told.remittance
    at = dt.datetime.combine(remittance.payment_day, dt.time(6), clock.zone())
    words = "Taken back" if told.is_reversal else "Told"
    return Entry(at, f"{words} on remittance {remittance.trace_number}.", "")


def entry_of(event: Event) -> Entry:
    """An event counts for its business date; the time of day is that of its writing."""
    at = event.at.astimezone(clock.zone())
    return Entry(dt.datetime.combine(event.on, at.timetz()), event.sentence, event.actor_label)


def _events(claim: Claim) -> Iterator[Entry]:
    events = Event.objects.filter(about_type="claims.claim", about_id=str(claim.pk))
    yield from map(entry_of, events[:MOST_EVENTS])
