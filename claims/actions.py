"""What may be done with claims: ask for a new decision because a look is due, because something arrived."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction

from beneficiaries.actions import take_arrived_history
from beneficiaries.models import HistoryArrival
from claims.adjudication.queue import requeue
from claims.models import Claim, ClaimStatus
from claims.staleness.actions import lock_patients, look_at_decided
from claims.staleness.movers import identify_patients, kinds_that_end_waiting, put_back, spread_changed_records
from policy.arrivals import take_arrivals

#: A claim in one of these waits; anything that arrives for its patient may end the waiting.
WAITING = (ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED)

#: Outbox rows worked in one transaction: patients whose claims a worker cannot take meanwhile.
ARRIVALS_AT_ONCE = 200


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
    """Look at the claims of patients whose history has grown or moved; how many are decided anew or proposed for it.

    What comes meanwhile, or is put back, is looked at the next time.
    """
    spread_changed_records()
    (last,) = take_arrivals(1)
    total = 0
    while (found := look_at_some_arrivals(last)) is not None:
        total += found
    return total


@transaction.atomic
def look_at_some_arrivals(last: int) -> int | None:
    """A portion of the outbox; None when it is empty. What waits is decided anew, what was decided when it is stale."""
    arrived = take_arrived_history(ARRIVALS_AT_ONCE, last)
    if not arrived:
        return None
    # All at once and in one order, so that two such looks wait for each other instead of for ever.
    lock_patients({row.beneficiary_id for row in arrived})
    identify_patients(arrived)
    put_back(arrived)
    total = look_at_waiting(kinds_that_end_waiting(arrived))
    for kind in dict.fromkeys(row.kind for row in arrived):
        total += look_at_decided(sorted({row.beneficiary_id for row in arrived if row.kind == kind}), kind).moved
    return total


def look_at_waiting(arrived: Iterable[HistoryArrival]) -> int:
    """Decide anew what waits for these patients; how many claims."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for row in arrived:
        if (kind := row.get_kind_display()) not in kinds[row.beneficiary_id]:
            kinds[row.beneficiary_id].append(kind)
    patients: dict[str, list[int]] = defaultdict(list)
    for patient, what in kinds.items():
        patients[", ".join(what)].append(patient)
    return sum(look_at_claims_of(of, what[:100]) for what, of in patients.items())


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
