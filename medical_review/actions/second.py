"""Second review by a medical director, never the one who signed: agrees, sends it back, or decides otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from claims.adjustments.checks import said
from claims.authority import check_limit, check_role, check_second_person
from claims.determinations.checks import check_is_decided
from medical_review.actions.deciding import at_stake, check_in_time, write_decision
from medical_review.actions.effects import let_it_count
from medical_review.actions.holding import lock_case
from medical_review.actions.writing import check_verdict
from medical_review.conflicts import check_may_have
from medical_review.desk import read_desk, todos
from medical_review.models import Case, ReviewDecision, SecondReview
from medical_review.models.finding import LineAnswer
from medical_review.states import SECONDS, CaseState
from medical_review.telling import tell_both
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused

Word = SecondReview.Word


@transaction.atomic
def agree(case: Case, *, reason: str, by: User) -> SecondReview:
    """The decision counts as it was signed."""
    case, decision = lock_for_second(case, "agree", by)
    desk = read_desk(case, tables_as_known(), clock.today())
    signed = {each.line.number: each for each in decision.lines.select_related("line")}
    money = desk.judge_by(signed)
    check_limit(at_stake(case.claim, money), by)
    check_in_time(case, decision.good_cause)
    review = say(decision, Word.AGREE, reason, by)
    let_it_count(case, decision, by)
    return review


@transaction.atomic
def send_back(case: Case, *, reason: str, by: User) -> SecondReview:
    """The first reviewer has the case again, with the reasons of the disagreement on its record."""
    case, decision = lock_for_second(case, "send_back", by)
    review = say(decision, Word.SEND_BACK, reason, by)
    case.state = CaseState.IN_REVIEW.value
    case.save(update_fields=["state"])
    return review


@transaction.atomic
def overrule(case: Case, lines: Mapping[int, LineAnswer], rationale: str, *, reason: str, by: User) -> ReviewDecision:
    """The director decides otherwise, by the number of each line, with a rationale of their own: this decision counts.

    It stands beside the one it takes the place of, with the reason of the disagreement.
    """
    case, decision = lock_for_second(case, "overrule", by)
    if not rationale.strip():
        raise Refused("Nothing is decided without a rationale. Say what it rests on.", "no_rationale", "rationale")
    for answer in lines.values():
        check_verdict(case, answer.verdict)
    desk = read_desk(case, tables_as_known(), clock.today()).with_lines(lines)
    money = desk.judge()
    if lacking := [todo.words for todo in todos(desk, money) if not todo.is_done and todo.anchor.startswith("line")]:
        raise Refused(f"It cannot be signed yet: {'; '.join(lacking)}.", "not_ready")
    check_limit(at_stake(case.claim, money), by)
    check_in_time(case, decision.good_cause)
    say(decision, Word.OVERRULE, reason, by)
    own = write_decision(case, desk.words, money, rationale.strip(), signed_by=by, good_cause=decision.good_cause)
    let_it_count(case, own, by)
    return own


def lock_for_second(case: Case, act: str, by: User) -> tuple[Case, ReviewDecision]:
    """The locked case and the decision that waits; refuses who signed it, a tie, another role."""
    check_role(SECONDS, by)
    case = lock_case(case, act)
    decision = case.decisions.order_by("-number").select_related("signed_by").first()
    assert decision is not None
    check_second_person(decision.signed_by_id, by, "signed this decision", remedy="Another director must look at it")
    check_may_have(case, by)
    check_is_decided(case.claim)
    return case, decision


def say(decision: ReviewDecision, word: str, reason: str, by: User) -> SecondReview:
    review = SecondReview.objects.create(
        decision=decision, word=word, reason=said(reason), made_by=by, made_on=clock.today()
    )
    tell_both(
        "second_review", decision.case, by, f"Second review of decision {decision.number}: {review}. {review.reason}"
    )
    return review
