"""Signing a decision, and deciding for want of records; whether a second person must look at it first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from claims.adjustments.checks import check_time
from claims.adjustments.readers import money_at_stake
from claims.authority import check_role
from claims.determinations.checks import NOT_NOW, check_is_decided
from claims.edits.wording import dollars, in_words
from claims.models import Adjustment, Claim, ClaimStatus
from medical_review.actions.effects import let_it_count
from medical_review.actions.holding import check_own, lock_case
from medical_review.actions.writing import add
from medical_review.appeals.acts import check_counts
from medical_review.blind.drawing import draw_for_blind_review
from medical_review.clocks import second_review_above, second_review_share
from medical_review.conflicts import check_may_have
from medical_review.desk import Desk, rationale_text, read_desk, taken_from_the_claim, todos
from medical_review.judging import Judged
from medical_review.models import Case, Finding, Ground, LineVerdict, ReviewDecision, ReviewedLine
from medical_review.models.finding import LineAnswer, LineWords
from medical_review.states import REVIEWS, THE_JOB, CaseState
from medical_review.telling import tell_both
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.tables import PolicyTables

For = ReviewDecision.SecondReviewFor

WITHOUT_RECORDS = "CO-50 N706"


@transaction.atomic
def sign(case: Case, *, by: User, good_cause: str = "") -> ReviewDecision:
    """Sign what is on the desk: every point answered, every line decided, never without a rationale.

    The decision counts at once, or waits for a medical director: when more than the set amount is taken, when the case
    is drawn, or when what is at stake lies above the reviewer's own limit.
    """
    check_role(REVIEWS, by)
    case = lock_case(case, "sign")
    check_own(case, by)
    check_may_have(case, by)
    check_is_decided(case.claim)
    check_counts(case)
    check_in_time(case, good_cause)
    tables = tables_as_known()
    desk = read_desk(case, tables, clock.today())
    money = desk.judge()
    if lacking := [todo.words for todo in todos(desk, money) if not todo.is_done]:
        raise Refused(f"It cannot be signed yet: {'; '.join(lacking)}.", "not_ready")
    keep_what_is_on_file(desk)
    why_second = second_review_for(case, money, desk.words, by, tables)
    decision = write_decision(
        case, desk.words, money, rationale_text(desk), signed_by=by, good_cause=good_cause, second=why_second
    )
    change = f"{dollars(decision.paid_before)} to {dollars(decision.paid_after)}"
    tell_both("review_signed", case, by, f"Decision {decision.number} signed: the claim goes from {change}.")
    draw_for_blind_review(decision, tables)
    if why_second:
        case.state = CaseState.SECOND.value
        case.save(update_fields=["state"])
    else:
        let_it_count(case, decision, by)
    return decision


def check_in_time(case: Case, good_cause: str) -> None:
    """Refuses a review after payment that comes too late, or needs a good cause (42 CFR 405.980(b))."""
    if case.kind == Case.Kind.POSTPAYMENT:
        check_time(case.claim, clock.today(), good_cause, Adjustment.Kind.REVIEW)


def keep_what_is_on_file(desk: Desk) -> None:
    """The answers that the system gave and nobody changed, as versions without a person: the record is whole."""
    for state in desk.points:
        if state.is_from_file:
            values = {"answer": state.answer, "page": "file", "note": state.note[:1000], "document": None}
            add(Finding, desk.case, None, {"point": state.point.number}, values)


def write_decision(
    case: Case,
    words: Mapping[int, LineWords],
    money: Judged,
    rationale: str,
    *,
    signed_by: User | None,
    good_cause: str = "",
    second: str = "",
) -> ReviewDecision:
    """The decision with its lines as they are signed; money in dollars."""
    decision = ReviewDecision.objects.create(
        case=case,
        number=case.decisions.count() + 1,
        reviewed_id=case.claim.current_decision_id,
        rationale=rationale,
        good_cause=good_cause,
        paid_before=money.paid_before,
        paid_after=money.paid_after,
        second_review_for=second,
        signed_by=signed_by,
        signed_on=clock.today(),
    )
    ReviewedLine.objects.bulk_create(
        ReviewedLine(
            decision=decision,
            line=line,
            paid_before=money.lines[line.number].before,
            paid_after=money.lines[line.number].after,
            **{name: getattr(words[line.number], name) for name in WORDS},
        )
        for line in case.claim.lines.all()
    )
    return decision


WORDS = ("verdict", "code", "ground", "points", "codes", "reason")


# ---------- the second person ----------


def second_review_for(case: Case, money: Judged, words: Mapping[int, LineWords], by: User, tables: PolicyTables) -> str:
    """Why a medical director looks at the decision before it counts; "" when nobody does."""
    today = clock.today()
    if not by.may_decide(at_stake(case.claim, money)):
        return For.LIMIT
    if not any(each.verdict == LineVerdict.DENY for each in words.values()):
        return For.NONE
    if taken_from_the_claim(money) > second_review_above(today, tables):
        return For.AMOUNT
    return For.SHARE if is_drawn(case, second_review_share(today, tables)) else For.NONE


def at_stake(claim: Claim, money: Judged) -> Decimal:
    """Dollars that the decision is about: of a paid claim what its adjustment puts at stake."""
    if claim.status == ClaimStatus.PAID:
        return money_at_stake(claim, Adjustment.Kind.REVIEW)
    return max(money.paid_before, money.paid_after)


def is_drawn(case: Case, share: Decimal) -> bool:
    """Whether the case is one of the share: by a hash of its number, so that nobody chooses and anybody can check."""
    thrown = int(hashlib.sha256(case.number.encode()).hexdigest()[:12], 16)
    return Decimal(thrown) < share * 16**12


# ---------- for want of records ----------


def decide_without_records(case: Case) -> ReviewDecision | None:
    """Deny what would pay on a locked case whose records never came; None while the claim is being decided."""
    if ClaimStatus(case.claim.status) in NOT_NOW:
        return None
    tables = tables_as_known()
    desk = read_desk(case, tables, clock.today())
    words = {line.number: without_records(case, is_denied=line.outcome == "deny") for line in desk.decision.lines}
    money = desk.judge_by(words)
    decision = write_decision(case, words, money, without_records_words(case), signed_by=None)
    let_it_count(case, decision, THE_JOB)
    return decision


def without_records(case: Case, *, is_denied: bool) -> LineWords:
    """A line that another edit denies stays as it is; every other one is denied."""
    if is_denied:
        return LineAnswer(verdict=LineVerdict.AFFIRM)
    return LineAnswer(
        verdict=LineVerdict.DENY,
        ground=Ground.MEDICAL_NECESSITY,
        codes=WITHOUT_RECORDS,
        reason=without_records_words(case),
    )


def without_records_words(case: Case) -> str:
    assert case.records_asked_on is not None
    assert case.records_due is not None
    return (
        f"The records asked for on {in_words(case.records_asked_on)} did not come by {in_words(case.records_due)}, so "
        "nothing shows that the service was reasonable and necessary (Pub. 100-08 ch. 3 §3.2.3.8)."
    )
