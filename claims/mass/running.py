"""The run: the claims that change are asked of the queue in portions; what it decides is compared with the preview."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from accounts.actions import build_event, record_event, record_events
from claims.adjudication.queue import requeue
from claims.mass.listing import Item, next_portion, write
from claims.mass.obstacles import obstacles
from claims.mass.previewing import THE_WORKER, decided_since, locked_claims
from claims.mass.telling import told_digest
from claims.models import Adjustment, Claim, ClaimStatus, MassAdjustment, MassState
from claims.replay.lines import stored_states
from policy import clock

PORTION = 500

GONE = "It was replaced or voided before it was decided."


def next_to_run(mass: MassAdjustment) -> list[Item]:
    return next_portion(Item.objects.filter(mass=mass, state=Item.State.CHANGES), PORTION)


def still_to_run(mass: MassAdjustment, items: Sequence[Item]) -> list[Item]:
    """Those of these items that may be decided anew, their claims locked; the others are left out, and say why."""
    claims = locked_claims(items)
    sentences = obstacles(list(claims.values()), clock.today(), mass.good_cause) | decided_since(items, claims)
    left = [item for item in items if item.claim_id in sentences]
    for item in left:
        item.state, item.sentence = Item.State.LEFT_OUT, sentences[item.claim_id]
    write(left)
    return [item for item in items if item.claim_id not in sentences]


def ask_portion(mass: MassAdjustment, items: Sequence[Item]) -> None:
    """Approve the adjustments of these claims and ask the queue for their decisions, in the order of the list."""
    asked = still_to_run(mass, items)
    if not asked:
        return
    approve_adjustments(mass, asked)
    requeue([item.claim_id for item in asked], mass.decision_reason, is_adjustment=True)
    for item in asked:
        item.state = Item.State.ASKED
    write(asked)


def approve_adjustments(mass: MassAdjustment, items: Sequence[Item]) -> None:
    """An approved adjustment and an event for each claim; three statements, however many claims."""
    Adjustment.objects.bulk_create(adjustment_of(mass, item) for item in items)
    today = clock.today()
    record_events(
        build_event(
            "adjustment_approved",
            by=THE_WORKER,
            on=today,
            about=("claims.claim", str(item.claim_id)),
            sentence=f"{mass.decision_reason}. Approved by {mass.approved_by}: {mass.approved_reason}",
            data={"mass": mass.pk, "kind": Adjustment.Kind.MASS, "money_at_stake": abs(item.difference)},
        )
        for item in items
    )


def adjustment_of(mass: MassAdjustment, item: Item) -> Adjustment:
    return Adjustment(
        claim_id=item.claim_id,
        kind=Adjustment.Kind.MASS,
        state=Adjustment.State.APPROVED,
        mass=mass,
        reason=mass.reason,
        good_cause=mass.good_cause,
        money_at_stake=abs(item.difference),
        from_decision_id=item.decision_id,
        asked_by=mass.made_by,
        asked_by_label=str(mass.made_by),
        asked_on=mass.made_on,
        settled_by=mass.approved_by,
        settled_on=mass.approved_on,
        settled_reason=mass.approved_reason,
    )


def settle_decided(mass: MassAdjustment) -> int:
    """Note the decisions that were made meanwhile on claims that were asked; how many claims are settled by that."""
    asked = Item.objects.filter(mass=mass, state=Item.State.ASKED)
    moved = ~Q(claim__current_decision=F("decision")) | Q(claim__status__in=(ClaimStatus.ADJUSTED, ClaimStatus.VOIDED))
    items = list(asked.filter(moved).exclude(claim__status=ClaimStatus.QUEUED).order_by("position")[: PORTION * 2])
    made = dict(Claim.objects.filter(pk__in=[item.claim_id for item in items]).values_list("pk", "current_decision_id"))
    for item in items:
        item.made_id = made[item.claim_id] if made[item.claim_id] != item.decision_id else None
        item.state, item.sentence = (Item.State.DECIDED, "") if item.made_id else (Item.State.LEFT_OUT, GONE)
    note_otherwise(items)
    write(items)
    return len(items)


def note_otherwise(items: Sequence[Item]) -> None:
    """Whether what was decided tells something else than the preview did; one query."""
    decided = {item.made_id: item for item in items if item.made_id}
    for decision_id, states in stored_states(list(decided)).items():
        item = decided[decision_id]
        item.came_out_otherwise = told_digest(states) != item.told_digest


def finish(mass: MassAdjustment) -> None:
    """Every claim that was to change was decided anew or left out."""
    mass.state, mass.ended_on = MassState.DONE, clock.today()
    mass.save(update_fields=["state", "ended_on"])
    items = Item.objects.filter(mass=mass, state=Item.State.DECIDED)
    decided, otherwise = items.count(), items.filter(came_out_otherwise=True).count()
    record_event(
        "mass_done",
        by=THE_WORKER,
        on=mass.ended_on,
        about=mass,
        sentence=f"{mass} is done: {decided:,} claims were decided anew, {otherwise:,} otherwise than previewed.",
        data={"decided": decided, "otherwise": otherwise},
    )
