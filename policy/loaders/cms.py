"""The files that CMS publishes, as they are: ZIP code to carrier locality, and the payment rates of a year.

What CMS publishes is `published`. The ZIP file is fixed width; the rates are the downloads saved as CSV, with the
columns that `docs/policy.md` names. A number that a spreadsheet robbed of its leading zero is refused with its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from policy import kinds
from policy.kinds import Kind
from policy.loaders.layouts import END, START, YEAR, Column, Layout, join_locality
from policy.loaders.reading import Contradiction, Problem, Reading, add_draft, read_cell
from policy.models import Basis


def _span_of_year(values: dict[str, Any]) -> None:
    """Rates hold for a calendar year (42 CFR 414.1550(d)): to its last day where the file gives none."""
    year = values.pop(YEAR, None)
    if year is not None:
        values[START] = dt.date(year, 1, 1)
    if values[END] is None:
        values[END] = dt.date(values[START].year, 12, 31)


A_YEAR = Kind("a year like 2026", lambda text: dt.date(int(text), 1, 1).year)
SPAN = (
    Column("calendar_year", YEAR, A_YEAR, is_required=False),
    Column("effective_from", START, kinds.DAY, is_required=False),
    Column("effective_to", END, kinds.DAY.optional(), is_required=False),
)
AMOUNT = Column("amount", "amount", kinds.AMOUNT)

NATIONAL_RATES = Layout(
    (Column("hcpcs", "hcpcs", kinds.VISIT_HCPCS), AMOUNT, *SPAN),
    passed_over=frozenset({"descriptor"}),
    by_code=AMOUNT,
    finish=_span_of_year,
)
LOCALITY_RATES = Layout(
    (
        Column("locality", "locality", kinds.LOCALITY),
        Column("hcpcs", "hcpcs", kinds.VISIT_HCPCS),
        AMOUNT,
        *SPAN,
    ),
    passed_over=frozenset({"state", "locality_name", "descriptor"}),
    by_code=AMOUNT,
    finish=_span_of_year,
)

#: Columns of the ZIP5 carrier locality file (revised February 18, 2026): name, field, first and last position, kind.
ZIP5_COLUMNS: tuple[tuple[int, int, Column], ...] = (
    (1, 2, Column("state (1-2)", "state", kinds.STATE)),
    (3, 7, Column("ZIP (3-7)", "zip5", kinds.ZIP5)),
    (8, 12, Column("carrier (8-12)", "contractor", kinds.CONTRACTOR)),
    (13, 14, Column("locality (13-14)", "locality_number", kinds.LOCALITY_NUMBER)),
)
PLUS_FOUR = 21
PLUS_FOUR_NOTE = "Some addresses of this ZIP lie in another locality (plus-four flag of the file)."
QUARTER = slice(75, 80)


def read_zip5(text: str, defaults: Mapping[str, Any]) -> Reading:
    """Reads the ZIP5 file; its quarter gives the first day, unless `defaults` name one."""
    reading = Reading()
    quarters: dict[str, int] = {}
    for line, record in enumerate(text.splitlines(), start=1):
        if record.strip():
            quarter = record[QUARTER].strip()
            quarters.setdefault(quarter, line)
            _read_zip5_line(reading, line, record, quarter, defaults)
    reading.problems += [
        Contradiction(line, f"the quarter {quarter} differs from the one of the lines before")
        for quarter, line in list(quarters.items())[1:]
    ]
    return reading


def _read_zip5_line(reading: Reading, line: int, record: str, quarter: str, defaults: Mapping[str, Any]) -> None:
    values: dict[str, Any] = {"share": None, "note": "", END: None, **defaults}
    before = len(reading.problems)
    for first, last, column in ZIP5_COLUMNS:
        read_cell(reading, line, column, record[first - 1 : last], values)
    if START not in values:
        try:
            values[START] = first_day_of_quarter(quarter)
        except ValueError:
            reading.problems.append(Problem(line, "quarter (76-80)", quarter, "a year and a quarter like 20261"))
    if len(reading.problems) > before:
        return
    if record[PLUS_FOUR - 1 : PLUS_FOUR].strip() not in ("", "0"):
        values["note"] = PLUS_FOUR_NOTE
    join_locality(values)
    add_draft(reading, line, values)


def first_day_of_quarter(quarter: str) -> dt.date:
    """ "20262" is April 1, 2026; raises ValueError."""
    if len(quarter) != 5 or not quarter.isdigit() or quarter[4] not in "1234":
        raise ValueError(quarter)
    return dt.date(int(quarter[:4]), int(quarter[4]) * 3 - 2, 1)


def provenance(source: str) -> dict[str, Any]:
    """What every row of a file of CMS says about itself."""
    return {"source": source, "basis": Basis.PUBLISHED.value}
