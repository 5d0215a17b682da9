"""Saved filters: keeping the list as it stands under a name, changing and removing it. Acts raise `Refused`."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.models import STAFF_ROLES, User
from claims.filters import ORDERS, WorklistFilter
from claims.models import SavedFilter, WorklistTaste
from claims.models.worklist import LONGEST_QUERY
from policy.refusals import Refused

#: Filters that one person keeps at most, so that the tabs stay readable.
MOST = 20

#: What of an address is kept: filters and order. A search is kept apart, by its words.
KEPT = ("order", *(name for name in WorklistFilter.base_filters if name != "search"))


def query_to_keep(asked: QueryDict) -> str:
    """The filters and the order of a list as they stand in an address, in one form whatever their order there was."""
    found = QueryDict(mutable=True)
    for name in KEPT:
        values = [value for value in asked.getlist(name) if value and (name != "order" or value in ORDERS)]
        if values:
            found.setlist(name, sorted(values))
    return found.urlencode()


def save_filter(name: str, asked: QueryDict, search: str, *, is_shared: bool, by: User) -> SavedFilter:
    """Keep the list under a name; a filter of one's own with that name is replaced."""
    query = query_to_keep(asked)
    check_can_keep(query, search, name, by)
    shared = is_shared and by.role in STAFF_ROLES
    values = {"query": query, "search": search[:100], "is_shared": shared}
    saved, _ = SavedFilter.objects.update_or_create(owner=by, name=name, defaults=values)
    return saved


def check_can_keep(query: str, search: str, name: str, by: User) -> None:
    if not query and not search:
        raise Refused("Nothing is filtered. Set a filter first, then save it.", "nothing_filtered")
    if len(query) > LONGEST_QUERY:
        raise Refused("There are too many filters to be kept. Remove some of them.", "too_long")
    own = SavedFilter.objects.filter(owner=by).exclude(name=name)
    if own.count() >= MOST:
        raise Refused(f"You keep {MOST} filters already. Remove one of them first.", "too_many")


def change_filter(saved: SavedFilter, name: str, *, is_shared: bool, by: User) -> None:
    """Give one's own filter another name, share it or stop sharing it."""
    check_own(saved, by)
    saved.name, saved.is_shared = name, is_shared and by.role in STAFF_ROLES
    try:
        with transaction.atomic():
            saved.save(update_fields=["name", "is_shared"])
    except IntegrityError as error:
        raise Refused(f"You have a filter “{name}” already. Choose another name.", "name_taken", "name") from error


def remove_filter(saved: SavedFilter, *, by: User) -> None:
    check_own(saved, by)
    saved.delete()


def open_list_with(saved: SavedFilter | None, *, by: User) -> None:
    """Have the list open with a filter, one's own or one that a colleague shares; with all claims for None."""
    WorklistTaste.objects.update_or_create(person=by, defaults={"opens_with": saved})


def filter_to_open_with(user: User) -> SavedFilter | None:
    """The filter that a person's list opens with; None also when who shared it shares it no longer. One query."""
    chosen = WorklistTaste.objects.filter(person=user).values("opens_with")
    return SavedFilter.objects.visible_to(user).filter(pk__in=chosen).first()


def check_own(saved: SavedFilter, by: User) -> None:
    """Refuses what a colleague shares."""
    if saved.owner_id != by.pk:
        raise Refused(f"{saved.owner} shares this filter. Only they can change it.", "not_own")
