"""Opening cases: one that a person chooses, and all that the outbox and the suspended claims ask for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actions import Actor, record_events
from accounts.models import User
from claims.adjustments.actions import lock
from claims.adjustments.checks import said
from claims.authority import check_role
from claims.determinations.checks import NOT_NOW
from claims.determinations.holds import is_told, lock_payments_of
from claims.models import Claim, ClaimLine, ClaimStatus, ClockStop, LineDecision, LineOutcome, ReviewReferral
from medical_review.actions.holding import IN_REVIEW
from medical_review.clocks import decide_by
from medical_review.models import Case, Draw
from medical_review.models.people import SKILL_OF
from medical_review.states import SELECTS, THE_JOB
from medical_review.telling import events_of_both
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.tables import PolicyTables

Kind, Selection = Case.Kind, Case.Selection

PREPAYMENT_REVIEW = "HIT-206"
#: Edits whose suspension waits for a reviewer. Others wait for an examiner, HIT-901 for an administrator.
REVIEWED_EDITS = (
    "HIT-106",
    PREPAYMENT_REVIEW,
    "HIT-310",
    *(f"HIT-{number}" for number in range(401, 410)),
    "HIT-504",
    "HIT-604",
    "HIT-605",
)

AT_ONCE = 200

#: A claim in one of these is reviewed before, or after, its payment.
BEFORE_PAYMENT = (ClaimStatus.SUSPENDED, ClaimStatus.ON_HOLD, ClaimStatus.PAYABLE)
AFTER_PAYMENT = (ClaimStatus.PAID, ClaimStatus.DENIED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A claim for which a case is to be opened, how it was selected and why; its clock `begins` today unless told."""

    claim: Claim
    kind: str
    selection: str
    why: str
    edits: Sequence[str] = field(default_factory=list)
    referral: ReviewReferral | None = None
    draw: Draw | None = None
    draw_position: int | None = None
    before: Case | None = None
    begins: dt.date | None = None


# ---------- by a person ----------


@transaction.atomic
def open_by_hand(claim: Claim, *, why: str, by: User) -> Case:
    """An examiner or a reviewer chooses a claim, before or after its payment as it stands."""
    lock_payments_of(claim)
    claim = lock(claim)
    check_role(SELECTS, by)
    check_selectable(claim)
    chosen = Chosen(claim, kind_for(claim), Selection.HAND, said(why))
    return open_cases([chosen], by=by)[0]


def check_selectable(claim: Claim) -> None:
    """Refuses a claim that is in no state to be reviewed, or is in review already."""
    if claim.is_test:
        raise Refused("A test claim is decided apart from all others and is never reviewed.", "test_claim")
    if why := NOT_NOW.get(ClaimStatus(claim.status)):
        raise Refused(why, "not_now")
    if Claim.objects.replacing([claim.pk]).exists():
        raise Refused("Another claim is about to take this one's place. Review that one.", "being_replaced")
    if case := Case.objects.open().filter(claim=claim).first():
        raise Refused(f"The claim is in medical review already: {case.number}.", "already_open")


def kind_for(claim: Claim) -> str:
    """Before payment while nobody was told; a denial that was told, and what was paid, is reviewed afterwards."""
    is_before = claim.status in BEFORE_PAYMENT and not is_told(claim)
    return Kind.PREPAYMENT if is_before else Kind.POSTPAYMENT


# ---------- by the scheduled work ----------


def open_due_cases() -> int:
    """Open a case for each referral that stands and for each suspended claim that waits for a reviewer; how many.

    Safe to run again and at the same time: a claim that another has is passed over, and one has one open case.
    """
    opened = 0
    while done := open_some():
        opened += done
    return opened


@transaction.atomic
def open_some() -> int:
    chosen: dict[int, Chosen] = {}
    for each in (*referred_claims(), *suspended_claims()):
        chosen.setdefault(each.claim.pk, each)
    return len(open_cases(list(chosen.values()), by=THE_JOB))


def referred_claims() -> list[Chosen]:
    """Claims that were sent here and have no case yet, in the order of the outbox."""
    standing = ReviewReferral.objects.standing().filter(cases=None)
    standing = standing.filter(claim__status__in=(*BEFORE_PAYMENT, ClaimStatus.DENIED))
    standing = standing.exclude(Exists(Case.objects.open().filter(claim=OuterRef("claim_id"))))
    rows = standing.select_related("claim").order_by("arrival")[:AT_ONCE]
    free = lock_free([row.claim_id for row in rows])
    return [
        Chosen(row.claim, Kind.PREPAYMENT, Selection.REFERRAL, row.reason, referral=row)
        for row in rows
        if row.claim_id in free
    ]


def suspended_claims() -> Iterator[Chosen]:
    """Claims that an edit of a reviewer's suspended, each once for the decision that did."""
    waiting = list(waiting_for_a_reviewer().order_by("received_on", "arrival")[:AT_ONCE])
    free = lock_free([claim.pk for claim in waiting])
    edits = edits_that_suspend([claim.current_decision_id for claim in waiting if claim.current_decision_id])
    for claim in waiting:
        if claim.pk in free:
            found = edits[claim.current_decision_id or 0]
            is_selected = PREPAYMENT_REVIEW in found
            selection = Selection.PREPAYMENT_REVIEW if is_selected else Selection.EDIT
            yield Chosen(claim, Kind.PREPAYMENT, selection, f"Suspended by {', '.join(found)}", found)


def waiting_for_a_reviewer() -> QuerySet[Claim]:
    """Suspended claims on which an edit of a reviewer's suspends a line, without a case for the decision that did."""
    of_decision = LineDecision.objects.filter(
        decision=OuterRef("current_decision_id"), outcome=LineOutcome.SUSPEND, edits__overlap=list(REVIEWED_EDITS)
    )
    has_case = Case.objects.filter(claim=OuterRef("pk"))
    done = has_case.filter(decision=OuterRef("current_decision_id"))
    claims = Claim.objects.filter(status=ClaimStatus.SUSPENDED, is_test=False, edits__overlap=list(REVIEWED_EDITS))
    return claims.filter(Exists(of_decision)).exclude(Exists(done)).exclude(Exists(has_case.open()))


def edits_that_suspend(decision_ids: Collection[int]) -> dict[int, list[str]]:
    """The edits of a reviewer's on suspended lines, by decision; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    lines = LineDecision.objects.filter(decision__in=decision_ids, outcome=LineOutcome.SUSPEND)
    for decision, edits in lines.values_list("decision_id", "edits"):
        found[decision].update(set(edits) & set(REVIEWED_EDITS))
    return defaultdict(list, {decision: sorted(edits) for decision, edits in found.items()})


def lock_free(claim_ids: Collection[int]) -> set[int]:
    """Of these claims those that nobody else works at this moment, locked."""
    free = Claim.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk__in=claim_ids)
    return set(free.order_by("pk").values_list("pk", flat=True))


# ---------- both ----------


def open_cases(chosen: Sequence[Chosen], *, by: Actor) -> list[Case]:
    """Open the cases of these locked claims: referrals, cases, standing clocks and events; as many queries for all."""
    if not chosen:
        return []
    today, tables = clock.today(), tables_as_known()
    needs = skills_for([each.claim.pk for each in chosen], tables)
    referrals = hold_back(chosen, by, today)
    cases = Case.objects.bulk_create(
        Case(
            claim=each.claim,
            supplier_id=each.claim.supplier_id,
            decision_id=each.claim.current_decision_id,
            before=each.before,
            kind=each.kind,
            selection=each.selection,
            why=each.why,
            edits=list(each.edits),
            needs=needs[each.claim.pk],
            referral=each.referral or referrals.get(each.claim.pk),
            draw=each.draw,
            draw_position=each.draw_position,
            opened_on=today,
            decide_by=decide_by(each.kind, each.begins or today, tables),
        )
        for each in chosen
    )
    stop_clocks([case.claim_id for case in cases if case.is_before_payment], today)
    record_events(
        event for case in cases for event in events_of_both("case_opened", case, by, opened_words(case), today)
    )
    return cases


def opened_words(case: Case) -> str:
    return f"Opened {case.get_kind_display().lower()}: {case.why}."


def skills_for(claim_ids: Collection[int], tables: PolicyTables) -> dict[int, list[str]]:
    """What a reviewer of each claim must know, by the payment categories of its lines; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    lines = ClaimLine.objects.filter(claim__in=claim_ids).values_list("claim_id", "hcpcs", "date_of_service")
    for claim, hcpcs, day in lines:
        if code := tables.visit_codes.on(hcpcs, day):
            found[claim].add(SKILL_OF[code.category].value)
    return defaultdict(list, {claim: sorted(skills) for claim, skills in found.items()})


def hold_back(chosen: Sequence[Chosen], by: Actor, today: dt.date) -> dict[int, ReviewReferral]:
    """Referrals for the claims before payment that have none: until their case ends they are neither paid nor told."""
    person = by if isinstance(by, User) else None
    made = ReviewReferral.objects.bulk_create(
        ReviewReferral(claim=each.claim, reason=each.why[:500], made_by=person, made_on=today)
        for each in chosen
        if each.kind == Kind.PREPAYMENT and each.referral is None
    )
    return {referral.claim_id: referral for referral in made}


def stop_clocks(claim_ids: Collection[int], today: dt.date) -> None:
    """The clean-claim clocks of these claims stand while they are reviewed (reading 22)."""
    standing = set(ClockStop.objects.filter(claim__in=claim_ids, resumed_on=None).values_list("claim_id", flat=True))
    ClockStop.objects.bulk_create(
        ClockStop(claim_id=pk, stopped_on=today, reason=IN_REVIEW) for pk in claim_ids if pk not in standing
    )
