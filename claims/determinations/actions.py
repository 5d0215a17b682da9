"""Acts that make, approve, refuse and revoke determinations: facts that every later decision on the claim honours.

A determination counts at once when what is at stake lies within the own limit of who makes it; otherwise, and always
for a waiver, when a second person approves it. Then the claim is decided anew: at once, or by way of an adjustment when
it is paid. All raise `Refused`, with a sentence and the field it is about.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.actions import record_event
from accounts.models import Role, User
from claims.adjudication import decision, facts
from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.queue import requeue
from claims.adjudication.rulings import DRUG_CATEGORY_EDIT, TIMELY_FILING_EDIT
from claims.adjustments.actions import adjust_by_review, lock, reopen
from claims.adjustments.checks import said
from claims.authority import check_limit, check_role
from claims.determinations import checks
from claims.determinations.timely_filing import Ground, extended_through
from claims.determinations.what_if import money_at_stake, still_stopped, stopped_by
from claims.models import (
    Claim,
    ClaimStatus,
    Decision,
    Determination,
    DeterminationApproval,
    DeterminationRevocation,
)
from claims.nudge import nudge_after_commit
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused

Kind = Determination.Kind

#: Why a decision was asked for, as everyone reads it, the supplier too.
DETERMINED = "A person decided about it"


def override(claim: Claim, edit: str, line: int | None, *, reason: str, by: User) -> Determination:
    """The edit does not decide on a line (None: on any line), whatever it finds."""
    return determine(claim, facts.Determination("override", by.email, clock.today(), reason, edit, line), by)


def waive(claim: Claim, edit: str, until: dt.date, *, reason: str, by: User) -> Determination:
    """The edit does not decide on this claim if it was received by `until`; always with a second person."""
    checks.check_waiver_end(until, claim.received_on)
    return determine(claim, facts.Determination("waiver", by.email, clock.today(), reason, edit, until=until), by)


def grant_more_time(claim: Claim, ground: Ground, day: dt.date, *, reason: str, by: User) -> Determination:
    """An exception to timely filing: `day` is that of the notice or the recovery from which the ground counts."""
    today = clock.today()
    late = stopped_by(decision_that_stands(claim), TIMELY_FILING_EDIT)
    checks.check_stops(late, TIMELY_FILING_EDIT, None)
    visits = claim.lines.filter(number__in=late).values_list("date_of_service", flat=True)
    checks.check_extension(ground, day, claim.received_on, list(visits), today)
    wanted = facts.Determination(
        "timely_filing",
        by.email,
        today,
        reason,
        TIMELY_FILING_EDIT,
        value=ground.value,
        until=extended_through(day),
    )
    return determine(claim, wanted, by)


def give_drug_category(claim: Claim, category: int, *, reason: str, by: User) -> Determination:
    """A reviewer's word on the payment category (1, 2 or 3) of the drug that has no code of its own (HIT-504)."""
    wanted = facts.Determination(
        "drug_category", by.email, clock.today(), reason, DRUG_CATEGORY_EDIT, value=str(category)
    )
    return determine(claim, wanted, by)


@transaction.atomic
def determine(claim: Claim, wanted: facts.Determination, by: User) -> Determination:
    """Check what is wanted against the decision that stands, keep it, and decide the claim anew when it counts."""
    claim = lock(claim)
    check_role(checks.ROLES[wanted.kind], by)
    checks.check_is_decided(claim)
    checks.check_kind_of_edit(wanted.kind, wanted.edit)
    stopped = stopped_by(decision_that_stands(claim), wanted.edit, wanted.line)
    checks.check_stops(stopped, wanted.edit, wanted.line)
    checks.check_none_waiting(claim, wanted.kind, wanted.edit, wanted.line)
    known, tables = facts_that_stand(claim), tables_as_known()
    checks.check_not_absolute(still_stopped(known, wanted, tables).values())
    at_stake = money_at_stake(known, stopped, tables)
    determination = Determination.objects.create(
        claim=claim,
        kind=wanted.kind,
        edit=wanted.edit,
        line_number=wanted.line,
        value=wanted.value,
        until=wanted.until,
        reason=said(wanted.reason),
        money_at_stake=at_stake,
        needs_approval=wanted.kind == Kind.WAIVER or not by.may_decide(at_stake),
        made_by=by,
        made_on=wanted.at,
    )
    tell("determination_made", determination, by, f"{determination}: {determination.reason}")
    if not determination.needs_approval:
        decide_anew(claim, by)
    return determination


@transaction.atomic
def approve(determination: Determination, *, reason: str, by: User) -> DeterminationApproval:
    """The second person's word that lets a determination count; the claim is decided anew."""
    determination = lock_waiting(determination)
    check_role(checks.ROLES[determination.kind], by)
    checks.check_second_person(determination, by)
    check_limit(determination.money_at_stake, by)
    checks.check_is_decided(determination.claim)
    approval = answer(determination, reason, by, is_granted=True)
    decide_anew(determination.claim, by)
    return approval


@transaction.atomic
def refuse(determination: Determination, *, reason: str, by: User) -> DeterminationApproval:
    """The second person's word against a determination: it never counts."""
    determination = lock_waiting(determination)
    check_role(checks.ROLES[determination.kind], by)
    checks.check_second_person(determination, by)
    return answer(determination, reason, by, is_granted=False)


def answer(determination: Determination, reason: str, by: User, *, is_granted: bool) -> DeterminationApproval:
    approval = DeterminationApproval.objects.create(
        determination=determination, is_granted=is_granted, reason=said(reason), made_by=by, made_on=clock.today()
    )
    verb = f"determination_{'approved' if is_granted else 'refused'}"
    tell(verb, determination, by, f"{determination}, {str(approval).lower()}: {approval.reason}")
    return approval


@transaction.atomic
def revoke(determination: Determination, *, reason: str, by: User) -> DeterminationRevocation:
    """End a determination, or withdraw one that waits; a claim on which it counted is decided anew without it."""
    claim = lock(determination.claim)
    determination = Determination.objects.select_related("approval", "revocation").get(pk=determination.pk)
    check_role(checks.ROLES[determination.kind], by)
    if determination.is_of_review:
        raise Refused("Medical review decided this. Only its next decision takes it back.", "of_review")
    state = determination.state
    if state not in (Determination.State.STANDS, Determination.State.PROPOSED):
        raise Refused(f"It does not stand any more: {state.label.lower()}.", "does_not_stand")
    if state == Determination.State.STANDS:
        checks.check_is_decided(claim)
    revocation = DeterminationRevocation.objects.create(
        determination=determination, reason=said(reason), made_by=by, made_on=clock.today()
    )
    tell("determination_revoked", determination, by, f"{determination}, revoked: {revocation.reason}")
    if state == Determination.State.STANDS:
        decide_anew(claim, by)
    return revocation


def decide_anew(claim: Claim, by: User) -> None:
    """Ask for a decision that sees what was just determined; on a paid claim by an adjustment of the person's kind."""
    if claim.status != ClaimStatus.PAID:
        requeue([claim.pk], DETERMINED)
        nudge_after_commit()
        return
    adjust = reopen if by.role == Role.EXAMINER else adjust_by_review
    try:
        adjust(claim, DETERMINED, by=by)
    except Refused as refused:
        if refused.code != "needs_good_cause":
            raise
        raise Refused(f"{refused} Reopen the claim with it first; then decide about it.", refused.code) from refused


def lock_waiting(determination: Determination) -> Determination:
    """The determination with its claim locked; refuses one that does not wait for a second person any more."""
    claim = lock(determination.claim)
    found = Determination.objects.awaiting_approval().filter(pk=determination.pk).first()
    if found is None:
        raise Refused("Somebody was faster: it does not wait for a second person any more.", "already_settled")
    found.claim = claim
    return found


def decision_that_stands(claim: Claim) -> decision.Decision:
    """The decision on the claim as it was recorded."""
    return decision_from_json(stored(claim, "trace"))


def facts_that_stand(claim: Claim) -> facts.ClaimFacts:
    """What that decision knew."""
    return facts_from_json(stored(claim, "facts"))


def stored(claim: Claim, column: str) -> str:
    if claim.current_decision_id is None:
        raise Refused("The claim has no decision yet. Wait until it is decided.", "not_now")
    return str(Decision.objects.values_list(column, flat=True).get(pk=claim.current_decision_id))


def tell(verb: str, determination: Determination, by: User, sentence: str) -> None:
    record_event(
        verb,
        by=by,
        on=clock.today(),
        about=determination.claim,
        sentence=sentence,
        data={
            "determination": determination.pk,
            "value": determination.value,
            "until": determination.until,
            "money_at_stake": determination.money_at_stake,
            "needs_approval": determination.needs_approval,
        },
    )
