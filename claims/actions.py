"""What may be done with claims: ask for a new decision because a look is due, because something arrived, by hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.db import transaction

from beneficiaries.actions import take_arrived_history
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


def look_at_arrivals() -> int:
    """Decide anew what waits for patients whose history has grown; how many claims."""
    total = 0
    while found := look_at_some_arrivals():
        total += sum(found)
    return total


@transaction.atomic
def look_at_some_arrivals() -> list[int]:
    """A portion of the outbox; how many claims for each group of patients for whom the same things arrived."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for arrived in take_arrived_history():
        if (kind := arrived.get_kind_display()) not in kinds[arrived.beneficiary_id]:
            kinds[arrived.beneficiary_id].append(kind)
    patients: dict[str, list[int]] = defaultdict(list)
    for patient, what in kinds.items():
        patients[", ".join(what)].append(patient)
    return [look_at_claims_of(of, what[:100]) for what, of in patients.items()]


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
