"""What was paid for visits in a span, by month, payment category and locality."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import connection
from django.utils.safestring import SafeString

from claims.inventory.filters import DaySpan
from claims.pages.charts import Column
from claims.reports.months import month_columns, month_words
from claims.reports.tables import Cell, Section, Table, dollars, number, text
from policy.models import PaymentAmount
from policy.models.codes import PaymentCategory
from policy.models.row import Basis

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Paid:
    """Lines told as paid less those taken back, in one month, category (None: unknown code) and locality ("": none)."""

    month: dt.date
    category: int | None
    locality: str
    place: str
    lines: int
    allowed: Decimal
    paid: Decimal


COUNT = """
SELECT date_trunc('month', day::timestamp)::date, category, locality, min(place), sum(lines), sum(allowed), sum(paid)
  FROM claims_dailypaid WHERE day BETWEEN %s AND %s
 GROUP BY 1, 2, 3
"""


def paid_lines(span: DaySpan) -> list[Paid]:
    """What remittances of the span told, by month, category and locality; one query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, span.days)
        return [Paid(*row) for row in cursor.fetchall()]


def money_report(span: DaySpan) -> tuple[Section, ...]:
    """Dollars by month and category, and by locality; two queries."""
    rows, basis = paid_lines(span), amounts_basis(span)
    return tuple(replace(section, basis=basis) for section in (_by_month(rows), _by_category(rows), _by_locality(rows)))


def amounts_basis(span: DaySpan) -> str:
    """ "estimated" when an amount that may have been paid by in the span is not published (reading 20), else ""."""
    amounts = PaymentAmount.objects.filter(in_force__startswith__lte=span.last, known__upper_inf=True)
    return Basis.ESTIMATED if amounts.filter(basis=Basis.ESTIMATED).exists() else ""


WHAT = (
    "What remittances of the span told as paid for lines, less what they took back; interest, and what was kept for "
    "debts, is not taken into account."
)
MONEY = ("Lines", "Allowed", "Paid")


def _by_month(rows: Sequence[Paid]) -> Section:
    months = sorted({row.month for row in rows})
    paid: Counter[tuple[dt.date, int | None]] = Counter()
    for row in rows:
        paid[row.month, row.category] += row.paid  # type: ignore[assignment] # a Counter adds dollars as well
    categories = [*PaymentCategory.values, *([None] if any(row.category is None for row in rows) else [])]

    def cells(words: str, of: Iterable[dt.date]) -> tuple[Cell, ...]:
        of = list(of)
        sums = [sum((Decimal(paid[month, category]) for month in of), ZERO) for category in categories]
        return (text(words), *map(dollars, sums), dollars(sum(sums, ZERO)))

    return Section(
        "by-month",
        "Paid by month and category",
        f"{WHAT} By the month of the payment day and the payment category of the visit code, in dollars.",
        Table(
            "Paid by month and payment category",
            ("Paid in", *map(category_words, categories), "All"),
            tuple(cells(month_words(month), [month]) for month in months),
            cells("All", months),
        ),
        _drawn(months, paid),
    )


def category_words(category: int | None) -> str:
    return "Unknown code" if category is None else str(PaymentCategory(category).label)


def _drawn(months: Sequence[dt.date], paid: Counter[tuple[dt.date, int | None]]) -> tuple[SafeString, ...]:
    sums = {month: sum(float(value) for (of, _), value in paid.items() if of == month) for month in months}
    bars = [Column(f"{month:%b}", max(value, 0), f"{value:,.0f}") for month, value in sums.items()]
    return month_columns("by-month", "Dollars paid by month", bars)


def _by_category(rows: Sequence[Paid]) -> Section:
    return Section(
        "by-category",
        "Paid by category",
        f"{WHAT} Lines taken back count as less than none.",
        _table("Paid by payment category", "Category", rows, lambda row: category_words(row.category)),
    )


def _by_locality(rows: Sequence[Paid]) -> Section:
    def words(row: Paid) -> str:
        return f"{row.locality} {row.place}".strip() or "No locality for the ZIP on the claim"

    return Section(
        "by-locality",
        "Paid by locality",
        f"{WHAT} The locality is that of the ZIP of the service location on the claim, else of the patient’s address.",
        _table("Paid by locality", "Locality", rows, words),
    )


def _table(caption: str, heading: str, rows: Sequence[Paid], key: Callable[[Paid], str]) -> Table:
    """Lines, allowed and paid dollars for each value of a key, the most dollars first."""
    groups: dict[str, list[Paid]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    ordered = sorted(groups.items(), key=lambda group: (-sum(row.paid for row in group[1]), group[0]))
    return Table(
        caption,
        (heading, *MONEY),
        tuple((text(words), *_sums(group)) for words, group in ordered),
        (text("All"), *_sums(rows)),
    )


def _sums(rows: Sequence[Paid]) -> tuple[Cell, ...]:
    return (
        number(sum(int(row.lines) for row in rows)),
        dollars(sum((row.allowed for row in rows), ZERO)),
        dollars(sum((row.paid for row in rows), ZERO)),
    )
