"""The report of a rate load: each amount beside five hours of infusion in a physician's office.

The statute caps the amounts by that figure (42 USC 1395m(u)(1)(A)(iii)). The pricer does not apply the cap, since
CMS's published amounts carry whatever CMS applied; a person sees the comparison when rates are loaded.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from policy.drafts import Draft
from policy.models import VisitCode

OFFICE_INFUSION = Path(__file__).resolve().parent.parent / "data" / "office_infusion.csv"


class OfficeInfusion(NamedTuple):
    """Dollars of five hours of infusion in an office over some days, before the geographic adjustment."""

    category: int
    first: dt.date
    last: dt.date
    amount: Decimal
    source: str


@lru_cache(maxsize=1)
def office_infusion() -> tuple[OfficeInfusion, ...]:
    """What is on file of it, by payment category and days."""
    with OFFICE_INFUSION.open(newline="") as lines:
        return tuple(
            OfficeInfusion(
                int(row["payment_category"]),
                dt.date.fromisoformat(row["effective_from"]),
                dt.date.fromisoformat(row["effective_to"]),
                Decimal(row["amount"]),
                row["source"],
            )
            for row in csv.DictReader(lines)
        )


def office_infusion_on(category: int | None, day: dt.date) -> OfficeInfusion | None:
    """The figure of a payment category on a day; None where none is on file."""
    return next((row for row in office_infusion() if row.category == category and row.first <= day <= row.last), None)


def compare_with_office_infusion(drafts: Iterable[Draft]) -> list[str]:
    """One line for each national amount that a load adds."""
    categories = dict(VisitCode.objects.filter(superseded_in=None).values_list("hcpcs", "payment_category"))
    return [
        _compared(draft, categories.get(draft.content["hcpcs"])) for draft in drafts if not draft.content["locality"]
    ]


def _compared(draft: Draft, category: int | None) -> str:
    what = f"{draft.content['hcpcs']} from {draft.start}: {draft.content['amount']}"
    office = office_infusion_on(category, draft.start)
    if office:
        side = "above" if draft.content["amount"] > office.amount else "not above"
        return f"{what}, {side} five hours of infusion in an office ({office.amount}); no cap is applied"
    return f"{what}; no figure for five hours of infusion in an office on that day"
