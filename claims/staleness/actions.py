"""What is done about stale claims: what nobody was told is decided anew at once, the rest is proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.actions import build_event, record_event, record_events
from accounts.models import Event
from beneficiaries.models import MovedKind
from claims.adjudication.queue import requeue
from claims.adjudication.reading.sql import array
from claims.adjustments.actions import lock_proposed, propose, settle, tell
from claims.models import Adjustment, Claim, LookedThrough
from claims.staleness.candidates import claims_touched, patients_overtaken
from claims.staleness.judging import Stale, stale_among
from claims.staleness.movers import THE_WATCH
from policy import clock
from policy.refusals import Refused

#: Refusals of a proposal: the claim may not be reopened for this any more; it was proposed, or refused, before.
TOO_LATE = ("too_late", "needs_good_cause")
DONE_ALREADY = ("already_open", "refused_before")

SETTLED = "What had moved does not change the decision any more"

LOCK_PATIENTS = "SELECT FROM beneficiaries_beneficiary WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"

PATIENTS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Watched:
    """How many claims are decided anew, proposed for it, and not proposed any more."""

    asked: int = 0
    proposed: int = 0
    withdrawn: int = 0

    @property
    def moved(self) -> int:
        """Those that are decided anew or proposed for it."""
        return self.asked + self.proposed

    def __add__(self, other: Watched) -> Watched:
        return Watched(self.asked + other.asked, self.proposed + other.proposed, self.withdrawn + other.withdrawn)


#: The look that `LookedThrough` tells of; and how much of the days before is looked at again: a batch may have been
#: begun before midnight and be committed after the look of the day.
OVERTAKEN = "overtaken"
MARGIN = dt.timedelta(days=1)


def look_at_overtaken() -> Watched:
    """Look at the claims after which an earlier visit was decided and paid, since the look before, however long ago."""
    today = clock.today()
    before = LookedThrough.objects.filter(look=OVERTAKEN).first()
    since = min(before.day, today) - MARGIN if before else dt.date.min
    done = look_at_decided(patients_overtaken(since), MovedKind.DECISIONS)
    LookedThrough.objects.bulk_create(
        [LookedThrough(look=OVERTAKEN, day=today)], update_conflicts=True, unique_fields=["look"], update_fields=["day"]
    )
    return done


def look_at_decided(patients: Sequence[int], kind: str) -> Watched:
    """History of a kind has moved for these patients: find their decided claims that are stale and act on each."""
    done = Watched()
    for start in range(0, len(patients), PATIENTS_AT_ONCE):
        done += look_at_some(patients[start : start + PATIENTS_AT_ONCE], kind)
    return done


@transaction.atomic
def look_at_some(patients: Collection[int], kind: str) -> Watched:
    """The same for so many patients that their claims do not wait long for a worker."""
    lock_patients(patients)
    stale, sound = stale_among(claims_touched(patients, kind))
    if stale:
        # Meanwhile one of them may have been paid, or a person may have asked for another decision.
        stale, _ = stale_among(lock_claims([claim.claim_id for claim in stale]))
    untold = [claim for claim in stale if not claim.is_told]
    ask_anew(untold)
    proposed = [claim for claim in stale if claim.is_told and propose_anew(claim)]
    return Watched(len(untold), len(proposed), withdraw(sound))


def lock_patients(patients: Collection[int]) -> None:
    """As a worker does: no other decides a claim of these patients meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_PATIENTS, [array(patients)])


def lock_claims(claim_ids: Collection[int]) -> list[int]:
    locked = Claim.objects.select_for_update(of=("self",)).filter(pk__in=claim_ids).order_by("pk")
    return list(locked.values_list("pk", flat=True))


def ask_anew(stale: Sequence[Stale]) -> None:
    """Nobody was told these decisions: ask for new ones, the claims in the order they came."""
    if not stale:
        return
    today = clock.today()
    requeue([claim.claim_id for claim in stale], Adjustment.Kind.HISTORY.label)
    record_events(
        build_event(
            "decided_anew",
            by=THE_WATCH,
            on=today,
            about=about(claim),
            sentence=f"{claim.sentence} It is decided anew.",
            data={"cause": claim.cause},
        )
        for claim in stale
    )


def propose_anew(stale: Stale) -> bool:
    """The supplier was told this decision: propose another, once for a cause; whether that was done."""
    claim = Claim.objects.get(pk=stale.claim_id)
    kind, at_stake = Adjustment.Kind.HISTORY, stale.money_at_stake
    try:
        propose(claim, kind, stale.sentence, by=THE_WATCH, cause=stale.cause, at_stake=at_stake)
    except Refused as refusal:
        if refusal.code in TOO_LATE:
            note_too_late(stale, refusal)
        elif refusal.code not in DONE_ALREADY:
            raise
        return False
    return True


def note_too_late(stale: Stale, refusal: Refused) -> None:
    """The claim may not be reopened for this any more: say so once for a cause; a person may know a good cause."""
    kind, number = about(stale)
    told = Event.objects.filter(verb="stale_too_late", about_type=kind, about_id=number, data__cause=stale.cause)
    if not told.exists():
        record_event(
            "stale_too_late",
            by=THE_WATCH,
            on=clock.today(),
            about=(kind, number),
            sentence=f"{stale.sentence} It was not proposed to decide it anew. {refusal}",
            data={"cause": stale.cause},
        )


def about(stale: Stale) -> tuple[str, str]:
    return "claims.claim", str(stale.claim_id)


def withdraw(sound: Collection[int]) -> int:
    """Take back the proposals for claims that would be decided as they are; how many."""
    open_proposals = Adjustment.objects.filter(
        claim__in=sound, kind=Adjustment.Kind.HISTORY, state=Adjustment.State.PROPOSED
    )
    proposals = list(open_proposals.select_related("claim").order_by("pk"))
    for proposal in proposals:
        adjustment = lock_proposed(proposal)
        settle(adjustment, Adjustment.State.REFUSED, THE_WATCH, SETTLED)
        tell("adjustment_withdrawn", adjustment, THE_WATCH, f"The proposal was withdrawn. {SETTLED}.")
    return len(proposals)
