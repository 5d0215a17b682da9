"""A decision of medical review: who signs it, what it leaves, and what the claim pays then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.readers import events_about
from claims.adjudication.engine import decide as decide_facts
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.facts import Determination as FactDetermination
from claims.models import Claim, ClaimStatus, ClockStop, Determination, Overpayment, Remittance, ReviewReferral
from claims.payment.actions import run_payment_day
from claims.payment.readers import remittance_page
from medical_review.actions import second
from medical_review.actions.assigning import take
from medical_review.actions.closing import close_pointless, reopen
from medical_review.actions.deciding import is_drawn, second_review_for, sign
from medical_review.actions.opening import open_by_hand
from medical_review.actions.records import ask_for_records, deny_overdue
from medical_review.desk import read_desk
from medical_review.models import Case, LineAnswer, LineVerdict
from medical_review.states import CaseState
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.tables import PolicyTables
from tests.claims.adjudication.worlds import VISIT_CODES, claims
from tests.claims.adjudication.worlds import tables as policies
from tests.claims.pages.scene import line
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings
from tests.factories.world import World
from tests.medical_review.scene import FIRST, SECOND_VISIT, decide, limited, ready, with_settings

AFFIRM, ADJUST, DENY = LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY


def test_affirmed_lines_pay_as_billed(case: Case, reviewer: User) -> None:
    decision = sign(ready(case, reviewer, AFFIRM, AFFIRM), by=reviewer)
    claim = decide(case.claim)
    assert claim.status == ClaimStatus.PAYABLE
    assert claim.paid_amount == decision.paid_after == decision.paid_before
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED


def test_an_adjusted_line_pays_as_the_other_code_and_a_denied_one_nothing(case: Case, reviewer: User) -> None:
    decision = sign(ready(case, reviewer, ADJUST, DENY), by=reviewer)
    claim = decide(case.claim)
    first, second = claim.current_decision.lines.order_by("number")
    assert (first.outcome, second.outcome) == ("pay", "deny")
    assert (second.group, second.carc, second.rarcs, second.edits) == ("CO", "272", ["N705"], ["HIT-404", "REVIEW"])
    assert claim.paid_amount == decision.paid_after == first.paid
    assert first.paid < decision.lines.get(line__number=1).paid_before


def test_a_decision_leaves_determinations_events_and_ends_what_held_the_claim(case: Case, reviewer: User) -> None:
    sign(ready(case, reviewer, AFFIRM, DENY), by=reviewer)
    assert {(each.kind, each.line_number) for each in Determination.objects.all()} == {
        ("review_affirm", 1),
        ("review_deny", 2),
    }
    assert {"review_signed", "review_decided"} <= {event.verb for event in events_about(case)}
    assert "review_decided" in {event.verb for event in events_about(case.claim)}
    assert not ReviewReferral.objects.standing().exists()
    assert not ClockStop.objects.filter(resumed_on=None).exists()


def test_nothing_is_signed_before_every_point_and_line_is_answered(case: Case, reviewer: User) -> None:
    with pytest.raises(Refused, match=r"is not answered.*Line 1 has no decision"):
        sign(case, by=reviewer)
    assert not case.decisions.exists()
    assert Claim.objects.get().paid_amount == Decimal("0.00")


# ---------- after payment ----------


@pytest.fixture
def paid(payable: World) -> Claim:
    """A claim of an initial and a subsequent visit that was paid."""
    claim = decide(payable.claim(lines=[line("G0088", FIRST), line("G0068", SECOND_VISIT)]))
    assert claim.payment_day is not None
    clock.set_today(claim.payment_day)
    run_payment_day(claim.payment_day)
    return Claim.objects.get()


def test_a_denial_after_payment_adjusts_the_claim_and_finds_the_overpayment(paid: Claim, reviewer: User) -> None:
    case = take(open_by_hand(paid, why="Seen in a report", by=reviewer), reviewer, by=reviewer)
    decision = sign(ready(case, reviewer, AFFIRM, DENY), by=reviewer)
    claim = decide(paid)
    adjustment = claim.adjustments.get()
    assert (adjustment.kind, adjustment.state) == ("review", "done")
    assert claim.paid_amount == decision.paid_after
    day = claim.payment_day
    assert day is not None
    clock.set_today(day)
    run_payment_day(day)
    assert Overpayment.objects.get().amount == decision.paid_before - decision.paid_after


def test_the_remittance_of_an_adjusted_line_names_the_code_decided_on_and_the_one_billed(
    paid: Claim, reviewer: User, examiner: User
) -> None:
    case = take(open_by_hand(paid, why="Seen in a report", by=reviewer), reviewer, by=reviewer)
    sign(ready(case, reviewer, ADJUST, AFFIRM), by=reviewer)
    day = decide(paid).payment_day
    assert day is not None
    clock.set_today(day)
    run_payment_day(day)
    told = Remittance.objects.latest("pk")
    services = [segment.strip().split("*") for segment in told.content.split("~") if segment.strip()[:4] == "SVC*"]
    codes = [(each[1], each[6] if len(each) > 6 else "") for each in services]
    reversed_lines, corrected = [("HC:G0088", ""), ("HC:G0068", "")], [("HC:G0068", "HC:G0088"), ("HC:G0068", "")]
    assert codes == reversed_lines + corrected
    assert oxedi_findings(told.content.encode()) == []
    assert pyx12_findings(told.content.encode()) == ""
    lines = [line for each in remittance_page(examiner, told.pk).claims for line in each.told.lines]
    assert ("G0068", "G0088") in [(line.hcpcs, line.billed) for line in lines]


def test_affirming_every_line_of_a_paid_claim_adjusts_nothing(paid: Claim, reviewer: User) -> None:
    case = take(open_by_hand(paid, why="Seen in a report", by=reviewer), reviewer, by=reviewer)
    sign(ready(case, reviewer, AFFIRM, AFFIRM), by=reviewer)
    assert not paid.adjustments.exists()
    assert Claim.objects.get().status == ClaimStatus.PAID


def test_after_a_year_a_review_needs_a_good_cause(paid: Claim, reviewer: User) -> None:
    case = take(open_by_hand(paid, why="Seen in a report", by=reviewer), reviewer, by=reviewer)
    ready(case, reviewer, AFFIRM, DENY)
    clock.set_today(dt.date(2027, 2, 1))
    with pytest.raises(Refused) as refused:
        sign(case, by=reviewer)
    assert (refused.value.code, refused.value.field) == ("needs_good_cause", "good_cause")
    assert sign(case, by=reviewer, good_cause="New and material evidence").good_cause


def test_the_next_decision_takes_the_place_of_the_one_before(paid: Claim, reviewer: User) -> None:
    for verdict, paying in ((DENY, 1), (AFFIRM, 2)):
        case = take(open_by_hand(Claim.objects.get(), why="Seen", by=reviewer), reviewer, by=reviewer)
        sign(ready(case, reviewer, AFFIRM, verdict), by=reviewer)
        claim = decide(paid)
        assert claim.current_decision.lines.filter(outcome="pay").count() == paying
        if claim.payment_day:
            clock.set_today(claim.payment_day)
            run_payment_day(claim.payment_day)


# ---------- for want of records ----------


def test_on_day_46_every_line_is_denied_for_want_of_records(case: Case, reviewer: User) -> None:
    ask_for_records(case, why="The visit notes", by=reviewer)
    due = clock.today() + dt.timedelta(days=45)
    clock.set_today(due)
    assert deny_overdue(due) == []
    day_46 = due + dt.timedelta(days=1)
    clock.set_today(day_46)
    (decision,) = deny_overdue(day_46)
    assert decision.signed_by is None
    claim = decide(case.claim)
    assert claim.status == ClaimStatus.DENIED
    assert {(each.group, each.carc, *each.rarcs) for each in claim.current_decision.lines.all()} == {
        ("CO", "50", "N706")
    }


def test_late_records_take_the_case_up_again_through_day_120(case: Case, reviewer: User) -> None:
    ask_for_records(case, why="The visit notes", by=reviewer)
    denied = clock.today() + dt.timedelta(days=46)
    clock.set_today(denied)
    deny_overdue(denied)
    decide(case.claim)
    clock.set_today(denied + dt.timedelta(days=121))
    with pytest.raises(Refused) as refused:
        reopen(case, why="They came", by=reviewer)
    assert refused.value.code == "too_late"
    clock.set_today(denied + dt.timedelta(days=120))
    reopen(case, why="They came", by=reviewer)
    assert close_pointless() == 0
    take(case, reviewer, by=reviewer)
    sign(ready(case, reviewer, AFFIRM, AFFIRM), by=reviewer)
    assert decide(case.claim).status == ClaimStatus.PAYABLE


def test_a_case_decided_on_its_records_is_not_taken_up_again(case: Case, reviewer: User) -> None:
    sign(ready(case, reviewer, AFFIRM, DENY), by=reviewer)
    decide(case.claim)
    with pytest.raises(Refused, match="is a redetermination"):
        reopen(case, why="They came", by=reviewer)


# ---------- second review ----------


@pytest.fixture
def signed(case: Case, reviewer: User) -> Case:
    """A case with a denial above the reviewer's limit: it waits for a medical director."""
    limited(reviewer, Decimal("10.00"))
    assert sign(ready(case, reviewer, AFFIRM, DENY), by=reviewer).second_review_for == "limit"
    case.refresh_from_db()
    assert case.state == CaseState.SECOND
    assert Claim.objects.get().status == ClaimStatus.SUSPENDED
    return case


def test_a_decision_waits_until_the_director_agrees(signed: Case, medical_director: User, reviewer: User) -> None:
    second.agree(signed, reason="So it is", by=medical_director)
    claim = decide(signed.claim)
    assert [each.outcome for each in claim.current_decision.lines.order_by("number")] == ["pay", "deny"]
    assert {each.made_by for each in Determination.objects.all()} == {reviewer}


def test_nobody_is_their_own_second_reviewer(case: Case, medical_director: User) -> None:
    limited(medical_director, Decimal("10.00"))
    case = take(case, medical_director, by=medical_director)
    sign(ready(case, medical_director, AFFIRM, DENY), by=medical_director)
    for act in (second.agree, second.send_back):
        with pytest.raises(Refused) as refused:
            act(case, reason="So it is", by=medical_director)
        assert refused.value.code == "own_request"


def test_a_director_above_whose_limit_it_lies_does_not_agree(signed: Case, medical_director: User) -> None:
    limited(medical_director, Decimal("20.00"))
    with pytest.raises(Refused) as refused:
        second.agree(signed, reason="So it is", by=medical_director)
    assert refused.value.code == "above_limit"


def test_a_decision_sent_back_is_signed_anew_and_both_stay(
    signed: Case, medical_director: User, reviewer: User
) -> None:
    second.send_back(signed, reason="Page 3 has the date", by=medical_director)
    signed.refresh_from_db()
    assert (signed.state, signed.assigned_to) == (CaseState.IN_REVIEW, reviewer)
    sign(signed, by=reviewer)
    second.agree(signed, reason="Now I see it", by=medical_director)
    words = [decision.second_review.word for decision in signed.decisions.order_by("number")]
    assert words == ["send_back", "agree"]


def test_a_director_decides_otherwise_with_a_rationale_of_their_own(signed: Case, medical_director: User) -> None:
    affirm = {number: LineAnswer(verdict=AFFIRM) for number in (1, 2)}
    with pytest.raises(Refused, match="without a rationale"):
        second.overrule(signed, affirm, " ", reason="It is signed", by=medical_director)
    own = second.overrule(signed, affirm, "The plan is signed on page 3.", reason="It is", by=medical_director)
    assert (own.number, own.signed_by) == (2, medical_director)
    assert decide(signed.claim).paid_amount == own.paid_after == own.paid_before


def test_more_than_the_set_amount_goes_to_second_review_to_the_cent(case: Case, reviewer: User) -> None:
    desk = read_desk(ready(case, reviewer, DENY, DENY), tables_as_known(), clock.today())
    money = desk.judge()
    taken = money.paid_before - money.paid_after
    for above, expected in ((taken, ""), (taken - Decimal("0.01"), "amount")):
        tables = with_settings(desk.tables, second_review_above=str(above), second_review_share="0")
        assert second_review_for(case, money, desk.words, reviewer, tables) == expected


def test_the_share_is_drawn_by_the_case_and_by_nothing_else(case: Case) -> None:
    drawn = sum(is_drawn(Case(pk=number, opened_on=case.opened_on), Decimal("0.10")) for number in range(2000))
    assert 150 < drawn < 250
    assert is_drawn(case, Decimal(1))
    assert not is_drawn(case, Decimal(0))


# ---------- a line as another code ----------


@given(claim=claims(), tables=policies(), other=st.sampled_from(VISIT_CODES), place=st.integers(0, 3))
def test_an_adjusted_line_is_decided_and_priced_as_if_it_had_been_billed_so(
    claim: ClaimFacts, tables: PolicyTables, other: str, place: int
) -> None:
    """Reading 26, of any claim under any policy: nothing of the decision tells it from a new claim billed that way."""
    line = claim.lines[place % len(claim.lines)]
    adjusts = FactDetermination("review_code", "the reviewer", FIRST, "", line=line.number, value=other)
    adjusted = replace(claim, determinations=(*claim.determinations, adjusts))
    billed = tuple(replace(each, hcpcs=other) if each == line else each for each in claim.lines)
    assert decide_facts(adjusted, tables) == decide_facts(replace(claim, lines=billed), tables)
