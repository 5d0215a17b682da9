"""Saved filters as tabs above the list, with the number of claims in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import person_of
from claims.filters import WorklistFilter
from claims.models import Claim, SavedFilter
from claims.pages.counting import count_of
from claims.pages.search import keep_search, search_for
from claims.worklists.saved import query_to_keep

#: Tabs that have room above the list; the others are in the list of saved filters.
MOST_TABS = 6


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved filter above the list; `count` is how many claims it has, in words, once they were counted."""

    saved: SavedFilter
    is_current: bool
    is_own: bool
    count: str = ""


def tabs_of(request: HttpRequest, search: str) -> list[Tab]:
    """The tabs; the current one is that whose filters are those of the address."""
    person, query = person_of(request), query_to_keep(request.GET)
    saved = SavedFilter.objects.visible_to(person).select_related("owner")[:MOST_TABS]
    return [Tab(one, (one.query, one.search) == (query, search), one.owner_id == person.pk) for one in saved]


def counted(request: HttpRequest, tabs: list[Tab]) -> Iterator[Tab]:
    """The tabs with their counts, each counted no further than the limit; one query each."""
    seen = Claim.objects.visible_to(person_of(request))
    for tab in tabs:
        filters = WorklistFilter(QueryDict(tab.saved.query), queryset=Claim.objects.none(), request=request)
        claims = filters.narrowed(seen) if filters.is_valid() else seen.none()
        if tab.saved.search:
            claims = claims.filter(search_for(tab.saved.search, person_of(request)).condition)
        yield Tab(tab.saved, tab.is_current, tab.is_own, count_of(claims))


#: What the address of all claims says, so that it is not the one without a word, which opens with a saved filter.
ALL_CLAIMS = "order=received_on"


def worklist_of(request: HttpRequest, saved: SavedFilter) -> str:
    """The address of the list with a saved filter; what it searches for goes into the session."""
    asked = QueryDict(saved.query, mutable=True)
    if saved.search:
        asked["search"] = keep_search(request.session, saved.search)
    return worklist_with(asked)


def worklist_with(asked: QueryDict) -> str:
    """The address of the list with these filters, of all claims without any."""
    query = urlencode([(name, value) for name, values in asked.lists() for value in values if value])
    return f"{reverse('claims:worklist')}?{query or ALL_CLAIMS}"
