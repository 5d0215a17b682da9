"""Publications: who made which rows known, when, from what; and what each changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import staff
from policy.differences import Difference, differences
from policy.drafts import Draft, content_fields
from policy.models import PolicyRow, Publication
from policy.registry import TABLES, PolicyTable

PAGE_SIZE = 50
#: A publication that changes more rows of a table than this is told by its numbers.
SHOWN_ROWS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """What a publication did in one table; `differences` are left out where they would be too many."""

    table: PolicyTable
    added: int
    superseded: int
    differences: list[Difference]


@staff
def publications(request: HttpRequest) -> HttpResponse:
    """All publications, the latest first."""
    found = Publication.objects.select_related("published_by").prefetch_related("files")
    return render(
        request, "policy/publications.html", {"page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))}
    )


@staff
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """One publication with what it changed."""
    found = get_object_or_404(Publication.objects.select_related("published_by").prefetch_related("files"), pk=number)
    parts = [part for table in TABLES if (part := _part(table, found)).added or part.superseded]
    return render(request, "policy/publication.html", {"publication": found, "parts": parts, "title": str(found)})


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
