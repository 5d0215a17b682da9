"""The policy tables straight from the project's CSV files, without the database: what the scenarios run on."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from policy.tables import (
    AmountRow,
    Dated,
    DispositionRow,
    DrugRow,
    FactorRow,
    LocalityRow,
    OrganizationRow,
    PlaceRow,
    PolicyTables,
    RateRow,
    SettingRow,
    VisitCodeRow,
)

FOLDER = Path(__file__).resolve().parents[2] / "policy" / "data"

Record = dict[str, str]

#: The basis of a row whose file gives none.
UNSTATED = "estimated"


@cache
def policy_tables_from_csv(folder: Path = FOLDER, zips: frozenset[str] | None = None) -> PolicyTables:
    """All tables of a folder of CSV files laid out as in `policy/data`; the publication is 0, that of no database.

    `zips` leaves out the localities of all other ZIP codes, whose file is by far the longest.
    """
    return PolicyTables(
        publication=0,
        drugs=Dated((row.hcpcs, row) for row in map(_drug, _records(folder, "home_infusion_drugs"))),
        visit_codes=Dated((row.hcpcs, row) for row in map(_visit_code, _records(folder, "visit_codes"))),
        amounts=Dated((_amount_key(row), row) for row in map(_amount, _records(folder, "payment_amounts"))),
        factors=Dated((row.locality, row) for row in map(_factor, _records(folder, "gaf"))),
        localities=Dated((row.zip5, row) for row in map(_locality, _localities(folder, zips))),
        deductibles=_rates(folder, "part_b_deductible", "amount"),
        coinsurance=_rates(folder, "coinsurance", "rate"),
        sequestration=_rates(folder, "sequestration", "rate"),
        places=Dated((row.code, row) for row in map(_place, _records(folder, "place_of_service"))),
        organizations=Dated(
            (row.code, row) for row in map(_organization, _records(folder, "accrediting_organizations"))
        ),
        dispositions=Dated((row.edit, row) for row in map(_disposition, _records(folder, "edit_dispositions"))),
        settings=Dated((row.name, row) for row in map(_setting, _records(folder, "settings"))),
    )


def _records(folder: Path, table: str) -> Iterator[Record]:
    """The rows of a file, each with `row`, its name; a line that begins with # is a comment."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(line for line in file if not line.startswith("#"))
        for number, record in enumerate(reader, 1):
            record["row"] = f"{table}/{number}"
            yield record


def _localities(folder: Path, zips: frozenset[str] | None) -> Iterator[Record]:
    """The rows of the ZIP codes, or of these alone, which are told before a row is taken apart."""
    table = "zip_locality"
    if zips is None:
        yield from _records(folder, table)
        return
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        header = next(lines)
        for number, line in enumerate(lines, 1):
            if line.partition(",")[0] in zips:
                (record,) = csv.DictReader([header, line])
                yield {**record, "row": f"{table}/{number}"}


def _start(record: Record, column: str = "effective_from") -> dt.date:
    return dt.date.fromisoformat(record[column])


def _end(record: Record, column: str = "effective_to") -> dt.date | None:
    text = record.get(column)
    return dt.date.fromisoformat(text) if text else None


def _basis(record: Record) -> str:
    return record.get("basis") or UNSTATED


def _key(record: Record) -> str:
    return f"{record['contractor']}-{record['locality']}"


def _drug(record: Record) -> DrugRow:
    category = record["payment_category"]
    return DrugRow(
        row=record["row"],
        hcpcs=record["hcpcs"],
        modifier=record["modifier"],
        category=int(category) if category else None,
        route=record["route"],
        descriptor=record["descriptor"],
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _visit_code(record: Record) -> VisitCodeRow:
    return VisitCodeRow(
        row=record["row"],
        hcpcs=record["hcpcs"],
        category=int(record["payment_category"]),
        is_initial=record["visit_type"] == "initial",
        descriptor=record["descriptor"],
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _amount(record: Record) -> AmountRow:
    return AmountRow(
        row=record["row"],
        hcpcs=record["hcpcs"],
        amount=Decimal(record["national_amount"]),
        locality=record.get("locality", ""),
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _amount_key(row: AmountRow) -> str:
    return f"{row.hcpcs}@{row.locality}" if row.locality else row.hcpcs


def _factor(record: Record) -> FactorRow:
    return FactorRow(
        row=record["row"],
        locality=_key(record),
        name=record["name"],
        factor=Decimal(record["gaf"]),
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _locality(record: Record) -> LocalityRow:
    return LocalityRow(
        row=record["row"],
        zip5=record["zip5"],
        locality=_key(record),
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _rates(folder: Path, table: str, column: str) -> Dated[RateRow]:
    return Dated(
        ("", RateRow(record["row"], Decimal(record[column]), _start(record), _end(record), _basis(record)))
        for record in _records(folder, table)
    )


def _place(record: Record) -> PlaceRow:
    return PlaceRow(
        row=record["row"],
        code=record["code"],
        name=record["name"],
        is_home=record["home"] == "true",
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _organization(record: Record) -> OrganizationRow:
    return OrganizationRow(
        row=record["row"],
        code=record["code"],
        name=record["name"],
        start=_start(record, "approved_from"),
        end=_end(record, "approved_to"),
        basis=_basis(record),
    )


def _disposition(record: Record) -> DispositionRow:
    return DispositionRow(
        row=record["row"],
        edit=record["edit"],
        disposition=record["disposition"],
        group=record["group"],
        carc=record["carc"],
        rarcs=tuple(record["rarc"].split()),
        remedy=record["remedy"],
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )


def _setting(record: Record) -> SettingRow:
    return SettingRow(
        row=record["row"],
        name=record["name"],
        value=record["value"],
        start=_start(record),
        end=_end(record),
        basis=_basis(record),
    )
