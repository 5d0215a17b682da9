"""The list of adjustments."""

from __future__ import annotations

from claims.adjustments.forms import ListForm
from claims.models import Adjustment
from claims.pages.keyset import Order, Page, Place, page_or_first

PAGE_SIZE = 25
LATEST_FIRST = Order(("arrival",), is_descending=True)


def adjustment_list(form: ListForm, place: Place) -> Page[Adjustment]:
    """A page of the adjustments that the form asks for, the latest first; one query."""
    rows = Adjustment.objects.filter(**form.lookups).select_related("claim", "replacement", "settled_by")
    return page_or_first(rows, LATEST_FIRST, PAGE_SIZE, place)
