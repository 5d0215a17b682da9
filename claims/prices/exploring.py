"""One price: the steps that `claims.pricing` makes, what each figure rests on, and the fee over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from claims.adjudication.decision import Price, PriceStep
from claims.adjudication.facts import Place
from claims.pricing import PUBLISHED, ZERO, Fee, NoFee, find_fee, price_line
from policy.drafts import ONE_DAY
from policy.loaders.rate_report import OfficeInfusion, office_infusion, office_infusion_on
from policy.models import PolicyRow
from policy.readers import amount_key
from policy.registry import TABLES, PolicyTable
from policy.tables import DatedRow, PolicyTables, VisitCodeRow

#: Why there is no fee, in words, by what is lacking.
WHY_NO_FEE = {
    "amount": "No payment amount is in force for this code on this day.",
    "place": "The place is not known.",
    "locality": "This ZIP belongs to no payment locality on this day.",
    "factor": "No geographic factor is in force for the locality of this ZIP on this day.",
}

NOT_A_CODE = "This is no home infusion therapy visit code in force on this day."
NO_RATES = "No coinsurance or sequestration rate is in force on this day."

TABLE_OF_MODEL: dict[str, PolicyTable] = {str(table.model._meta.model_name): table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Asked:
    """A visit: code, ZIP of five digits, day; the charge (None: the fee itself) and what is left of the deductible."""

    hcpcs: str
    zip5: str
    day: dt.date
    charge: Decimal | None = None
    deductible_left: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the price in dollars (None for the ZIP's locality), how it was made, and the row that it rests on."""

    label: str
    operation: str
    amount: Decimal | None
    row: PolicyRow | None
    table: PolicyTable | None

    @property
    def basis(self) -> str:
        return self.row.basis if self.row else ""


@dataclass(frozen=True, slots=True)
class FeeSpan:
    """The fee over some days; `national` and `factor` are None where the locality has an amount of its own."""

    start: dt.date
    end: dt.date | None
    national: Decimal | None
    factor: Decimal | None
    fee: Decimal
    is_estimated: bool
    office: OfficeInfusion | None


@dataclass(frozen=True, slots=True)
class Explored:
    """What a visit would pay, or why nothing can be said."""

    asked: Asked
    code: VisitCodeRow | None
    fee: Fee | None
    price: Price | None
    why_not: str
    figures: tuple[Figure, ...]
    history: tuple[FeeSpan, ...]
    office: OfficeInfusion | None

    @property
    def is_estimated(self) -> bool:
        """Whether any figure of the price or of its history is not CMS's own."""
        return bool(self.price and self.price.estimated) or any(span.is_estimated for span in self.history)

    @property
    def above_office(self) -> Decimal | None:
        """The national amount less five hours in an office, in dollars; None where either is not on file."""
        if self.office is None or self.fee is None or self.fee.factor is None:
            return None
        return self.fee.amount.amount - self.office.amount

    @property
    def below_office(self) -> Decimal:
        """The same the other way round."""
        return -(self.above_office or ZERO)


def explore(asked: Asked, tables: PolicyTables) -> Explored:
    """The price of a visit under these tables; at most one query for each table that it rests on."""
    code = tables.visit_codes.on(asked.hcpcs, asked.day)
    found = find_fee(tables, asked.hcpcs, _place(asked), asked.day)
    fee = found if isinstance(found, Fee) and code else None
    price = _price(asked, fee, tables) if fee else None
    return Explored(
        asked=asked,
        code=code,
        fee=fee,
        price=price,
        why_not="" if price else _why_not(code, found),
        figures=_figures(fee, price) if fee and price else (),
        history=fee_history(asked, tables),
        office=office_infusion_on(code.category, asked.day) if code else None,
    )


def _place(asked: Asked) -> Place:
    return Place(state="", zip=asked.zip5)


def _price(asked: Asked, fee: Fee, tables: PolicyTables) -> Price | None:
    charge = fee.fee if asked.charge is None else asked.charge
    return price_line(fee, charge, asked.deductible_left, asked.day, tables)


def _why_not(code: VisitCodeRow | None, found: Fee | NoFee) -> str:
    if code is None:
        return NOT_A_CODE
    return WHY_NO_FEE[found.lacks] if isinstance(found, NoFee) else NO_RATES


# ---------- what the figures rest on ----------


def _figures(fee: Fee, price: Price) -> tuple[Figure, ...]:
    """The ZIP's locality, then every step of the price with the stored row that it used."""
    steps = list(price.steps)
    if fee.locality:
        place = f"ZIP {fee.locality.zip5} is in locality {fee.locality.locality}"
        steps.insert(0, PriceStep("locality", "Locality", place, ZERO, fee.locality.row, fee.locality.basis))
    rows = rows_named(step.row for step in steps if step.row)
    return tuple(
        Figure(
            step.label,
            step.operation,
            None if step.name == "locality" else step.amount,
            rows.get(step.row),
            TABLE_OF_MODEL.get(step.row.partition("/")[0]),
        )
        for step in steps
    )


def rows_named(names: Iterable[str]) -> dict[str, PolicyRow]:
    """Stored rows by the names that decisions give them ("paymentamount/17"); one query for each table named."""
    by_model = groupby(sorted(set(names)), lambda name: name.partition("/")[0])
    rows: dict[str, PolicyRow] = {}
    for model, named in by_model:
        found = TABLE_OF_MODEL[model].model._default_manager.in_bulk([name.partition("/")[2] for name in named])
        rows |= {row.version: row for row in found.values()}
    return rows


# ---------- over time ----------


def fee_history(asked: Asked, tables: PolicyTables) -> tuple[FeeSpan, ...]:
    """The fee of the code at the place on every day that has one, days of one price together; no query."""
    spans: list[FeeSpan] = []
    for start, end in _periods(asked, tables):
        found = find_fee(tables, asked.hcpcs, _place(asked), start)
        if not isinstance(found, Fee) or tables.visit_codes.on(asked.hcpcs, start) is None:
            continue
        span = _span(found, start, end, tables)
        last = spans[-1] if spans else None
        if last and last.end and last.end + ONE_DAY == start and replace(last, start=start, end=end) == span:
            spans[-1] = replace(last, end=end)
        else:
            spans.append(span)
    return tuple(spans)


def _span(fee: Fee, start: dt.date, end: dt.date | None, tables: PolicyTables) -> FeeSpan:
    code = tables.visit_codes.on(fee.amount.hcpcs, start)
    rows: tuple[DatedRow | None, ...] = (fee.amount, fee.factor, fee.locality)
    return FeeSpan(
        start=start,
        end=end,
        national=fee.amount.amount if fee.factor else None,
        factor=fee.factor.factor if fee.factor else None,
        fee=fee.fee,
        is_estimated=any(getattr(row, "basis", PUBLISHED) != PUBLISHED for row in rows),
        office=office_infusion_on(code.category if code else None, start),
    )


def _periods(asked: Asked, tables: PolicyTables) -> Iterator[tuple[dt.date, dt.date | None]]:
    """The days between two changes of any row that the fee could rest on; the last period may have no end."""
    rows = list(_rows_of(asked, tables))
    days = {row.start for row in rows} | {row.end + ONE_DAY for row in rows if row.end}
    days |= {day for row in rows for day in _changes_of_office(row)}
    ordered = sorted(days)
    for start, after in pairwise(ordered):
        yield start, after - ONE_DAY
    if ordered:
        yield ordered[-1], None


def _rows_of(asked: Asked, tables: PolicyTables) -> Iterator[DatedRow]:
    localities = tables.localities.of(asked.zip5)
    yield from localities
    yield from tables.visit_codes.of(asked.hcpcs)
    yield from tables.amounts.of(asked.hcpcs)
    for name in {row.locality for row in localities}:
        yield from tables.factors.of(name)
        yield from tables.amounts.of(amount_key(asked.hcpcs, name))


def _changes_of_office(row: DatedRow) -> Iterator[dt.date]:
    """The first days of the figures for an office of a visit code's category."""
    if isinstance(row, VisitCodeRow):
        for office in office_infusion():
            if office.category == row.category:
                yield office.first
                yield office.last + ONE_DAY
