"""The checklist as it stood on a day, and how the project's own points come into the database."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from medical_review.models import ChecklistPoint

FILE = Path(__file__).resolve().parent / "data" / "checklist.csv"
ONE_DAY = dt.timedelta(days=1)


def checklist_on(day: dt.date) -> list[ChecklistPoint]:
    """The points for visits of a day, under their grounds in the manual's order; one query."""
    return list(ChecklistPoint.objects.filter(in_force__contains=day).order_by("ground", "pk"))


def load_checklist(**_: Any) -> None:
    """Put the points of `data/checklist.csv` into the table, where they are not yet; run after each migration."""
    if not ChecklistPoint.objects.exists():
        ChecklistPoint.objects.bulk_create(points_in(FILE))


def points_in(file: Path) -> Iterator[ChecklistPoint]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from map(_point, csv.DictReader(lines))


def _point(row: dict[str, str]) -> ChecklistPoint:
    last = dt.date.fromisoformat(row["effective_to"]) + ONE_DAY if row["effective_to"] else None
    group, _, rest = row["codes"].partition("-")
    carc, *rarcs = rest.split()
    return ChecklistPoint(
        number=int(row["number"]),
        in_force=DateRange(dt.date.fromisoformat(row["effective_from"]), last),
        ground=int(row["ground"]),
        title=row["title"],
        lacking=row["lacking"],
        cites=row["cites"],
        evidence=row["evidence"],
        edits=row["edits"].split(),
        group=group,
        carc=carc,
        rarcs=rarcs,
        is_expected_only=row["is_expected_only"] == "yes",
        basis=row["basis"],
    )
