"""Acts on adjustments: propose, approve, refuse; and reopen, void, adjust after review, which do both at once
when the money at stake lies within the person's own limit.

An approved adjustment puts the claim into the queue, where the next decision takes the place of the one that stands
(the recorder then marks it done). A void goes through no queue: nothing takes the claim's place.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.actions import Actor, record_event
from accounts.models import User
from claims.adjudication.queue import requeue
from claims.adjustments.checks import (
    check_claim,
    check_none_open,
    check_not_refused_before,
    check_role,
    check_second_person,
    check_time,
    said,
    within_own_authority,
)
from claims.adjustments.readers import money_at_stake
from claims.models import Adjustment, Claim, ClaimStatus
from claims.nudge import nudge_after_commit
from claims.payment.actions import take_back
from claims.staleness.outbox import tell_of_patients
from policy import clock
from policy.refusals import Refused

Kind, State = Adjustment.Kind, Adjustment.State

WITHIN_LIMIT = "Within the amount limit of who asked"
BY_THE_SUPPLIER = "Asked for by the supplier"


@transaction.atomic
def propose(
    claim: Claim,
    kind: str,
    reason: str,
    *,
    by: Actor,
    cause: str = "",
    good_cause: str = "",
    at_stake: Decimal | None = None,
    on: dt.date | None = None,
) -> Adjustment:
    """Ask that a claim be decided anew (or voided); it waits for another person's approval.

    `cause` names what moved, by kind and row, when a job asks; a cause that a person refused for this claim is not
    proposed again. `good_cause` is needed after a year. `at_stake` is given, in dollars, by who knows exactly what will
    change; `on` is the day on which it was asked for, when that is not today. Raises Refused, with a sentence, when the
    claim cannot be adjusted, is being adjusted, or it is too late.
    """
    claim = lock(claim)
    check_claim(claim, kind)
    check_none_open(claim)
    check_not_refused_before(claim, cause)
    good_cause = said(good_cause, "good_cause") if good_cause.strip() else ""
    day = on or clock.today()
    check_time(claim, day, good_cause, kind)
    adjustment = Adjustment(
        claim=claim,
        kind=kind,
        reason=said(reason),
        cause=cause,
        good_cause=good_cause,
        money_at_stake=money_at_stake(claim, kind) if at_stake is None else at_stake,
        from_decision_id=claim.current_decision_id,
        asked_by=by if isinstance(by, User) else None,
        asked_by_label=str(by),
        asked_on=day,
    )
    if isinstance(by, User):
        check_role(adjustment, by)
    adjustment.save(force_insert=True)
    tell("adjustment_proposed", adjustment, by, f"{adjustment.kind_words} was asked for: {adjustment.reason}")
    return adjustment


@transaction.atomic
def approve(adjustment: Adjustment, *, by: User, reason: str) -> Adjustment:
    """Approve what another person or a job proposed; the claim goes to the queue, or is voided.

    Raises Refused for who asked, for a person whose amount limit does not cover what is at stake, and when somebody
    else was faster.
    """
    adjustment = lock_proposed(adjustment)
    check_role(adjustment, by)
    check_claim(adjustment.claim, adjustment.kind)
    look_again_at_the_money(adjustment)
    check_second_person(adjustment, by)
    return carry_out(adjustment, by, said(reason))


@transaction.atomic
def refuse(adjustment: Adjustment, *, by: User, reason: str) -> Adjustment:
    """Refuse what was proposed, or withdraw what one asked for oneself; the decision that stands goes on standing."""
    adjustment = lock_proposed(adjustment)
    check_role(adjustment, by)
    settle(adjustment, State.REFUSED, by, said(reason))
    tell_of_patients([adjustment.claim.beneficiary_id])
    tell("adjustment_refused", adjustment, by, f"{adjustment.kind_words} was refused: {adjustment.settled_reason}")
    return adjustment


def reopen(claim: Claim, reason: str, *, by: User, good_cause: str = "") -> Adjustment:
    """Clerical reopening (42 CFR 405.980): decide the claim anew, at once or after a second examiner's approval."""
    return ask(claim, Kind.REOPENING, reason, by, good_cause)


def reopen_at_any_time(claim: Claim, reason: str, *, by: User) -> Adjustment:
    """Reopen for fraud or similar fault, however long ago the claim was decided (42 CFR 405.980(b)(3)).

    `reason` says what the reliable evidence of it is. A second person approves it, whatever is at stake.
    """
    return ask(claim, Kind.ANY_TIME, reason, by, good_cause="")


def adjust_by_review(claim: Claim, reason: str, *, by: User, good_cause: str = "") -> Adjustment:
    """Decide the claim anew on what medical review determined; the determinations are made before this is called."""
    return ask(claim, Kind.REVIEW, reason, by, good_cause)


def void(claim: Claim, reason: str, *, by: Actor, good_cause: str = "", on: dt.date | None = None) -> Adjustment:
    """Take the claim back: all that it paid is reversed to zero, and nothing stands in its place.

    `on` is the day on which the supplier's claim of frequency 8 was received, when that is not today.
    """
    return ask(claim, Kind.VOID, reason, by, good_cause, on)


def accept_replacement(claim: Claim, replacement_id: int, *, by: Actor) -> Adjustment:
    """Note that a claim which was just received (frequency 7) is to replace this locked one, once it is decided.

    The supplier's correction of its own claim needs nobody's approval, an examiner's of what was keyed wrongly must lie
    within the examiner's own limit; the caller has checked that.
    """
    today = clock.today()
    person = by if isinstance(by, User) else None
    adjustment = Adjustment.objects.create(
        claim=claim,
        kind=Kind.REPLACEMENT,
        state=State.APPROVED,
        reason="It was keyed wrongly" if person else "Replaced by a claim of frequency 7",
        money_at_stake=claim.paid_amount or Decimal("0.00"),
        from_decision_id=claim.current_decision_id,
        replacement_id=replacement_id,
        asked_by=person,
        asked_by_label=str(by),
        asked_on=today,
        settled_by=person,
        settled_on=today,
        settled_reason=WITHIN_LIMIT if person else BY_THE_SUPPLIER,
    )
    whose = "The claim keyed anew" if person else "A claim of the supplier's"
    tell("replacement_received", adjustment, by, f"{whose} is to replace this one once it is decided.")
    return adjustment


@transaction.atomic
def ask(
    claim: Claim,
    kind: str,
    reason: str,
    by: Actor,
    good_cause: str,
    on: dt.date | None = None,
    at_stake: Decimal | None = None,
) -> Adjustment:
    """Propose, and carry out at once what lies within the own authority of who asks."""
    adjustment = propose(claim, kind, reason, by=by, good_cause=good_cause, on=on, at_stake=at_stake)
    if not within_own_authority(adjustment, by):
        return adjustment
    return carry_out(adjustment, by, WITHIN_LIMIT if isinstance(by, User) else BY_THE_SUPPLIER)


def carry_out(adjustment: Adjustment, by: Actor, reason: str) -> Adjustment:
    """The approved adjustment of a locked claim: ask for its decision, or void the claim."""
    if adjustment.kind == Kind.VOID:
        settle(adjustment, State.DONE, by, reason)
        void_claim(adjustment.claim)
        tell("claim_voided", adjustment, by, f"The claim was voided: {adjustment.reason}")
        return adjustment
    settle(adjustment, State.APPROVED, by, reason)
    requeue([adjustment.claim_id], adjustment.kind_words, is_adjustment=True)
    tell("adjustment_approved", adjustment, by, f"{adjustment.kind_words} was approved: {reason}")
    nudge_after_commit()
    return adjustment


def void_claim(claim: Claim) -> None:
    """Out of the looks and the payments, and the money back; a claim that it was to replace stands again."""
    claim.status = ClaimStatus.VOIDED
    claim.next_look = claim.payment_day = None
    claim.save(update_fields=["status", "next_look", "payment_day"])
    Adjustment.objects.filter(replacement=claim, state=State.APPROVED).update(
        state=State.REFUSED, settled_reason="The replacement was voided before it was decided"
    )
    take_back([claim.pk], clock.now())
    tell_of_patients([claim.beneficiary_id])


def settle(adjustment: Adjustment, state: str, by: Actor, reason: str) -> None:
    adjustment.state = state
    adjustment.settled_by = by if isinstance(by, User) else None
    adjustment.settled_on = clock.today()
    adjustment.settled_reason = reason
    adjustment.save(
        update_fields=["state", "settled_by", "settled_on", "settled_reason", "money_at_stake", "from_decision"]
    )


def look_again_at_the_money(adjustment: Adjustment) -> None:
    """The claim was decided anew since the proposal: what stands now is what the approval is about."""
    claim = adjustment.claim
    if claim.current_decision_id != adjustment.from_decision_id:
        adjustment.from_decision_id = claim.current_decision_id
        adjustment.money_at_stake = money_at_stake(claim, adjustment.kind)


def lock(claim: Claim) -> Claim:
    """The claim as it is now, locked until the transaction ends."""
    return Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)


def lock_proposed(adjustment: Adjustment) -> Adjustment:
    """The proposal as it is now, its claim locked before it; refuses one that somebody settled meanwhile."""
    claim = lock(adjustment.claim)
    adjustment = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment.pk)
    adjustment.claim = claim
    if adjustment.state != State.PROPOSED:
        raise Refused(
            f"Somebody settled this adjustment meanwhile: {adjustment.get_state_display().lower()}. "
            "Look at the claim again.",
            "already_settled",
        )
    return adjustment


def tell(verb: str, adjustment: Adjustment, by: Actor, sentence: str) -> None:
    record_event(
        verb,
        by=by,
        on=clock.today(),
        about=("claims.claim", str(adjustment.claim_id)),
        sentence=sentence,
        data={"adjustment": adjustment.pk, "kind": adjustment.kind, "money_at_stake": adjustment.money_at_stake},
    )
