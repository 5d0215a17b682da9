"""Which claims of the worklist an act is for: rows that were ticked, or all that its filters let through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from accounts.access import person_of
from claims.filters import WorklistFilter
from claims.models import Claim
from claims.pages.numbers import whole_number
from policy.refusals import Refused

#: Claims of one act at most.
MOST = 1000

#: The names of the fields that carry the choice from page to page.
TICKED, ALL, FILTERS = "claim", "all", "filters"


@dataclass(frozen=True, slots=True)
class Choice:
    """The ids of the claims, of those only that the person may see, in the order in which they came."""

    ids: tuple[int, ...]

    def __str__(self) -> str:
        return ",".join(map(str, self.ids))

    def claims(self) -> list[Claim]:
        """The chosen claims with what a preview says of them; one query."""
        rows = Claim.objects.filter(pk__in=self.ids).select_related("assigned_to").defer("billed", "gateway_findings")
        return list(rows.order_by("arrival"))


def choice_in(request: HttpRequest) -> Choice:
    """What was chosen; raises `Refused` when that is nothing or too much."""
    seen = Claim.objects.visible_to(person_of(request))
    chosen = filtered(request) if request.POST.get(ALL) else seen.filter(pk__in=numbers(request.POST.getlist(TICKED)))
    ids = tuple(chosen.order_by("arrival").values_list("pk", flat=True)[: MOST + 1])
    if not ids:
        raise Refused("No claim is chosen. Tick the claims that are meant.", "nothing_chosen")
    if len(ids) > MOST:
        raise Refused(f"More than {MOST:,} claims are chosen. Narrow the filters until there are fewer.", "too_many")
    return Choice(ids)


def numbers(texts: Sequence[str]) -> list[int]:
    """The ids in the fields of a form: one of each row that was ticked, or many with commas between them."""
    found = [text for one in texts for text in one.split(",")]
    return [number for text in found[: MOST + 1] if (number := whole_number(text)) is not None]


def filtered(request: HttpRequest) -> QuerySet[Claim]:
    """The claims that the filters of the list let through; none when they are not understood."""
    filters = WorklistFilter(QueryDict(request.POST.get(FILTERS, "")), queryset=Claim.objects.none(), request=request)
    seen = Claim.objects.visible_to(person_of(request))
    return filters.narrowed(seen) if filters.is_valid() else seen.none()
