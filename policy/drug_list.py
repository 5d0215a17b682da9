"""Home infusion drugs for the page: by payment category, each code with its life and whether it holds on the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from policy.columns import short_drug_name
from policy.forms import BY_REVIEW
from policy.life_bars import Axis, Bar, bars_of
from policy.models import HomeInfusionDrug
from policy.models.codes import PaymentCategory
from policy.readers import rows_known


@dataclass(frozen=True, slots=True)
class Drug:
    """A code, with its modifier where it has one: the row that says it best for the day, and its bars."""

    row: HomeInfusionDrug
    holds: bool
    name: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Category:
    """A payment category with its drugs; `choice` is how the address names it."""

    choice: str
    title: str
    drugs: list[Drug]


def drugs_by_category(axis: Axis, day: dt.date, known_on: dt.date | None) -> list[Category]:
    """All drugs known on a day, those that need a reviewer last; one query."""
    rows = rows_known(HomeInfusionDrug, known_on).order_by("hcpcs", "modifier", "in_force")
    drugs = list(_drugs(axis, day, rows))
    choices = [(value, str(value), label) for value, label in PaymentCategory.choices]
    return [
        Category(choice, str(title), [drug for drug in drugs if drug.row.payment_category == value])
        for value, choice, title in [*choices, (None, BY_REVIEW, "Category by review")]
    ]


def _drugs(axis: Axis, day: dt.date, rows: Iterable[HomeInfusionDrug]) -> Iterator[Drug]:
    for _, versions in groupby(rows, lambda row: (row.hcpcs, row.modifier)):
        found = list(versions)
        in_force = [row for row in found if row.holds_on(day)]
        row = in_force[0] if in_force else found[-1]
        yield Drug(row, bool(in_force), short_drug_name(row.descriptor), bars_of(axis, found))
