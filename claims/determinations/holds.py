"""Holds by hand, and release: what a person holds back is decided as any other claim, but not paid and not told.

A claim may be held by several people at once, and wait for its drug besides: each hold ends for itself. All acts raise
`Refused`, with a sentence and the field it is about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from accounts.actions import build_event, record_event, record_events
from accounts.models import User
from claims.adjudication.queue import requeue
from claims.adjustments.checks import said
from claims.authority import check_role
from claims.determinations import checks
from claims.determinations.actions import lock
from claims.edits.wording import in_words
from claims.models import Claim, ClaimHold, ClaimHoldEnd, ClaimStatus, RemittedDecision
from claims.nudge import nudge_after_commit
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier

#: Who ends the holds whose day has come.
THE_DAY = "the work of the day"
ITS_DAY = "Its day has come"

#: Why a decision was asked for, as everyone reads it.
RELEASED = "Released by a person"

#: A claim in one of these waits, and may be released.
WAITING = (ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED)
#: A claim in one of these may be held by hand: nothing of it has been paid or told.
HOLDABLE = (*WAITING, ClaimStatus.QUEUED, ClaimStatus.PAYABLE, ClaimStatus.DENIED)


@transaction.atomic
def hold_until(claim: Claim, until: dt.date, *, reason: str, by: User) -> ClaimHold:
    """Hold a claim back until a day: it is neither paid nor told before. The clean-claim clock goes on (reading 22)."""
    lock_payments_of(claim)
    claim = lock(claim)
    check_role(checks.WORKS_CLAIMS, by)
    if claim.status not in HOLDABLE or is_told(claim):
        raise Refused("What is paid or told cannot be held back any more. Reopen the claim instead.", "too_late")
    if until <= clock.today():
        raise Refused("The hold must end on a day after today.", "not_after_today", "until")
    hold = ClaimHold.objects.create(claim=claim, until=until, reason=said(reason), made_by=by, made_on=clock.today())
    sentence = f"Held by hand until {in_words(until)}: {hold.reason}"
    record_event("claim_held", by=by, on=hold.made_on, about=claim, sentence=sentence, data={"until": until})
    return hold


def lock_payments_of(claim: Claim) -> None:
    """Take turns with the payment run, which locks the supplier first: it has paid the claim, or sees the hold."""
    if claim.supplier_id:
        Supplier.objects.select_for_update(no_key=True).get(pk=claim.supplier_id)


def is_told(claim: Claim) -> bool:
    return RemittedDecision.objects.filter(decision=claim.current_decision_id).exists()


@transaction.atomic
def end_hold(hold: ClaimHold, *, reason: str, by: User) -> ClaimHoldEnd:
    """End one hold before its day; the others stand."""
    claim = lock(hold.claim)
    check_role(checks.WORKS_CLAIMS, by)
    if not ClaimHold.objects.standing().filter(pk=hold.pk).exists():
        raise Refused("The hold has ended already.", "already_ended")
    end = ClaimHoldEnd.objects.create(hold=hold, reason=said(reason), made_by=by, made_on=clock.today())
    record_event("hold_ended", by=by, on=end.made_on, about=claim, sentence=f"{hold}, ended: {end.reason}")
    return end


@transaction.atomic
def end_holds_due(day: dt.date) -> int:
    """End the holds whose day has come; how many. What is due goes out with the next payment run."""
    due = ClaimHold.objects.standing().filter(until__lte=day)
    if not due.exists():
        return 0
    locked = due.select_related("claim").order_by("arrival").select_for_update(skip_locked=True, of=("self",))
    holds = list(locked)
    for hold in holds:
        ClaimHoldEnd.objects.create(hold=hold, reason=ITS_DAY, made_on=day)
        record_event("hold_ended", by=THE_DAY, on=day, about=hold.claim, sentence=f"{hold}: the day has come")
    return len(holds)


@transaction.atomic
def release(claim: Claim, *, reason: str, by: User) -> None:
    """Decide a waiting claim anew, whole and now. What still holds it goes on holding it: a drug that has not come, an
    edit that needs a person, a hold by hand.
    """
    claim = lock(claim)
    check_role(checks.WORKS_CLAIMS, by)
    checks.check_is_decided(claim)
    if claim.status not in WAITING:
        raise Refused("The claim does not wait. Only a claim on hold or suspended is released.", "does_not_wait")
    ask_anew([claim], reason, by)


def ask_anew(waiting: Sequence[Claim], reason: str, by: User) -> None:
    """Ask for new decisions on locked claims that wait, in the order given, each with its event."""
    sentence, today = f"Released: {said(reason)}", clock.today()
    record_events(build_event("claim_released", by=by, on=today, about=claim, sentence=sentence) for claim in waiting)
    requeue([claim.pk for claim in waiting], RELEASED)
    nudge_after_commit()
