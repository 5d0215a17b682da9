"""Reads about a mass adjustment: how far it is, the dollars by supplier and by edit, why claims were left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from claims.mass.listing import Item
from claims.mass.telling import from_json
from claims.models import Claim, ClaimStatus, ImpactLine, MassAdjustment, MassAdjustmentLine
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.replay import LineChange
from claims.replay.lines import ZERO
from claims.replay.report import Total

PAGE_SIZE = 25
LATEST_FIRST = Order(("id",), is_descending=True)
IN_THEIR_ORDER = Order(("position",))
LINES_IN_ORDER = Order(("position", "number"))

#: Suppliers, edits and sentences that the page shows; the export has every line.
MOST = 25

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """How many claims of the list stand where. `paid` is what the decisions that were made pay, in dollars.

    `otherwise` came out otherwise than previewed; `waiting` were decided and wait for a person or a drug;
    `other_engine` are decisions made again by another version of the program than at first.
    """

    chosen: int
    same: int
    changes: int
    asked: int
    decided: int
    left_out: int
    otherwise: int
    waiting: int
    other_engine: int
    paid: Decimal

    @property
    def total(self) -> int:
        return self.chosen + self.previewed

    @property
    def previewed(self) -> int:
        return self.same + self.changes + self.asked + self.decided + self.left_out


def standing(mass: MassAdjustment) -> Standing:
    """One query."""
    waits = Q(claim__status__in=(ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED))
    decided = Q(state=Item.State.DECIDED)
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in Item.State}
    return Standing(
        **mass.claims.order_by().aggregate(
            **counts,
            otherwise=Count("pk", filter=Q(came_out_otherwise=True)),
            waiting=Count("pk", filter=decided & waits & Q(claim__current_decision=F("made"))),
            other_engine=Count("pk", filter=Q(of_other_engine=True)),
            paid=Sum("made__paid_amount", default=ZERO),
        )
    )


def totals_by_supplier(mass: MassAdjustment) -> list[Total]:
    """The suppliers with the most dollars at stake; one query."""
    return totals_by(mass.lines, "supplier", Max("supplier_name"))


def totals_by_edit(mass: MassAdjustment) -> list[Total]:
    """The edits with the most dollars at stake, "" for lines that change without one; one query."""
    return totals_by(mass.lines, "edit", Max("edit"))


class HasLines(Protocol):
    """Changed lines: a manager or a query set of them."""

    def order_by(self, *fields: str) -> QuerySet[Any]: ...


def totals_by(lines: HasLines, key: str, name: Max) -> list[Total]:
    """Changed lines summed by a field, those with the most dollars at stake first; one query."""
    rows = (
        lines.order_by()
        .values(key)
        .annotate(
            name=name,
            count=Count("pk"),
            more=Sum(Greatest("difference", ZERO), default=ZERO),
            less=Sum(Greatest(-F("difference"), ZERO), default=ZERO),
        )
        .order_by(-(F("more") + F("less")), key)
    )
    return [Total(*row) for row in rows.values_list(key, "name", "count", "more", "less")[:MOST]]


def left_out_by_reason(mass: MassAdjustment) -> list[tuple[str, int]]:
    """The sentences, each with how many claims it is said of; one query."""
    left = mass.claims.order_by().filter(state=Item.State.LEFT_OUT)
    return list(left.values_list("sentence").annotate(count=Count("pk")).order_by("-count", "sentence")[:MOST])


def mass_adjustments(place: Place) -> Page[MassAdjustment]:
    """A page of them, the latest first; one query."""
    rows = MassAdjustment.objects.select_related("made_by", "approved_by")
    return page_or_first(rows, LATEST_FIRST, PAGE_SIZE, place)


def claims_of(mass: MassAdjustment, state: str, place: Place) -> Page[Item]:
    """A page of its claims, those in a state or all; one query."""
    items = mass.claims.select_related("claim", "made")
    items = items.defer("claim__billed", "claim__gateway_findings", "made__facts", "made__trace")
    if state == OTHERWISE:
        items = items.filter(came_out_otherwise=True)
    elif state:
        items = items.filter(state=state)
    return page_or_first(items, IN_THEIR_ORDER, PAGE_SIZE, place)


#: Besides the states: the claims that came out otherwise than previewed.
OTHERWISE = "otherwise"


def lines_of(mass: MassAdjustment, lookups: dict[str, str], place: Place) -> Page[MassAdjustmentLine]:
    """A page of the changed lines, of a supplier or an edit or all, each with its `change`; one query."""
    page = page_or_first(_lines(mass).filter(**lookups), LINES_IN_ORDER, PAGE_SIZE, place)
    for row in page.rows:
        row.change = change_of(row)  # type: ignore[attr-defined]
    return page


def _lines(mass: MassAdjustment) -> QuerySet[MassAdjustmentLine]:
    return mass.lines.select_related("of__claim").defer("of__claim__billed", "of__claim__gateway_findings")


def change_of(line: MassAdjustmentLine) -> LineChange:
    """The line as a replay tells it."""
    return as_change(line, line.of.claim)


def as_change(line: MassAdjustmentLine | ImpactLine, claim: Claim) -> LineChange:
    """The kept line of a claim as a replay tells it."""
    return LineChange(
        claim=str(claim),
        line=line.number,
        date_of_service=line.date_of_service,
        hcpcs=line.hcpcs,
        supplier=line.supplier,
        supplier_name=line.supplier_name,
        before=from_json(line.before),
        after=from_json(line.after),
        edit=line.edit,
    )


def lines_to_export(mass: MassAdjustment) -> Iterator[list[MassAdjustmentLine]]:
    """Every changed line in batches, read from one cursor however many there are."""
    rows = _lines(mass).order_by("position", "number").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch
