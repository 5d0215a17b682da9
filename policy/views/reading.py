"""Reading the tables: what applied on a day as known on another, and what was known of a code over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.access import signed_in
from policy import clock
from policy.columns import SUBJECTS, Cell, cells_of, columns_of, short_drug_name
from policy.drug_list import drugs_by_category
from policy.exporting import csv_lines
from policy.life_bars import NARROW, axis_for, bars_of
from policy.models import PolicyRow, Publication
from policy.readers import history_of, rows_in_force, rows_known, warn_tables_running_out
from policy.registry import DRUGS, PolicyTable
from policy.successions import family_of
from policy.views.common import THE_TABLES, AsOf, as_of, is_administrator, table_or_404, tables_for

PAGE_SIZE = 150
#: The address of a table's only subject, where its rows have no code.
ONLY_SUBJECT = "all"


@dataclass(frozen=True, slots=True)
class Summary:
    """One table on the index: how many rows are known, and how many of them on which basis."""

    table: PolicyTable
    rows: int
    by_basis: dict[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of a table as the page shows it."""

    row: PolicyRow
    code: str
    cells: list[Cell]


@signed_in
def tables(request: HttpRequest) -> HttpResponse:
    """The index: each table with the basis of its rows, and the tables that run out."""
    today = clock.today()
    return render(
        request,
        "policy/tables.html",
        {
            "summaries": [summary_of(table) for table in tables_for(request)],
            "running_out": warn_tables_running_out(today=today),
            "latest": Publication.objects.select_related("published_by").first(),
            "today": today,
            "place": THE_TABLES,
        },
    )


def summary_of(table: PolicyTable) -> Summary:
    """A table on the index; one query."""
    counts = dict(rows_known(table.model).order_by().values_list("basis").annotate(Count("pk")))
    return Summary(table, sum(counts.values()), counts)


@signed_in
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """One table as it applied on a day; home infusion drugs are drawn over the years."""
    found = table_or_404(request, slug)
    asked = as_of(request)
    may_change = found.is_editable and is_administrator(request)
    context = {"table": found, "asked": asked, "may_change": may_change, "place": THE_TABLES}
    if found is DRUGS:
        return render(request, "policy/drugs.html", context | drugs_shown(asked))
    return render(request, "policy/table.html", context | rows_shown(found, asked, request.GET.get("page")))


def rows_shown(found: PolicyTable, asked: AsOf, page_number: str | None) -> dict[str, Any]:
    """The context of a page of rows as they applied on a day; two queries."""
    rows = matching(found, rows_in_force(found.model, asked.day, asked.known_on), asked.find)
    page = Paginator(rows, PAGE_SIZE).get_page(page_number)
    return {
        "page": page,
        "rows": [_shown(found, row) for row in page],
        "columns": columns_of(found),
        "subject_label": SUBJECTS.get(found.name, "All"),
    }


def matching(table: PolicyTable, rows: QuerySet[PolicyRow], words: str) -> QuerySet[PolicyRow]:
    """The rows that a person looks for: by the beginning of the code, or by words in a name."""
    if not words or not table.find_by:
        return rows
    found = Q(**{f"{table.find_by}__istartswith": words})
    for field in table.search:
        found |= Q(**{f"{field}__icontains": words})
    return rows.filter(found)


def _shown(table: PolicyTable, row: PolicyRow) -> Shown:
    code = str(getattr(row, table.find_by)) if table.find_by else ONLY_SUBJECT
    return Shown(row, code, cells_of(table, row))


def drugs_shown(asked: AsOf) -> dict[str, Any]:
    """The context of the drugs by category; one query."""
    axis = axis_for(asked.day, asked.today)
    categories = drugs_by_category(axis, asked.day, asked.known_on)
    chosen = [group for group in categories if asked.category in ("", group.choice)]
    return {"axis": axis, "categories": categories, "chosen": chosen, "total": sum(len(g.drugs) for g in categories)}


@signed_in
def subject(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One code: its rows over time as known now, and every version that was known before."""
    found = table_or_404(request, slug)
    may_change = found.is_editable and is_administrator(request)
    context = code_over_time(found, code) | {"may_change": may_change, "place": THE_TABLES}
    return render(request, "policy/subject.html", context)


def code_over_time(found: PolicyTable, code: str) -> dict[str, Any]:
    """The context of a code's page: its life, its rows known now, what was known before; or Http404."""
    rows = list(history_of(found, code)) if found.find_by or code == ONLY_SUBJECT else []
    if not rows:
        raise Http404("There is no such code.")
    today = clock.today()
    axis = axis_for(today, today, NARROW)
    current = sorted((row for row in rows if row.superseded_in_id is None), key=lambda row: row.in_force.lower)
    return {
        "table": found,
        "code": code if found.find_by else found.title,
        "name": _name_of(found, current or rows),
        "axis": axis,
        "current": [(_shown(found, row), bars_of(axis, [row], is_labelled=False)) for row in current],
        "earlier": [_shown(found, row) for row in rows if row.superseded_in_id is not None],
        "columns": columns_of(found),
        "today": today,
        "family": family_of(code, axis) if found is DRUGS else None,
    }


def _name_of(table: PolicyTable, rows: list[PolicyRow]) -> str:
    descriptor = getattr(rows[-1], "descriptor", "") or getattr(rows[-1], "title", "") or getattr(rows[-1], "name", "")
    return short_drug_name(descriptor) if table is DRUGS else "" if table.find_by == "name" else descriptor


@signed_in
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The whole table as known on a day, as a file that can be loaded again."""
    found = table_or_404(request, slug)
    rows = rows_known(found.model, as_of(request).known_on).order_by(*found.key, "in_force")
    response = StreamingHttpResponse(
        csv_lines(found, rows.iterator(chunk_size=5000)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.name}.csv"'
    return response
