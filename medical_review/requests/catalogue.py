"""The documents that reviewers ask for as dated data, and how the project's own come into the database."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from claims.models import Claim
from medical_review.models import AskableDocument

FILE = Path(__file__).resolve().parent.parent / "data" / "documents.csv"
ONE_DAY = dt.timedelta(days=1)


def askable_about(claims: Iterable[Claim]) -> Sequence[AskableDocument]:
    """What may be asked for about these claims, as it is on the first of their days; one query."""
    day = min(claim.first_day or claim.received_on for claim in claims)
    return list(AskableDocument.objects.filter(in_force__contains=day))


def load_documents(**_: Any) -> None:
    """Put the documents of `data/documents.csv` into the table, where they are not yet; run after each migration."""
    if not AskableDocument.objects.exists():
        AskableDocument.objects.bulk_create(documents_in(FILE))


def documents_in(file: Path) -> Iterator[AskableDocument]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from map(_document, csv.DictReader(lines))


def _document(row: dict[str, str]) -> AskableDocument:
    last = dt.date.fromisoformat(row["effective_to"]) + ONE_DAY if row["effective_to"] else None
    return AskableDocument(
        code=row["code"],
        in_force=DateRange(dt.date.fromisoformat(row["effective_from"]), last),
        title=row["title"],
        shows=row["shows"],
        cites=row["cites"],
        points=[int(point) for point in row["points"].split()],
        is_for_each_day=row["is_for_each_day"] == "yes",
        basis=row["basis"],
    )
