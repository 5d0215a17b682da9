"""What may be done with claims: ask for a new decision because a look is due, because something arrived, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from claims.adjudication.queue import requeue
from claims.models import Claim, ClaimStatus

#: A claim in one of these waits; anything that arrives for its patient may end the waiting.
WAITING = (ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED)


@transaction.atomic
def look_at_claims_due(day: dt.date) -> int:
    """Ask for a new decision on every waiting claim whose next look has come (reading 6); how many."""
    due = list(
        Claim.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status__in=WAITING, next_look__lte=day)
        .order_by("next_look", "arrival")
        .values_list("pk", flat=True)
    )
    requeue(due, "A look at a claim that waits for its drug", is_look=True)
    return len(due)


@transaction.atomic
def look_at_claims_of(beneficiaries: Collection[int], what: str) -> int:
    """Something arrived for these patients: decide their waiting claims anew. This is none of the three looks."""
    waiting = list(
        Claim.objects.select_for_update(of=("self",))
        .filter(status__in=WAITING, beneficiary__in=beneficiaries)
        .order_by("arrival")
        .values_list("pk", flat=True)
    )
    requeue(waiting, f"{what} arrived")
    return len(waiting)
