"""The figures of the summary, read back from its row: what each is, and which claims it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from claims.inventory.denials import By, Denials
from claims.inventory.stuck import Stuck
from claims.models import Inventory

#: The days, today among them, whose denials the home page shows.
DENIAL_DAYS = 30

#: The figures are of the last minute; from this age on something is wrong with the scheduler.
OLD = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class OpenClaims:
    """How many open claims have one status, one day of receipt, and one day 0 on the clock (None: it ended).

    `unassigned` of them belong to nobody.
    """

    status: str
    received_on: dt.date
    clock_start: dt.date | None
    claims: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One count, whole. Ages and days on the clock follow from its days and the business date of the count."""

    counted_for: dt.date
    counted_at: dt.datetime
    seconds: float
    open_claims: tuple[OpenClaims, ...]
    denials_by_edit: tuple[Denials, ...]
    denials_by_reason: tuple[Denials, ...]
    stuck: tuple[Stuck, ...]

    @property
    def age(self) -> dt.timedelta:
        return timezone.now() - self.counted_at

    @property
    def is_old(self) -> bool:
        return self.age > OLD

    @property
    def is_fresh(self) -> bool:
        return self.age < dt.timedelta(minutes=1)


def figures_of(inventory: Inventory) -> Figures:
    return Figures(
        counted_for=inventory.counted_for,
        counted_at=inventory.counted_at,
        seconds=inventory.seconds,
        open_claims=tuple(map(_open_claims, inventory.open_claims)),
        denials_by_edit=tuple(_denials(inventory.denials[By.EDIT.name])),
        denials_by_reason=tuple(_denials(inventory.denials[By.REASON.name])),
        stuck=tuple(Stuck(**{**row, "since": _day(row["since"])}) for row in inventory.stuck),
    )


def _open_claims(row: Mapping[str, Any]) -> OpenClaims:
    days = {name: _day(row[name]) for name in ("received_on", "clock_start")}
    return OpenClaims(**{**row, **days})


def _denials(rows: Iterable[Mapping[str, Any]]) -> Iterable[Denials]:
    return (Denials(**{**row, "charge": Decimal(row["charge"])}) for row in rows)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
