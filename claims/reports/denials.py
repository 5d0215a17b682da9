"""What was denied in a span, by edit, by supplier, and by both."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from claims.adjudication.rulings import REVIEW
from claims.edits.registry import CATALOGUE
from claims.inventory.denials import By, Denials, denials_by
from claims.inventory.filters import DaySpan
from claims.inventory.recurring import recurring_in
from claims.models import RecurringCount
from claims.pages.charts import Column
from claims.pages.edit_words import in_short
from claims.pages.home.links import claims_where
from claims.reports.months import month_columns
from claims.reports.tables import Cell, Section, Table, dollars, number, percent, text
from suppliers.models import Supplier

TITLES = {edit.id: edit.title for edit in CATALOGUE}

#: Edits that have a column in the drawing.
DRAWN = 8


def denials_report(span: DaySpan) -> tuple[Section, ...]:
    """Denied lines by edit, by supplier, by both; five queries. "" is the supplier of claims of nobody on file."""
    suppliers = {str(supplier.pk): supplier for supplier in Supplier.objects.only("name", "npi", "tin")}
    decided = recurring_in(RecurringCount.What.LINES_DECIDED, span)
    return (
        _by_edit(span, sum(decided.values())),
        _by_supplier(span, decided, suppliers),
        _by_both(span, suppliers),
    )


def _by_edit(span: DaySpan, decided: int) -> Section:
    rows = list(denials_by(By.EDIT, *span.days))

    def row(each: Denials) -> tuple[Cell, ...]:
        address = claims_where(denied=span, denied_by=each.key or "none")
        share = percent(each.lines, decided)
        return (
            text(edit_words(each.key)),
            number(each.lines),
            share,
            number(each.claims, address),
            dollars(each.charge),
        )

    lines, charge = sum(each.lines for each in rows), sum((each.charge for each in rows), Decimal(0))
    return Section(
        "by-edit",
        "Denied lines by edit",
        "The lines that a final decision made in the span denied, each line once for each edit that gave the reason. "
        f"Share: lines denied by the edit ÷ all {decided:,} lines that final decisions of the span decided.",
        Table(
            "Denied lines by the edit that gave the reason",
            ("Edit", "Lines", "Share of decided lines", "Claims", "Charged"),
            tuple(map(row, rows)),
            (text("All"), number(lines), percent(lines, decided), Cell("", ""), dollars(charge)),
        ),
        _drawn(rows),
    )


def edit_words(edit: str) -> str:
    """The id of an edit with its title; a denial without an edit is a person's."""
    if edit == REVIEW:
        return in_short(edit).capitalize()
    return f"{edit} {TITLES.get(edit, '')}".strip() or "A person"


def _drawn(rows: Sequence[Denials]) -> tuple[SafeString, ...]:
    bars = [Column(row.key or "Person", row.lines, f"{row.lines:,}") for row in rows[:DRAWN]]
    return month_columns("by-edit", "Denied lines by edit, the most frequent ones", bars)


def _by_supplier(span: DaySpan, decided: dict[str, int], suppliers: dict[str, Supplier]) -> Section:
    denied = {each.key: each for each in denials_by(By.SUPPLIER, *span.days)}
    keys = sorted(
        decided, key=lambda key: (-(denied[key].lines if key in denied else 0), supplier_words(key, suppliers))
    )

    def row(key: str) -> tuple[Cell, ...]:
        each = denied.get(key) or Denials(key, 0, 0, Decimal(0), 0)
        lines = (number(decided[key]), number(each.lines), percent(each.lines, decided[key]))
        return (text(supplier_words(key, suppliers)), *lines, number(each.claims), dollars(each.charge))

    return Section(
        "by-supplier",
        "Denied lines by supplier",
        "The same lines by the supplier that billed them, beside all lines of the supplier that final decisions of the "
        "span decided. Share: lines denied ÷ lines decided.",
        Table(
            "Denied lines by supplier",
            ("Supplier", "Lines decided", "Lines denied", "Share", "Claims", "Charged"),
            tuple(map(row, keys)),
        ),
    )


def supplier_words(key: str, suppliers: dict[str, Supplier]) -> str:
    """Name and NPI."""
    supplier = suppliers.get(key)
    return f"{supplier.name}, NPI {supplier.npi}" if supplier else "Not on file"


def _by_both(span: DaySpan, suppliers: dict[str, Supplier]) -> Section:
    def row(each: Denials) -> tuple[Cell, ...]:
        edit, _, supplier = each.key.partition("/")
        words = text(f"{edit} {in_short(edit)}".strip() or "A person")
        return (
            text(supplier_words(supplier, suppliers)),
            words,
            number(each.lines),
            number(each.claims),
            dollars(each.charge),
        )

    return Section(
        "by-both",
        "Denied lines by edit and supplier",
        "The same lines by both, the most frequent pairs first.",
        Table(
            "Denied lines by supplier and edit",
            ("Supplier", "Edit", "Lines", "Claims", "Charged"),
            tuple(map(row, denials_by(By.EDIT_AND_SUPPLIER, *span.days))),
            most=25,
        ),
    )
