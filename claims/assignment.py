"""Who works which claim: to oneself, to a colleague, to nobody; and the next one that waits for a person.

All acts raise `Refused`, with a sentence and the field it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actions import Actor, build_event, record_events
from accounts.models import User
from claims.authority import check_role
from claims.determinations.checks import DECIDES
from claims.models import Claim, ClaimStatus, ClockStop
from policy import clock
from policy.refusals import Refused

#: Nothing is left to do on a claim in one of these states.
SETTLED = (ClaimStatus.REJECTED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED)


def colleagues() -> QuerySet[User]:
    """Whom claims may be assigned to: people who decide about claims and may sign in."""
    return User.objects.filter(role__in=DECIDES, is_active=True).order_by("name", "pk")


@transaction.atomic
def assign(claim_ids: Sequence[int], to: User | None, *, by: Actor, reason: str = "") -> int:
    """Give claims to a person, or take them from whoever has them (None); the number that changed hands.

    Claims that the person has already, and those on which nothing is left to do, are passed over. A person works what
    is assigned to others too: assignment says who sees to a claim, it locks nobody out.
    """
    if isinstance(by, User):
        check_role(DECIDES, by)
    if to is not None:
        check_may_work(to)
    found = Claim.objects.filter(pk__in=claim_ids).exclude(status__in=SETTLED).order_by("pk")
    locked = found.select_for_update(no_key=True).values_list("pk", "assigned_to_id")
    moved = [pk for pk, had in locked if had != (to.pk if to else None)]
    hand_over(moved, to, by, reason)
    return len(moved)


@transaction.atomic
def take_next(*, by: User) -> Claim | None:
    """Give a person the claim whose clock has run longest of those that wait for a person and are with nobody.

    Two who ask at the same moment get two claims: one that the other's transaction has is passed over.
    """
    check_role(DECIDES, by)
    claim = waiting_for_a_person().select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
    if claim is not None:
        hand_over([claim.pk], by, by, "The next that waits for a person")
    return claim


def waiting_for_a_person() -> QuerySet[Claim]:
    """Suspended claims that are with nobody, in the order of their clocks; where a clock stands, others are awaited."""
    stopped = ClockStop.objects.filter(claim=OuterRef("pk"), resumed_on__isnull=True)
    waiting = Claim.objects.filter(status=ClaimStatus.SUSPENDED, assigned_to__isnull=True, is_test=False)
    return waiting.exclude(Exists(stopped)).order_by("received_on", "arrival")


def check_may_work(person: User) -> None:
    if not person.is_active or person.role not in DECIDES:
        raise Refused(
            f"{person} does not work claims. Choose an examiner, a reviewer or a medical director who may sign in.",
            "does_not_work_claims",
            "to",
        )


def hand_over(claim_ids: Sequence[int], to: User | None, by: Actor, reason: str) -> None:
    """Write who has these locked claims, and an event for each."""
    Claim.objects.filter(pk__in=claim_ids).update(assigned_to=to)
    today, words = clock.today(), " ".join(reason.split())[:500]
    sentence = (f"Assigned to {to}" if to else "Assigned to nobody") + (f": {words}" if words else "")
    record_events(
        build_event(
            "claim_assigned",
            by=by,
            on=today,
            about=("claims.claim", str(pk)),
            sentence=sentence,
            data={"to": to.pk if to else None},
        )
        for pk in claim_ids
    )
