"""Publications: who made which rows known, when, from what; and what each changed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import staff
from policy.models import Publication
from policy.publications import parts_of

PAGE_SIZE = 50


@staff
def publications(request: HttpRequest) -> HttpResponse:
    """All publications, the latest first."""
    found = Publication.objects.select_related("published_by", "change_set").prefetch_related("files")
    return render(
        request, "policy/publications.html", {"page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))}
    )


@staff
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """One publication with what it changed."""
    known = Publication.objects.select_related("published_by", "change_set__made_by").prefetch_related("files")
    found = get_object_or_404(known, pk=number)
    return render(
        request,
        "policy/publication.html",
        {"publication": found, "parts": parts_of(found), "title": str(found)},
    )
