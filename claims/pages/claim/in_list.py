"""The list that a claim was opened from: the claims before and behind it there, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.access import person_of
from claims.filters import ORDERS, WorklistFilter
from claims.models import Claim
from claims.pages.keyset import Order
from claims.pages.worklist import DEFAULT_ORDER

#: The parameter of a claim's address that holds the query of the list it was opened from.
LIST = "list"


@dataclass(frozen=True, slots=True)
class PlaceInList:
    """Claim numbers before and behind, "" where the list ends. `query` is the list's own."""

    previous: str
    next: str
    query: str

    @property
    def address(self) -> str:
        """The list itself."""
        return f"{reverse('claims:worklist')}?{self.query}"


def place_in_list(request: HttpRequest, claim: Claim) -> PlaceInList | None:
    """The place of a claim in the list that the address names, None when it names none; two queries.

    A claim that left the list since, for it was decided or assigned, keeps the place it had there.
    """
    query = request.GET.get(LIST)
    if query is None:
        return None
    asked = QueryDict(query)
    filters = WorklistFilter(asked, queryset=Claim.objects.none(), request=request)
    filters.is_valid()
    _, order = ORDERS.get(asked.get("order", DEFAULT_ORDER), ORDERS[DEFAULT_ORDER])
    claims = filters.narrowed(Claim.objects.visible_to(person_of(request))).filter(icn__isnull=False)
    # The field by which claims are ordered is one of the list, not of the claim.
    claim.number = claim.icn  # type: ignore[attr-defined]
    here = order.cursor_at(claim)
    return PlaceInList(_first(order.reversed(), claims, here), _first(order, claims, here), asked.urlencode())


def _first(order: Order, claims: QuerySet[Claim], cursor: str) -> str:
    return order.sort(order.behind(claims, cursor)).values_list("icn", flat=True).first() or ""
