"""The worklist: claims of one page with their reasons and clocks, counts beside the filters, chips, a total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from claims.edits.registry import EDIT_IDS
from claims.edits.wording import how_many
from claims.filters import AGE_WORDS, AGES, ORDERS, WorklistFilter
from claims.inventory import filters as inventory_filters
from claims.models import Claim, ClaimStatus
from claims.models.determination import held_until, in_review_since
from claims.pages.clock import PaymentClock, payment_clock
from claims.pages.counting import Counts, Facets, First, Total, counts_of, facets_of
from claims.pages.edit_words import in_short
from claims.pages.keyset import FIRST, BadCursor, Page, Place, keyset_page
from claims.pages.why import Why, deciding_edits, why_and_next
from claims.pages.wording import visit_span
from claims.recycling import look_rule
from claims.worklists.columns import columns_of
from policy.readers import tables_as_known
from policy.tables import PolicyTables
from suppliers.models import Supplier

PAGE_SIZE = 25
DEFAULT_ORDER = "received_on"
#: As many values of a long filter as are shown, unless more of them are chosen.
MOST_OPTIONS = 6


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of the list."""

    claim: Claim
    visits: str
    why: Why
    clock: PaymentClock


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter with its count; no count when it is not known."""

    value: str
    label: str
    hint: str
    count: int | None
    is_on: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter as a list of values to tick; with `is_more` its counts are only lower bounds."""

    name: str
    legend: str
    options: tuple[Option, ...]
    is_more: bool
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of a filter that is applied; a click removes it."""

    name: str
    value: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Sort:
    """A heading that sorts: the order that a click gives, its `aria-sort`, its icon."""

    next: str
    aria: str = ""
    icon: str = ""


def _sort(field: str, order: str) -> Sort:
    """A click on the heading that sorts turns the order round. Who came first is oldest, so ages run the other way."""
    if order.removeprefix("-") != field:
        return Sort(field)
    rises = (order == field) != (field == "received_on")
    other = f"-{field}" if order == field else field
    return Sort(other, "ascending" if rises else "descending", "sort-up" if rises else "sort")


#: What a search does not take along.
SEARCH_LEAVES = ("search", "after", "before")


@dataclass(frozen=True, slots=True)
class Worklist:
    """The whole page."""

    filters: WorklistFilter
    order: str
    page: Page[Claim]
    rows: tuple[ClaimRow, ...]
    total: Total
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    columns: tuple[str, ...]

    @property
    def order_words(self) -> str:
        return ORDERS[self.order][0]

    @property
    def sorts(self) -> dict[str, Sort]:
        """The headings that sort, by field."""
        return {field: _sort(field, self.order) for field in ("icn", "total_charge", "received_on")}

    @property
    def other_filters(self) -> list[tuple[str, str]]:
        """What a new search keeps of the address: all filters but the search before."""
        kept = {name: values for name, values in self.filters.data.lists() if name not in SEARCH_LEAVES}
        return [(name, value) for name, values in kept.items() for value in values if value]

    @property
    def kept_filters(self) -> list[tuple[str, str]]:
        """The filters that have no place at the side and came with a figure's link: the form takes them along."""
        return [(name, value) for name, value in self.other_filters if name in (*inventory_filters.NAMES, "file")]

    @property
    def count_words(self) -> str:
        """ "34 claims", "1 claim", "More than 10,000 claims"."""
        if self.total.is_more:
            return f"More than {self.total.count:,} claims"
        return how_many(self.total.count, "claim")


def worklist(user: User, filters: WorklistFilter, order: str, place: Place) -> Worklist:
    """The page for a person in one of the `ORDERS`; its queries do not depend on the rows or on how many there are."""
    seen = Claim.objects.visible_to(user)
    claims = filters.narrowed(seen)
    first = First(ORDERS[order][1], place, PAGE_SIZE + 1)
    try:
        counted = _counted(filters, seen, user, first)
    except BadCursor:
        place, first = FIRST, replace(first, place=FIRST)
        counted = _counted(filters, seen, user, first)
    rows = _first_ones(filters, claims, first, counted)
    page = keyset_page(_with_all_shown(rows), first.order, PAGE_SIZE, place)
    tables = tables_as_known()
    return Worklist(
        filters=filters,
        order=order,
        page=page,
        rows=tuple(_rows(page.rows, filters.today, tables)),
        total=counted.total,
        facets=tuple(_facets(filters, counted.counts)),
        chips=tuple(chips_of(filters)),
        columns=columns_of(user),
    )


def _first_ones(filters: WorklistFilter, claims: QuerySet[Claim], first: First, counted: Facets) -> QuerySet[Claim]:
    """The claims, narrowed to those of the page and one more, where the database would walk long to find them."""
    if not counted.total.count:
        return claims.none()
    found = counted.first or filters.first_in_order(first.order, first.place, first.size)
    return filters.numbered(Claim.objects.filter(pk__in=found)) if found else claims


def _with_all_shown(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    rows: QuerySet[Claim] = claims.annotate(held_until=held_until(), in_review_since=in_review_since())
    return rows.select_related("assigned_to").prefetch_related("clock_stops").defer("billed", "gateway_findings")


def _rows(claims: Sequence[Claim], today: dt.date, tables: PolicyTables) -> Iterator[ClaimRow]:
    edits = deciding_edits(claims)
    for claim in claims:
        yield ClaimRow(
            claim=claim,
            visits=visit_span(claim.first_day, claim.last_day),
            why=why_and_next(claim, edits.get(claim.pk, ()), today, look_rule(tables, claim.received_on)),
            clock=payment_clock(claim, claim.clock_stops.all(), today, tables),
        )


# ---------- counts beside the filters ----------


#: Filters with counts beside their values; the last is not for suppliers.
FACETS = ("status", "edit", "code", "age", "supplier")


def _counted(filters: WorklistFilter, seen: QuerySet[Claim], user: User, first: First) -> Facets:
    """The counts of each filter are those that its own values would give with all other filters as they are.

    One query for all filters that are not applied, another for each that is. Which statuses there are includes what the
    list itself leaves out, one query more; of many claims all statuses are shown.
    """
    names = FACETS[:-1] if user.role == Role.SUPPLIER else FACETS
    apart = {name for name in names if filters.values.get(name)}
    claims = filters.narrowed(seen, to_count=True)
    counted = facets_of(claims, [name for name in names if name not in apart], first)
    for name in apart:
        counted.counts.update(facets_of(filters.narrowed(seen, name, to_count=True), [name]).counts)
    if "status" not in apart and not filters.may_hold_rejected and not counted.total.is_more:
        left_out = filters.narrowed(seen, "status", to_count=True).filter(status=ClaimStatus.REJECTED)
        counted.counts["status"].by_value.update(counts_of(left_out, "status").by_value)
    return counted


def _facets(filters: WorklistFilter, counts: dict[str, Counts]) -> Iterator[Facet]:
    chosen = filters.values
    statuses, edits, codes = counts["status"], counts["edit"], counts["code"]
    states = _ticked(ClaimStatus.choices, statuses, chosen.get("status"), keep=statuses.is_more)
    yield _facet("status", "Status", states, statuses)
    names = [(edit, edit) for edit in EDIT_IDS]
    yield _facet("edit", "Edit that fired", _most(names, edits, chosen.get("edit"), in_short), edits)
    names = [(code, code) for code in sorted({*codes.by_value, *(chosen.get("code") or ())})]
    yield _facet("code", "Visit code", _most(names, codes, chosen.get("code")), codes, is_short=True)
    ages = _by_age(counts["age"], filters.today)
    yield _facet("age", "Age in days", _ticked(AGE_WORDS, ages, chosen.get("age"), keep=True), ages, is_short=True)
    if "supplier" in counts:
        yield _suppliers(counts["supplier"], chosen.get("supplier") or ())


def _suppliers(found: Counts, chosen: Sequence[str]) -> Facet:
    """Of suppliers only those are read that are shown; one query."""
    ranked = sorted((number for number in found.by_value if number), key=lambda number: -found.by_value[number])
    shown = Supplier.objects.filter(Q(pk__in=ranked[:MOST_OPTIONS]) | Q(npi__in=chosen)).order_by("pk")
    names: dict[str, str] = {npi: npi for npi in chosen}
    counts: dict[str, int] = {}
    for number, npi, name in shown.values_list("pk", "npi", "name"):
        names[npi] = name
        counts[npi] = counts.get(npi, 0) + found.by_value.get(str(number), 0)
    by_npi = Counts(counts, found.is_more)
    return _facet("supplier", "Supplier", _most(list(names.items()), by_npi, chosen), by_npi)


def _facet(name: str, legend: str, options: Iterable[Option], counts: Counts, is_short: bool = False) -> Facet:
    return Facet(name, legend, tuple(options), counts.is_more, is_short)


def _ticked(
    names: Iterable[tuple[str, str]],
    counts: Counts,
    chosen: Sequence[str] | None,
    hint: Callable[[str], str] = lambda value: "",
    *,
    keep: bool = False,
) -> list[Option]:
    """The values that occur or are chosen, in the order given; `keep` keeps those that do not occur too."""
    on = set(chosen or ())
    return [
        Option(value, str(label), hint(value), counts.by_value.get(value, None if counts.is_more else 0), value in on)
        for value, label in names
        if keep or value in on or value in counts.by_value
    ]


def _most(
    names: Sequence[tuple[str, str]],
    counts: Counts,
    chosen: Sequence[str] | None,
    hint: Callable[[str], str] = lambda value: "",
) -> list[Option]:
    """Those that are chosen and then the most frequent, a few in all."""
    options = _ticked(names, counts, chosen, hint)
    ranked = sorted(options, key=lambda option: (not option.is_on, -(option.count or 0)))
    room = max(MOST_OPTIONS, sum(option.is_on for option in options))
    return ranked[:room]


def _by_age(received: Counts, today: dt.date) -> Counts:
    """Counts by day of receipt, gathered into the bands of age."""
    by_band = dict.fromkeys(AGES, 0)
    for day, count in received.by_value.items():
        age = (today - dt.date.fromisoformat(day)).days
        band = next((name for name, (low, high) in AGES.items() if low <= age and (high is None or age <= high)), None)
        if band:
            by_band[band] += count
    return Counts(by_band, received.is_more)


# ---------- chips ----------


def _day(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


#: Filters with one value, and how a chip words it.
CHIP_WORDS: dict[str, Callable[[Any], str]] = {
    "received_from": _day,
    "received_to": _day,
    "visit_from": _day,
    "visit_to": _day,
    "charge_from": "{:,.2f}".format,
    "charge_to": "{:,.2f}".format,
    "assigned": str,
    "file": str,
    "test": lambda yes: "only",
    "control": str,
    "to_do": lambda yes: "only",
    **inventory_filters.CHIP_WORDS,
}

#: What a filter holds that does not narrow the list.
NO_VALUES: tuple[Any, ...] = (None, "", [], False)


def chips_of(filters: WorklistFilter) -> Iterator[Chip]:
    """What is applied, value by value."""
    for name, value in filters.values.items():
        if value in NO_VALUES:
            continue
        label = str(filters.filters[name].label)
        if name == "search":
            yield Chip(name, value, label, filters.search_chip)
        elif name in CHIP_WORDS:
            yield Chip(name, "", label, CHIP_WORDS[name](value))
        else:
            yield from (Chip(name, one, label, _word_of(name, one)) for one in value)


def _word_of(name: str, value: str) -> str:
    """How a chip words one of several values."""
    if name == "status":
        return str(ClaimStatus(value).label)
    if name == "denied_by" and value == "none":
        return "a person"
    return dict(AGE_WORDS)[value] if name == "age" else value
