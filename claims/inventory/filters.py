"""The filters behind the figures of home and reports: each figure leads to the list of exactly the claims it counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from claims.edits.registry import EDIT_IDS
from claims.inventory.claim_days import met_in
from claims.inventory.on_the_clock import on_clock_days
from claims.models import Claim, ClaimDay, Inventory, LineDenial
from policy import clock

#: The checks of the sweep whose rows are claims, with their words.
STUCK = (
    ("queue", "stayed in the queue"),
    ("looks", "look overdue"),
    ("payments", "payment day passed"),
)

#: As many ids of stuck claims of a kind are kept at most.
MOST_STUCK = 10_000

CLOCK = re.compile(r"(\d{1,4})(?:(\.\.)(\d{1,4})?)?")


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days from the first to the last, as in an address: "2026-02-09..2026-03-10", or one day."""

    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last

    @property
    def words(self) -> str:
        first, last = (f"{day:%b} {day.day}, {day.year}" for day in self.days)
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """Days on the clean-claim clock: "25", "25..30", or "31.." without an end."""

    first: int
    last: int | None

    def __str__(self) -> str:
        if self.last == self.first:
            return f"{self.first}"
        return f"{self.first}..{'' if self.last is None else self.last}"

    @property
    def words(self) -> str:
        if self.last is None:
            return f"day {self.first} or later"
        return f"day {self.first}" if self.first == self.last else f"day {self.first} to {self.last}"


class DaySpanField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return day_span(text) if text else None


def day_span(text: str) -> DaySpan:
    """The span that a text names; raises ValidationError."""
    first, _, last = text.partition("..")
    try:
        span = DaySpan(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))
    except ValueError:
        span = None
    if span is None or span.last < span.first:
        remedy = "“%(text)s” is no span of days. Write it as 2026-02-09..2026-03-10, or one day."
        raise forms.ValidationError(remedy, params={"text": text})
    return span


class ClockSpanField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clock_span(text) if text else None


def clock_span(text: str) -> ClockSpan:
    """The span that a text names; raises ValidationError."""
    found = CLOCK.fullmatch(text)
    if found is None or (found[3] and int(found[3]) < int(found[1])):
        remedy = "“%(text)s” is no span of days on the clock. Write it as 25, 25..30 or 31.."
        raise forms.ValidationError(remedy, params={"text": text})
    first = int(found[1])
    if not found[2]:
        return ClockSpan(first, first)
    return ClockSpan(first, int(found[3]) if found[3] else None)


#: The filters by days on which something happened to claims.
MET = {"decided": ClaimDay.What.DECIDED, "paid": ClaimDay.What.PAID}


class DaySpanFilter(filters.CharFilter):
    field_class = DaySpanField


class ClockSpanFilter(filters.CharFilter):
    field_class = ClockSpanField


@dataclass(frozen=True, slots=True)
class Naming:
    """Rows that name the claims asked for; those `of_one_value` lie in an index in the order of the claims."""

    rows: QuerySet[Any]
    of_one_value: bool

    def condition(self, *, to_count: bool) -> Q | Exists:
        """That a claim is named. To show the first claims of an order they are tried one after the other; to count
        them they are taken from the index, where the database would rather read all claims up to the last.
        """
        if to_count and self.of_one_value:
            return Q(pk__in=self.rows.order_by().values("claim").distinct())
        return Exists(self.rows.filter(claim=OuterRef("pk")))


class InventoryFilters(filters.FilterSet):
    """The part of the claims' filters that figures lead to; a claim is in by what happened, not by where it stands."""

    clock = ClockSpanFilter(label="Clean-claim clock", method="on_the_clock")
    look = DaySpanFilter(label="Next look", method="looked_at")
    decided = DaySpanFilter(label="Decided", method="met_on")
    paid = DaySpanFilter(label="Paid", method="met_on")
    denied = DaySpanFilter(label="Line denied", method="leave")
    denied_by = filters.MultipleChoiceFilter(
        label="Denied by", choices=[("none", "a person"), *((edit, edit) for edit in EDIT_IDS)], method="leave"
    )
    denied_reason = filters.CharFilter(label="Denied for", method="leave")
    stuck = filters.ChoiceFilter(label="Stuck", choices=STUCK, method="stuck_for")

    @cached_property
    def today(self) -> dt.date:
        return clock.today()

    @property
    def values(self) -> dict[str, Any]:
        """What was asked for and understood, by filter."""
        return self.form.cleaned_data if self.is_bound and hasattr(self.form, "cleaned_data") else {}

    def on_the_clock(self, claims: QuerySet[Claim], name: str, value: ClockSpan) -> QuerySet[Claim]:
        return on_clock_days(claims, self.today, value.first, value.last)

    def looked_at(self, claims: QuerySet[Claim], name: str, value: DaySpan) -> QuerySet[Claim]:
        return claims.filter(next_look__range=value.days)

    def met_on(self, claims: QuerySet[Claim], name: str, value: DaySpan) -> QuerySet[Claim]:
        """Any decision of these days, also one that another has followed since; told as paid on these days, also when
        that was reversed since. As counted last, like the figures.
        """
        return claims.filter(met_in(value, "days__"), days__what=MET[name])

    def leave(self, claims: QuerySet[Claim], name: str, value: Any) -> QuerySet[Claim]:
        """Left to who narrows the claims: one and the same line or denied line must be of all that was asked of it."""
        return claims

    def denials(self) -> Naming | None:
        """The denied lines of the days, the edits and the reason that were asked for; none when no such thing was."""
        asked = {name: self.values[name] for name in DENIED if self.values.get(name)}
        if not asked:
            return None
        rows = LineDenial.objects.filter(*(DENIED[name](value) for name, value in asked.items()))
        return Naming(rows, of_one_value=list(asked) == ["denied_by"] and len(asked["denied_by"]) == 1)

    def stuck_for(self, claims: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        found: Any = self.found_stuck(value).values("pk") if self.are_many_stuck else ids(self._stuck)
        return claims.filter(pk__in=found)

    @cached_property
    def _stuck(self) -> list[int]:
        """The ids of the stuck claims asked for, looked for once; of too many one more than are kept."""
        found = self.found_stuck(self.values["stuck"]).order_by().values_list("pk", flat=True)
        return list(found[: MOST_STUCK + 1])

    @property
    def are_many_stuck(self) -> bool:
        return len(self._stuck) > MOST_STUCK

    def found_stuck(self, kind: str) -> QuerySet[Claim]:
        """The claims that a check of the sweep finds: of those found at the last count, those which still are stuck."""
        from claims.sweep import CHECKS  # which decides and pays, and so needs more than a filter does

        (check,) = (check for check in CHECKS if check.kind == kind)
        rows = check.rows().filter(is_test=False)
        counted = (
            Inventory.objects.filter(counted_for=self.today).values_list(f"stuck_claims__{kind}", flat=True).first()
        )
        return rows if counted is None else rows.filter(pk__in=ids(counted))


def ids(found: Sequence[int]) -> RawSQL:
    """Ids as one parameter of a query, however many they are."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(found)])


def _of_reason(value: str) -> Q:
    group, _, carc = value.partition("-")
    return Q(group=group, carc=carc)


def _of_edits(values: Sequence[str]) -> Q:
    return Q(edit__in=["" if value == "none" else value for value in values])


#: What each filter asks of a denied line.
DENIED: dict[str, Callable[[Any], Q]] = {
    "denied": lambda span: Q(decided_on__range=span.days),
    "denied_by": _of_edits,
    "denied_reason": _of_reason,
}

#: The filters of this module, and how a chip words the value of one that has a single value.
NAMES = tuple(InventoryFilters.base_filters)
CHIP_WORDS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("clock", "look", "decided", "paid", "denied"), lambda span: span.words),
    "denied_reason": str,
    "stuck": dict(STUCK).__getitem__,
}
