"""What a publication changed, table by table."""

from __future__ import annotations

from dataclasses import dataclass

from policy.differences import Difference, differences
from policy.drafts import Draft, content_fields
from policy.models import PolicyRow, Publication
from policy.registry import TABLES, PolicyTable

#: A publication that changes more rows of a table than this is told by its numbers.
SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """What a publication did in one table; `differences` are left out where they would be too many."""

    table: PolicyTable
    added: int
    superseded: int
    differences: list[Difference]


def parts_of(publication: Publication) -> list[Part]:
    """The tables that it changed; two queries a table, two more for one that is shown row by row."""
    return [part for table in TABLES if (part := _part(table, publication)).added or part.superseded]


def _part(table: PolicyTable, publication: Publication) -> Part:
    rows = table.model._default_manager
    added, superseded = rows.filter(published_in=publication), rows.filter(superseded_in=publication)
    counts = added.count(), superseded.count()
    is_shown = not publication.is_baseline and 0 < sum(counts) <= SHOWN_ROWS
    found = differences(table, list(map(_draft, superseded)), list(map(_draft, added))) if is_shown else []
    return Part(table, *counts, found)


def _draft(row: PolicyRow) -> Draft:
    content = {field.name: getattr(row, field.name) for field in content_fields(type(row))}
    return Draft(content, row.effective_from, row.effective_to)
