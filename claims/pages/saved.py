"""Saved filters as tabs above the list, with the number of claims in each."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import person_of
from claims.filters import WorklistFilter
from claims.models import Claim, SavedFilter
from claims.pages.counting import Total, count_of, total_words
from claims.pages.search import keep_search, search_for
from claims.worklists.saved import query_to_keep

#: Tabs that have room above the list; the others are in the list of saved filters.
MOST_TABS = 6


#: Where a session keeps the counts of tabs, and for how many seconds.
SESSION_KEY, KEPT_FOR = "tab_counts", 60


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved filter above the list; `count` is how many claims it has, in words."""

    saved: SavedFilter
    is_current: bool
    is_own: bool
    count: str


def tabs_of(request: HttpRequest, search: str, total: Total) -> list[Tab]:
    """The tabs; the current one is that whose filters are those of the address, and has the count of the list.

    The others are counted no further than the limit, one query each, and not again within a minute.
    """
    person, query = person_of(request), query_to_keep(request.GET)
    now = time.time()
    kept = {pk: pair for pk, pair in request.session.get(SESSION_KEY, {}).items() if 0 <= now - pair[1] < KEPT_FOR}
    tabs, before = [], dict(kept)
    for saved in SavedFilter.objects.visible_to(person).select_related("owner")[:MOST_TABS]:
        key, is_current = str(saved.pk), (saved.query, saved.search) == (query, search)
        if is_current and kept.get(key, ("",))[0] != total_words(total):
            kept[key] = (total_words(total), now)
        elif key not in kept:
            kept[key] = (_count(request, saved), now)
        tabs.append(Tab(saved, is_current, saved.owner_id == person.pk, kept[key][0]))
    if kept != before:
        request.session[SESSION_KEY] = kept
    return tabs


def _count(request: HttpRequest, saved: SavedFilter) -> str:
    seen = Claim.objects.visible_to(person_of(request))
    filters = WorklistFilter(QueryDict(saved.query), queryset=Claim.objects.none(), request=request)
    claims = filters.narrowed(seen, to_count=True) if filters.is_valid() else seen.none()
    if saved.search:
        claims = claims.filter(search_for(saved.search, person_of(request)).condition)
    return count_of(claims)


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
