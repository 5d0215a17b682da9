"""The public code book: the benefit's tables as of any day, for everyone, to read. No person stands in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import public
from accounts.public_reading import public_reading
from policy import clock
from policy.models import Publication
from policy.registry import BY_SLUG, DRUGS, TABLES, PolicyTable
from policy.views.common import Place, as_of
from policy.views.reading import code_over_time, drugs_shown, rows_shown, summary_of

THE_BOOK = Place("codebook:book_table", "codebook:book_code")
PUBLIC_TABLES = tuple(table for table in TABLES if table.is_public)


def public_table_or_404(slug: str) -> PolicyTable:
    """A table that everyone may read, whoever asks: how the contractor works is not in the book."""
    table = BY_SLUG.get(slug)
    if table not in PUBLIC_TABLES:
        raise Http404("There is no such table.")
    return table


@public
@require_GET
@public_reading
def tables(request: HttpRequest) -> HttpResponse:
    """The tables of the book, each with the basis of its rows."""
    context = {
        "summaries": [summary_of(table) for table in PUBLIC_TABLES],
        "latest": Publication.objects.only("pk", "published_at").first(),
        "today": clock.today(),
        "place": THE_BOOK,
    }
    return render(request, "codebook/tables.html", context)


@public
@require_GET
@public_reading
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """One table as it applied on a day, as known on another."""
    found, asked = public_table_or_404(slug), as_of(request)
    context = {"table": found, "asked": asked, "place": THE_BOOK}
    if found is DRUGS:
        return render(request, "codebook/drugs.html", context | drugs_shown(asked))
    return render(request, "codebook/table.html", context | rows_shown(found, asked, request.GET.get("page")))


@public
@require_GET
@public_reading
def code(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One code over time, with the codes that it came from or went into."""
    context = code_over_time(public_table_or_404(slug), code) | {"place": THE_BOOK}
    return render(request, "codebook/code.html", context)
