"""What the pages show of each table: the columns between the code and the span, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from policy.models import PolicyRow
from policy.models.codes import PaymentCategory
from policy.registry import PolicyTable
from policy.words import as_text

Row = Any


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what a row shows under it; `css` is "num" for figures, "words" for sentences."""

    label: str
    text: Callable[[Row], str]
    css: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row shows in one column."""

    label: str
    text: str
    css: str


def _field(label: str, name: str, css: str = "") -> Column:
    return Column(label, lambda row: as_text(getattr(row, name)), css)


def _choice(label: str, name: str) -> Column:
    return Column(label, lambda row: getattr(row, f"get_{name}_display")() or "")


def _category(row: Row) -> str:
    return PaymentCategory(row.payment_category).label if row.payment_category else "A reviewer decides"


def _money(value: Decimal) -> str:
    return f"{value:,.2f}"


def _percent(rate: Decimal) -> str:
    return f"{format((rate * 100).normalize(), 'f')} %"


def _reasons(row: Row) -> str:
    adjustment = f"{row.group}-{row.carc}" if row.carc else ""
    return " ".join(filter(None, [adjustment, *row.rarcs]))


CATEGORY = Column("Payment category", _category)
AMOUNT = Column("Dollars", lambda row: _money(row.amount), "num")
RATE = Column("Rate", lambda row: _percent(row.rate), "num")

COLUMNS: dict[str, tuple[Column, ...]] = {
    "home_infusion_drugs": (
        _field("Modifier", "modifier"),
        _field("Drug", "descriptor", "words"),
        CATEGORY,
        _field("Route", "route"),
    ),
    "code_successions": (_field("Code after", "successor"),),
    "visit_codes": (
        CATEGORY,
        _choice("Visit", "visit_type"),
        _field("Words on the claim", "short_descriptor", "words"),
    ),
    "payment_amounts": (Column("Where", lambda row: row.locality or "Everywhere, times the factor"), AMOUNT),
    "gaf": (
        _field("State", "state"),
        _field("Name", "name", "words"),
        Column("Factor", lambda row: f"{row.factor:.3f}", "num"),
    ),
    "zip_locality": (
        _field("State", "state"),
        _field("Locality", "locality"),
        Column("Addresses there", lambda row: _percent(row.share) if row.share is not None else "", "num"),
    ),
    "part_b_deductible": (AMOUNT,),
    "coinsurance": (RATE,),
    "sequestration": (RATE,),
    "interest": (RATE,),
    "place_of_service": (
        _field("Place", "name", "words"),
        Column("A home", lambda row: "Payable" if row.is_home else "Not payable"),
    ),
    "accrediting_organizations": (_field("Organization", "name", "words"),),
    "reason_codes": (_choice("Kind", "kind"), _field("In our words", "meaning", "words")),
    "edit_dispositions": (
        _field("Title", "title", "words"),
        _choice("Does", "disposition"),
        Column("Reason codes", _reasons),
        _field("Remedy", "remedy"),
    ),
    "settings": (_field("Value", "value"),),
}

#: The heading of the column that names the subject.
SUBJECTS = {
    "home_infusion_drugs": "J-code",
    "code_successions": "Code before",
    "visit_codes": "Visit code",
    "payment_amounts": "Visit code",
    "gaf": "Locality",
    "zip_locality": "ZIP",
    "interest": "On",
    "place_of_service": "Code",
    "accrediting_organizations": "Code",
    "reason_codes": "Code",
    "edit_dispositions": "Edit",
    "settings": "Setting",
}


def columns_of(table: PolicyTable) -> tuple[Column, ...]:
    return COLUMNS[table.name]


def cells_of(table: PolicyTable, row: PolicyRow) -> list[Cell]:
    """What a row shows between its code and its span."""
    return [Cell(column.label, column.text(row), column.css) for column in columns_of(table)]


def short_drug_name(descriptor: str) -> str:
    """ "Injection, acyclovir, 5 mg" is "Acyclovir, 5 mg"."""
    name = descriptor.removeprefix("Injection, ")
    return name[:1].upper() + name[1:]
