"""Money of a supplier: what went out month by month, what was denied and why, what is still owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString

from accounts.models import User
from claims.edits.wording import dollars
from claims.inventory.figures import DENIAL_DAYS
from claims.inventory.filters import DaySpan
from claims.models import LineDenial, Overpayment, Remittance
from claims.pages.charts import Column, Picture, columns, small_bar
from claims.pages.edit_words import in_short
from claims.pages.home.links import SIZES, claims_where
from claims.pages.overpayments import overpayments_of, state_of
from suppliers.models import Supplier

ZERO = Decimal("0.00")

#: Months that the chart shows, this one the last; a chart of this width has no room for words above them.
MONTHS, NARROW = 12, 300
#: Rows of the lists that may be long.
MOST_EDITS, MOST_DEBTS = 8, 10


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """What remittances of a month paid, in dollars, and how many there were."""

    month: dt.date
    amount: Decimal
    remittances: int


@dataclass(frozen=True, slots=True)
class DeniedFor:
    """An edit ("" when a person denied) with its denied lines and their charges, and the claims behind it."""

    edit: str
    words: str
    lines: int
    charge: Decimal
    bar: SafeString
    address: str


@dataclass(frozen=True, slots=True)
class Debts:
    """The overpayments on which something is owed, the latest first; `has_more` tells that older ones are left out."""

    rows: tuple[Overpayment, ...]
    owed: Decimal
    has_more: bool


def paid_by_month(supplier: Supplier, today: dt.date) -> list[MonthPaid]:
    """The last twelve months, those without a payment too; one query over at most a year of payment days."""
    months = [_months_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    rows = Remittance.objects.filter(supplier=supplier, payment_day__gte=months[0]).order_by()
    by_month = rows.annotate(month=TruncMonth("payment_day")).values_list("month")
    paid = {month: (amount, count) for month, amount, count in by_month.annotate(Sum("paid_amount"), Count("pk"))}
    return [MonthPaid(month, *paid.get(month, (ZERO, 0))) for month in months]


def _months_before(day: dt.date, back: int) -> dt.date:
    years, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return dt.date(years, month + 1, 1)


def paid_charts(months: Iterable[MonthPaid], whose: str) -> list[SafeString]:
    """The months as columns, wide and narrow; nothing when nothing was paid."""
    shown = list(months)
    if not any(month.amount for month in shown):
        return []
    words = "; ".join(f"{month.month:%B %Y} {dollars(month.amount)}" for month in shown)
    return [
        columns(
            [Column(f"{month.month:%b}", float(month.amount), _above(month.amount, width)) for month in shown],
            Picture(f"paid-{css}", f"Paid to {whose} by month", words),
            width,
            css,
        )
        for width, css in SIZES
    ]


def _above(amount: Decimal, width: int) -> str:
    """Whole dollars above a column, where there is room for them."""
    return f"{amount:,.0f}" if amount and width > NARROW else ""


def denied_for(supplier: Supplier, today: dt.date) -> list[DeniedFor]:
    """Lines denied in the last days by the edit that gave the reason, the most frequent first; one query."""
    span = DaySpan(today - dt.timedelta(days=DENIAL_DAYS - 1), today)
    rows = LineDenial.objects.filter(supplier=supplier, decided_on__range=span.days).order_by()
    found = rows.values_list("edit").annotate(lines=Count("pk"), charge=Sum("charge")).order_by("-lines", "edit")
    counted = list(found[:MOST_EDITS])
    most = max((lines for _, lines, _ in counted), default=0)
    return [
        DeniedFor(
            edit or "A person",
            in_short(edit),
            lines,
            charge,
            small_bar(lines, most, 110),
            claims_where(supplier=supplier.npi, denied=span, denied_by=edit or "none"),
        )
        for edit, lines, charge in counted
    ]


def debts_of(supplier: Supplier, user: User, today: dt.date) -> Debts:
    """What is still owed; one query."""
    rows = overpayments_of(user, today).filter(supplier=supplier).owing()  # type: ignore[attr-defined]
    found = list(rows.order_by("-found_on", "-pk")[: MOST_DEBTS + 1])
    for row in found:
        row.state_shown = state_of(row)
        row.still_owed = row.owed + max(ZERO, row.interest_owed)
    shown = found[:MOST_DEBTS]
    return Debts(tuple(shown), sum((row.still_owed for row in shown), ZERO), len(found) > MOST_DEBTS)
