"""What the pages of draws show: the samples that were drawn, and one of them with its cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q

from accounts.models import User
from claims.edits.wording import dollars, in_words
from claims.pages.keyset import Order, Page, Place, page_or_first
from medical_review.actions.drawing import gives_the_same_again
from medical_review.models import Case, Draw
from medical_review.states import OPEN

PAGE_SIZE = 25
LATEST_FIRST = Order(("arrival",), is_descending=True)


def draw_list(person: User, place: Place) -> Page[Draw]:
    """A page of draws, the latest first, with `frame_size`, `sampled` and `waiting` (open) cases; one query."""
    rows = Draw.objects.visible_to(person).select_related("supplier", "made_by").defer("frame", "amounts", "sample")
    rows = rows.annotate(
        frame_size=F("frame__len"),
        sampled=Count("cases"),
        waiting=Count("cases", filter=Q(cases__state__in=OPEN)),
    )
    return page_or_first(rows, LATEST_FIRST, PAGE_SIZE, place)


@dataclass(frozen=True, slots=True)
class DrawPage:
    """One draw: what its frame was taken by in words, whether it gives the same again, its cases as far as seen."""

    draw: Draw
    criteria: tuple[str, ...]
    frame_amount: Decimal
    is_same_again: bool
    cases: tuple[Case, ...]

    @property
    def unseen(self) -> int:
        """Claims of the sample whose cases are out of the person's sight."""
        return len(self.draw.sample) - len(self.cases)


def draw_page(draw: Draw, person: User) -> DrawPage:
    """One query beside the draw."""
    cases = Case.objects.visible_to(person).filter(draw=draw).select_related("claim", "supplier", "assigned_to")
    return DrawPage(
        draw,
        tuple(criteria_in_words(draw)),
        sum(draw.amounts, Decimal("0.00")),
        gives_the_same_again(draw),
        tuple(cases.defer("claim__billed", "claim__gateway_findings").order_by("draw_position")),
    )


def criteria_in_words(draw: Draw) -> Iterator[str]:
    """ "received from January 9 to March 10, 2026", "paid", "of NPI 1234567893", "$100.00 or more"."""
    said = draw.criteria
    first, last = (dt.date.fromisoformat(said[name]) for name in ("received_from", "received_through"))
    yield f"received from {in_words(first)} through {in_words(last)}"
    yield "not paid yet" if draw.before_payment else "paid"
    if draw.supplier:
        yield f"of {draw.supplier}"
    if least := Decimal(said["least_amount"]):
        yield f"{dollars(least)} or more {'charged' if draw.before_payment else 'paid'}"
