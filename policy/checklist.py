"""The yearly checklist: for each table what is published where and when, and whether a year is covered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from policy.drafts import ONE_DAY
from policy.models import Basis, PolicyRow
from policy.readers import rows_known
from policy.registry import TABLES, PolicyTable


@dataclass(frozen=True, slots=True)
class Published:
    """What is to be loaded into a table, where it is published, and when to look."""

    what: str
    when: str


#: By the name of the table.
PUBLISHED: dict[str, Published] = {
    "home_infusion_drugs": Published(
        "CMS: change requests to Pub. 100-04 ch. 32 §411 and the HCPCS update; the DME contractors’ list of the drugs",
        "Each quarter",
    ),
    "code_successions": Published("CMS: the HCPCS update, codes that end and those in their place", "Each quarter"),
    "visit_codes": Published("CMS: the HCPCS update", "Each quarter"),
    "payment_amounts": Published(
        "CMS: the year’s home infusion therapy rates, national or by locality (42 CFR 414.1550)", "December"
    ),
    "gaf": Published("CMS: the geographic factors of the same download", "December"),
    "zip_locality": Published("CMS: ZIP Code to Carrier Locality File (ZIP5)", "Each quarter"),
    "part_b_deductible": Published("CMS: the yearly notice in the Federal Register (42 USC 1395l(b))", "November"),
    "coinsurance": Published("42 USC 1395l(a)(1)(BB); changes by law only", "When a law changes it"),
    "sequestration": Published("2 USC 901a; changes by law only", "When a law changes it"),
    "interest": Published(
        "Treasury: the prompt payment rate (31 USC 3902(a)); CMS: the rate on overpayments (42 CFR 405.378)",
        "January and July; each quarter",
    ),
    "place_of_service": Published("CMS: the place of service code set; Pub. 100-04 ch. 32 §411", "Each quarter"),
    "accrediting_organizations": Published("CMS: notices of approval in the Federal Register", "Before a term ends"),
    "reason_codes": Published("X12: group, adjustment reason and remark codes", "March, July and November"),
    "edit_dispositions": Published("The contractor’s own instructions", "December"),
    "settings": Published("The contractor’s own instructions", "December"),
}


class State(StrEnum):
    """How a table stands for a year, with what it means and how it is drawn."""

    LOADED = "Loaded"
    ESTIMATED = "Not verified"
    MISSING = "Not loaded"
    OPEN = "No end known"

    @property
    def glyph(self) -> str:
        return {"Loaded": "circle-check", "Not verified": "diamond-alert", "Not loaded": "octagon-x"}.get(self, "ring")

    @property
    def tone(self) -> str:
        return {"Loaded": "pays", "Not verified": "waits", "Not loaded": "denied"}.get(self, "neutral")

    @property
    def label(self) -> str:
        return self.value

    @property
    def is_done(self) -> bool:
        return self in (State.LOADED, State.OPEN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A table on the checklist of a year.

    `last_day` is the last day that every subject of today is covered, None when no end is known; `lacking` subjects of
    today have no row on the year's last day; `unpublished` rows of that day are estimated or inferred.
    """

    table: PolicyTable
    published: Published
    state: State
    last_day: dt.date | None
    lacking: int
    unpublished: int


def checklist(year: int, today: dt.date) -> list[Entry]:
    """Every table, those that lack something first; four queries a table."""
    entries = [_entry(table, dt.date(year, 12, 31), today) for table in TABLES]
    return sorted(entries, key=lambda entry: (entry.state.is_done, entry.state is State.ESTIMATED))


def _entry(table: PolicyTable, year_end: dt.date, today: dt.date) -> Entry:
    known = rows_known(table.model).order_by()
    on_the_last = known.filter(in_force__contains=year_end)
    bases = dict(on_the_last.values_list("basis").annotate(Count("pk")))
    unpublished = sum(bases.values()) - bases.get(Basis.PUBLISHED.value, 0)
    lacking = _lacking(table, known, year_end, today) if table.is_continuous else known.none()
    number = lacking.count()
    return Entry(
        table=table,
        published=PUBLISHED[table.name],
        state=_state(table, number, sum(bases.values()), unpublished),
        last_day=_last_day(lacking, on_the_last, number, table),
        lacking=number,
        unpublished=unpublished,
    )


def _lacking(table: PolicyTable, known: QuerySet[PolicyRow], year_end: dt.date, today: dt.date) -> QuerySet[PolicyRow]:
    """The rows of today whose subject has no row on the year's last day."""
    same = {field: OuterRef(field) for field in table.key}
    return known.filter(~Exists(known.filter(in_force__contains=year_end, **same)), in_force__contains=today)


def _state(table: PolicyTable, lacking: int, rows: int, unpublished: int) -> State:
    if lacking or not rows:
        return State.MISSING
    if unpublished:
        return State.ESTIMATED
    return State.LOADED if table.is_continuous else State.OPEN


def _last_day(
    lacking: QuerySet[PolicyRow], on_the_last: QuerySet[PolicyRow], number: int, table: PolicyTable
) -> dt.date | None:
    """Ends of single codes are no end of their table: only one without gaps runs out."""
    if not table.is_continuous:
        return None
    after = (lacking if number else on_the_last).aggregate(after=Min("in_force__endswith"))["after"]
    return after - ONE_DAY if after else None
