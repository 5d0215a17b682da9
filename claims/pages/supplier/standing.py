"""What a supplier has from a day through a day: enrollment, licenses, accreditation, and what is held against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.calendar.marks import Bar, Calendar, Lane, LaneKind, Look, Mark, Said
from claims.calendar.spans import in_rows
from claims.calendar.window import Window, years
from claims.calendar.words import none_in, span
from policy.tables import PolicyTables
from suppliers.models import Supplier, SupplierSpan

#: So many years are shown before this one and after it.
YEARS_BEFORE, YEARS_AFTER = 4, 1

#: What ends within so many days is said.
SOON = dt.timedelta(days=60)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing with its first and last day, None while it is open; `key` tells which follows which."""

    lane: str
    key: str
    words: str
    first: dt.date
    last: dt.date | None
    look: Look = "thin"


@dataclass(frozen=True, slots=True)
class Lapse:
    """What ends within 60 days and has nothing after it: what it is, its last day, how many days are left."""

    words: str
    last: dt.date
    days_left: int
    standing: Standing


#: What a supplier must have on the day of a visit, and all lanes in their order.
NEEDED = ("Enrollment", "License", "Accreditation")
LANES = (*NEEDED, "Revocation", "Prepayment review")


def standings_of(supplier: Supplier, tables: PolicyTables, today: dt.date) -> list[Standing]:
    """All standings of a supplier; five queries."""
    enrolled, licensed = supplier.enrollments.all(), supplier.licenses.all()
    accredited, revoked = supplier.accreditations.all(), supplier.revocations.all()
    return [
        *(_standing("Enrollment", row, supplier.specialty) for row in enrolled),
        *(_standing("License", row, f"{row.state} {row.number}".strip(), key=row.state) for row in licensed),
        *(_standing("Accreditation", row, _organization(row.organization, tables, today)) for row in accredited),
        *(_standing("Revocation", row, row.reason or "Billing privileges revoked", look="other") for row in revoked),
        *(
            _standing("Prepayment review", row, row.reason or "All claims", look="other")
            for row in supplier.prepaymentreviews.all()
        ),
    ]


def _standing(lane: str, row: SupplierSpan, words: str, *, key: str = "", look: Look = "thin") -> Standing:
    return Standing(lane, key, words, row.first_day, row.last_day, look)


def _organization(code: str, tables: PolicyTables, today: dt.date) -> str:
    row = tables.organizations.on(code, today)
    return row.name if row else code


def lapses(standings: Iterable[Standing], today: dt.date) -> list[Lapse]:
    """What a supplier needs and will not have any more within 60 days, the first to end in front."""
    needed = [each for each in standings if each.lane in NEEDED]
    found = [
        Lapse(f"{each.lane}, {each.words}", each.last, (each.last - today).days, each)
        for each in needed
        if each.last and today <= each.last <= today + SOON and not _is_followed(each, each.last, needed)
    ]
    return sorted(found, key=lambda lapse: lapse.last)


def _is_followed(ending: Standing, last: dt.date, standings: Iterable[Standing]) -> bool:
    day = last + ONE_DAY
    return any(
        (each.lane, each.key) == (ending.lane, ending.key)
        and each.first <= day
        and (each.last is None or each.last >= day)
        for each in standings
    )


def standing_calendar(standings: Iterable[Standing], today: dt.date, whose: str) -> Calendar:
    """The standings as bars over the years."""
    window = years(today.year - YEARS_BEFORE, today.year + YEARS_AFTER)
    found = list(standings)
    lanes = tuple(_lane(name, [each for each in found if each.lane == name], window) for name in LANES)
    title = f"Standing of {whose}, {window.first.year} to {window.last.year}"
    return Calendar(title, " ".join(_described(found, today)), window, window, today, (), lanes)


def _lane(name: str, standings: Iterable[Standing], window: Window) -> Lane:
    bars: list[Mark] = [
        Bar(
            each.first,
            each.last,
            each.look,
            Said(f"{name}, {each.words}", through=each.last),
            (f"{each.words}, {span(each.first, each.last, window)}", each.words),
        )
        for each in standings
        if window.touches(each.first, each.last)
    ]
    kind: LaneKind = "thin" if name in NEEDED else "bars"
    return Lane(name, kind, in_rows(bars), words="" if bars else none_in(window), is_new_subject=True)


def _described(standings: Iterable[Standing], today: dt.date) -> Iterator[str]:
    """What holds today, as sentences."""
    now = [each for each in standings if each.first <= today and (each.last is None or each.last >= today)]
    for name in LANES:
        words = ", ".join(each.words for each in now if each.lane == name)
        yield f"{name} today: {words or 'none'}."
    yield "The table below gives the same spans."
