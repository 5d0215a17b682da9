"""Work that stopped: what the checks of the sweep find, mass adjustments that failed, remittances that were refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Min

from accounts.models import Event
from claims.inventory.filters import MOST_STUCK, STUCK
from claims.models import MassAdjustment, MassState, ReceivedFile
from claims.payment.actions import REFUSED
from claims.payment.due import claims_due
from claims.sweep import CHECKS, Check

#: The field of each check's rows that says since when, and why the rows are where they are, in words.
CAUSES: dict[str, tuple[str, str]] = {
    "files": ("received_at", "Its receipt was broken off; nothing of a claim is in the system twice."),
    "history": ("at", "History arrived for these patients and no worker has looked at what it changes."),
    "records": ("at", "Records of suppliers changed and no worker has looked at what that changes."),
    "looks": ("next_look", "The day of their look has passed and no worker has looked."),
    "adjustments": ("settled_on", "The adjustment was approved, but the claim is in no queue."),
    "queue": ("received_on", "Later work was decided before these claims, or they were never decided."),
    "payments": ("payment_day", "Their payment day passed and no remittance tells them."),
    "requests": ("created_at", "The request began and never answered, so that its key is taken."),
    "proposals": ("asked_on", ""),
}

#: Files that are named one by one; the others are only counted.
MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Stuck:
    """One row: what stopped, how many, since when (a day), why in words.

    `kind` is that of a check of the sweep, "mass" or "remittance"; `pk` the file or the mass adjustment, 0 for others.
    """

    kind: str
    what: str
    count: int
    since: dt.date | None
    why: str
    pk: int = 0


def stuck_work(today: dt.date) -> Iterator[Stuck]:
    """Everything that stopped, in the order of the checks; a number of queries that does not depend on the rows."""
    for check in CHECKS:
        yield from _files() if check.kind == "files" else _found_by(check)
    for mass in MassAdjustment.objects.filter(state=MassState.FAILED):
        yield Stuck(
            "mass", f"{mass}: {mass.title}", mass.claims_chosen, mass.previewed_on or mass.made_on, mass.note, mass.pk
        )
    yield from _refused_remittances(today)


def stuck_claims(work: Iterable[Stuck]) -> Iterator[tuple[str, list[int]]]:
    """The ids of stuck claims by the kind of their check, so that their list need not look for them again."""
    count = {row.kind: row.count for row in work}
    for check in CHECKS:
        if check.kind in dict(STUCK) and count.get(check.kind, 0) <= MOST_STUCK:
            found = check.rows().order_by().values_list("pk", flat=True) if check.kind in count else ()
            yield check.kind, list(found)


def _files() -> Iterator[Stuck]:
    check = next(check for check in CHECKS if check.kind == "files")
    files: list[ReceivedFile] = list(check.rows().order_by("received_at")[: MOST_FILES + 1])
    for file in files[:MOST_FILES]:
        why = f"{CAUSES['files'][1]} {file.account}".strip()
        yield Stuck("files", f"Read {file.name}", 1, file.received_on, why, file.pk)
    if len(files) > MOST_FILES:
        rest = check.rows().count() - MOST_FILES
        yield Stuck("files", "More files whose receipt broke off", rest, files[-1].received_on, CAUSES["files"][1])


def _found_by(check: Check) -> Iterator[Stuck]:
    field, why = CAUSES[check.kind]
    found = check.rows().aggregate(count=Count("pk"), since=Min(field))
    if found["count"]:
        since = found["since"]
        day = since.date() if isinstance(since, dt.datetime) else since
        yield Stuck(check.kind, check.title, found["count"], day, f"{why} {check.advice}".strip())


def _refused_remittances(today: dt.date) -> Iterator[Stuck]:
    """The remittances that did not balance, of suppliers whose claims are still due; each supplier's last refusal."""
    refusals = Event.objects.filter(verb=REFUSED, about_type="suppliers.supplier").order_by("about_id", "-pk")
    last = {int(event.about_id): event for event in refusals.distinct("about_id")}
    if last:
        due = claims_due(today).filter(supplier__in=last).order_by().values_list("supplier", flat=True)
        for supplier in due.distinct():
            yield Stuck("remittance", "A remittance that was not sent", 1, last[supplier].on, last[supplier].sentence)
