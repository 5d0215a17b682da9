"""Reading the summary: what stands counted, and counting it on the spot when it is of another day."""

from __future__ import annotations

import datetime as dt

from claims.inventory.counting import count_inventory
from claims.inventory.figures import Figures, figures_of
from claims.models import DailyCount, Inventory


def figures_for(today: dt.date) -> Figures | None:
    """The figures of the business date; one query when they stand. None while another process counts the first time.

    Figures of another business date say nothing of this one, so they are counted at once.
    """
    inventory = Inventory.objects.first()
    if inventory is None or inventory.counted_for != today:
        inventory = count_inventory()
    return figures_of(inventory) if inventory else None


def days_counted(first: dt.date, last: dt.date) -> dict[dt.date, DailyCount]:
    """What the days brought, by day; one query. A day that no claim, decision or remittance has is not in it."""
    return {count.day: count for count in DailyCount.objects.filter(day__range=(first, last))}
