"""A redetermination: until when and by whom it is asked for, who decides it, what it leaves, and how it is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.models import Role, User
from accounts.readers import events_about
from claims.adjustments.actions import reopen_at_any_time, void
from claims.models import Claim, ClaimStatus, Overpayment, OverpaymentState, Redetermination
from claims.payment.overpayments import decide_redetermination, record_redetermination, send_demand
from medical_review.actions import closing, records, second
from medical_review.actions.assigning import take, take_next
from medical_review.actions.deciding import sign
from medical_review.actions.opening import open_by_hand
from medical_review.actions.writing import answer_line
from medical_review.appeals.acts import dismiss, find_good_cause, withdraw
from medical_review.appeals.debts import stand_still_for_later_demands
from medical_review.appeals.receiving import Asked, receive, receive_recorded
from medical_review.conflicts import cases_for
from medical_review.letters.due import write_due_letters
from medical_review.models import Case, Letter, LineAnswer, LineVerdict, RedeterminationEnd, RedeterminationRequest
from medical_review.requests.answering import take_over
from medical_review.states import CaseState
from medical_review.tasks import work_reviews
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.claims.pages.scene import act_for
from tests.factories.world import World
from tests.medical_review.appeals.scene import WHY, appealed, days_later, in_hand, judged, pay_out
from tests.medical_review.requests.scene import ask_for
from tests.medical_review.scene import decide, limited

AFFIRM, ADJUST, DENY = LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY
PAY, UPHOLD = LineVerdict.PAY, LineVerdict.UPHOLD
DAY = dt.timedelta(days=1)


def verbs(case: Case) -> list[str]:
    return [event.verb for event in events_about(case).order_by("pk")]


# ---------- asking ----------


def test_a_request_opens_a_case_with_60_days_from_its_receipt(denied: Claim) -> None:
    told = clock.today()
    days_later(3)
    case = appealed(denied, received_on=told + DAY)
    request = case.redetermination
    assert (case.kind, case.selection, case.state) == ("redetermination", "appeal", CaseState.READY)
    assert case.decide_by == told + 61 * DAY
    assert (request.notice_on, request.last_day, request.days_late) == (told, told + 125 * DAY, 0)
    assert [(each.line.number, each.edit) for each in request.lines.all()] == [(1, "HIT-105")]
    assert verbs(case) == ["case_opened", "redetermination_requested"]


@pytest.mark.parametrize(("days", "is_late"), [(125, False), (126, True)])
def test_the_last_day_is_120_days_after_the_presumed_receipt(denied: Claim, days: int, is_late: bool) -> None:
    days_later(days)
    case = appealed(denied)
    case.refresh_from_db()
    assert (case.state == CaseState.CLOSED) is is_late
    if is_late:
        end = case.redetermination.end
        assert (end.outcome, end.made_by) == ("dismissed", None)
        assert "1 day after the last day" in end.reason
        letter = Letter.objects.get(kind="dismissal")
        assert "1 day after the last day" in letter.text
        assert "Ask again" not in letter.text


def test_a_late_request_with_a_cause_is_decided_only_when_the_cause_is_good(denied: Claim, colleague: User) -> None:
    days_later(130)
    case = in_hand(appealed(denied, good_cause="A fire in the office"), colleague)
    with pytest.raises(Refused) as refused:
        judged(case, colleague, PAY)
    assert refused.value.code == "late"
    find_good_cause(case, why="The fire is shown", by=colleague)
    assert "good_cause_found" in verbs(case)
    with pytest.raises(Refused, match="found already"):
        find_good_cause(case, why="Again", by=colleague)
    assert sign(case, by=colleague)


def test_a_request_in_time_needs_no_cause(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    with pytest.raises(Refused, match="came in time"):
        find_good_cause(case, why="None", by=colleague)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"lines": ()}, "no_lines"),
        ({"lines": (9,)}, "not_appealable"),
        ({"why": " "}, "no_reason"),
        ({"why": "x" * 2001}, "reason_too_long"),
        ({"received_on": dt.date(2030, 1, 1)}, "to_come"),
        ({"received_on": dt.date(2026, 1, 2)}, "before"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_leaves_nothing(
    denied: Claim, said: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        receive(denied, Asked(**{"lines": (1,), "why": WHY, **said}), by="the test")  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Case.objects.exists()


def test_nothing_is_appealed_before_the_remittance_told_it(payable: World) -> None:
    claim = decide(payable.claim())
    with pytest.raises(Refused) as refused:
        appealed(claim)
    assert refused.value.code == "not_told"


def test_there_is_one_redetermination_at_a_time_and_then_a_reconsideration(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    with pytest.raises(Refused, match="is open already"):
        appealed(denied)
    judged(case, colleague, UPHOLD)
    with pytest.raises(Refused, match="reconsideration"):
        appealed(denied)


def test_a_supplier_asks_for_its_own_claims_alone(denied: Claim, supplier_person: User, examiner: User) -> None:
    with pytest.raises(PermissionDenied):
        appealed(denied, by=supplier_person)
    with pytest.raises(Refused) as refused:
        appealed(denied, by=make_person("Ada", Role.ADMINISTRATOR))
    assert refused.value.code == "wrong_role"
    assert denied.supplier is not None
    act_for(supplier_person, denied.supplier)
    assert appealed(denied, by=supplier_person).redetermination.made_by == supplier_person


def test_a_denial_for_want_of_records_is_taken_up_again_instead(case: Case, reviewer: User) -> None:
    records.ask_for_records(case, why="The visit notes", by=reviewer)
    days_later(46)
    assert records.deny_overdue(clock.today())
    pay_out(case.claim)
    again = appealed(case.claim)
    assert (again.pk, again.state) == (case.pk, CaseState.READY)
    assert not RedeterminationRequest.objects.exists()


# ---------- who decides ----------


def test_nobody_who_took_part_before_has_it_signs_it_or_looks_at_it_again(
    overpaid: Overpayment, reviewer: User, colleague: User, medical_director: User
) -> None:
    case = appealed(overpaid.claim, 2)
    assert case not in cases_for(reviewer)
    assert take_next(by=reviewer) is None
    with pytest.raises(Refused, match=r"42 CFR 405\.948"):
        take(case, reviewer, by=medical_director)
    assert take_next(by=colleague) == case


def test_who_wrote_on_an_earlier_case_without_signing_it_took_part(denied: Claim, reviewer: User) -> None:
    first = in_hand(open_by_hand(denied, why="Seen", by=reviewer), reviewer)
    answer_line(first, denied.lines.get(), AFFIRM, by=reviewer)
    closing.close(first, why="A mistake", by=reviewer)
    assert appealed(denied) not in cases_for(reviewer)


def test_a_director_who_asked_for_an_adjustment_is_no_second_reviewer(
    denied: Claim, colleague: User, medical_director: User
) -> None:
    reopen_at_any_time(denied, "Evidence of a false record", by=medical_director)
    denied.adjustments.update(state="refused", settled_on=clock.today())
    case = in_hand(appealed(denied), limited(colleague, Decimal(1)))
    assert judged(case, colleague, PAY).second_review_for == "limit"
    with pytest.raises(Refused, match=r"42 CFR 405\.948"):
        second.agree(case, reason="So it is", by=medical_director)
    other = make_person("Dora Director", Role.MEDICAL_DIRECTOR)
    second.agree(case, reason="So it is", by=other)
    assert case.redetermination.end.outcome == "favorable"


@pytest.mark.parametrize("word", [PAY, UPHOLD])
def test_words_of_an_appeal_are_said_in_appeals_alone(case: Case, reviewer: User, word: str) -> None:
    with pytest.raises(Refused, match="Choose affirm or adjust or deny"):
        answer_line(case, case.claim.lines.get(number=1), word, by=reviewer)


def test_an_appeal_has_words_of_its_own(denied: Claim, reviewer: User) -> None:
    with pytest.raises(Refused, match="Choose pay as billed"):
        answer_line(in_hand(appealed(denied), reviewer), denied.lines.get(), AFFIRM, by=reviewer)


def test_the_reasons_are_written_by_a_person(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    answer_line(case, denied.lines.get(), PAY, by=colleague)
    with pytest.raises(Refused, match="not in your own words"):
        sign(case, by=colleague)


# ---------- what it leaves ----------


def test_a_denied_line_that_is_reversed_is_paid_through_an_adjustment_and_told(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    decision = judged(case, colleague, PAY)
    assert decision.paid_before == 0
    claim = decide(denied)
    assert claim.status == ClaimStatus.PAYABLE
    assert claim.paid_amount == decision.paid_after > 0
    adjustment = claim.adjustments.get()
    assert (adjustment.kind, adjustment.state, adjustment.money_at_stake) == ("appeal", "done", decision.paid_after)
    assert case.redetermination.end.outcome == "favorable"
    assert write_due_letters() == 1
    letter = Letter.objects.get()
    assert letter.kind == "redecided"
    assert "The decision is favorable." in letter.text
    assert "Reconsideration" not in letter.text
    claim = pay_out(denied)
    assert claim.status == ClaimStatus.PAID


def test_what_is_upheld_stays_and_the_letter_names_the_reconsideration(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    judged(case, colleague, UPHOLD)
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED
    assert case.redetermination.end.outcome == "unfavorable"
    assert not denied.adjustments.exists()
    assert Claim.objects.get().status == ClaimStatus.DENIED
    assert write_due_letters() == 1
    last = clock.today() + 185 * DAY
    text = Letter.objects.get().text
    assert "Reconsideration" in text
    assert f"{last:%B} {last.day}, {last.year}" in text


def test_one_of_two_lines_is_partly_favorable(partly_denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(partly_denied, 1, 2), colleague)
    decision = judged(case, colleague, UPHOLD, PAY)
    assert case.redetermination.end.outcome == "partial"
    claim = decide(partly_denied)
    assert claim.paid_amount == decision.paid_after > decision.paid_before > 0
    assert claim.current_decision.lines.filter(outcome="pay").count() == 2


def test_what_pays_as_billed_is_upheld_and_not_paid_again(partly_denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(partly_denied, 1), colleague)
    with pytest.raises(Refused, match="Line 1 is paid as billed already"):
        judged(case, colleague, PAY, UPHOLD)


def test_lines_that_were_not_appealed_do_not_make_the_outcome(partly_denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(partly_denied, 2), colleague)
    judged(case, colleague, UPHOLD, PAY)
    assert case.redetermination.end.outcome == "favorable"


def test_a_line_may_be_decided_worse_and_leaves_less(partly_denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(partly_denied, 2), colleague)
    decision = judged(case, colleague, ADJUST, UPHOLD)
    assert decision.paid_after < decision.paid_before
    assert decide(partly_denied).paid_amount == decision.paid_after
    assert case.redetermination.end.outcome == "unfavorable"


def test_an_upheld_line_keeps_what_the_earlier_review_determined(overpaid: Overpayment, colleague: User) -> None:
    claim = overpaid.claim
    standing = claim.determinations.get(kind="review_deny")
    case = in_hand(appealed(claim, 2), colleague)
    judged(case, colleague, ADJUST, UPHOLD)
    standing.refresh_from_db()
    assert not hasattr(standing, "revocation")
    assert [line.outcome for line in decide(claim).current_decision.lines.order_by("number")] == ["pay", "deny"]


# ---------- the overpayment that rests on it ----------


def state_of(overpayment: Overpayment) -> str:
    return Overpayment.objects.with_state(clock.today()).get(pk=overpayment.pk).state  # type: ignore[attr-defined]


def test_one_request_stops_recoupment_and_one_decision_settles_both(overpaid: Overpayment, colleague: User) -> None:
    case = in_hand(appealed(overpaid.claim, 2), colleague)
    days_later(45)
    assert state_of(overpaid) == OverpaymentState.APPEALED
    decision = judged(case, colleague, UPHOLD, PAY)
    overpaid.redetermination.refresh_from_db()
    assert overpaid.redetermination.outcome == Redetermination.Outcome.REVERSED
    claim = pay_out(overpaid.claim)
    assert claim.paid_amount == decision.paid_after == overpaid.amount + decision.paid_before
    assert state_of(overpaid) == OverpaymentState.CLOSED


@pytest.mark.parametrize("ends", ["upheld", "dismissed", "withdrawn"])
def test_an_appeal_without_success_lets_recoupment_go_on_after_60_days(
    overpaid: Overpayment, colleague: User, examiner: User, ends: str
) -> None:
    case = in_hand(appealed(overpaid.claim, 2), colleague)
    match ends:
        case "upheld":
            judged(case, colleague, UPHOLD, UPHOLD)
        case "dismissed":
            dismiss(case, why="Nobody signed it", by=colleague)
        case "withdrawn":
            withdraw(case, why="The supplier agrees", by=examiner)
    assert overpaid.redetermination.outcome == Redetermination.Outcome.UPHELD
    days_later(60)
    assert state_of(overpaid) == OverpaymentState.APPEALED
    days_later(1)
    assert state_of(overpaid) == OverpaymentState.RECOUPING


def test_a_late_request_stops_nothing_until_its_cause_is_found_good(overpaid: Overpayment, colleague: User) -> None:
    days_later(140)
    case = in_hand(appealed(overpaid.claim, 2, good_cause="The notice never came"), colleague)
    assert state_of(overpaid) == OverpaymentState.RECOUPING
    find_good_cause(case, why="The post confirms it", by=colleague)
    assert state_of(overpaid) == OverpaymentState.APPEALED


def test_a_demand_that_follows_the_request_is_appealed_from_its_own_day(undemanded: Overpayment) -> None:
    appealed(undemanded.claim, 2)
    assert stand_still_for_later_demands() == 0
    sent = days_later(5)
    send_demand(undemanded, by="the test")
    assert [stand_still_for_later_demands(), stand_still_for_later_demands()] == [1, 0]
    assert Redetermination.objects.get().received_on == sent


def test_what_is_recorded_at_the_overpayment_becomes_a_case_and_is_decided_there(
    overpaid: Overpayment, examiner: User
) -> None:
    record_redetermination(overpaid, received_on=clock.today(), by=examiner)
    assert [receive_recorded(), receive_recorded()] == [1, 0]
    request = RedeterminationRequest.objects.get()
    assert (request.how, request.lines.count()) == ("post", 2)
    with pytest.raises(Refused) as refused:
        decide_redetermination(overpaid, outcome="upheld", by=examiner)
    assert refused.value.code == "decided_elsewhere"


# ---------- ending otherwise ----------


def test_a_request_that_is_taken_back_ends_and_may_be_made_again(
    denied: Claim, supplier_person: User, other_supplier_person: User
) -> None:
    assert denied.supplier is not None
    act_for(supplier_person, denied.supplier)
    case = appealed(denied)
    with pytest.raises(PermissionDenied):
        withdraw(case, why="Not mine", by=other_supplier_person)
    withdraw(case, why="We agree", by=supplier_person)
    case.refresh_from_db()
    assert (case.state, case.redetermination.end.outcome) == (CaseState.CLOSED, "withdrawn")
    assert "You took the request back" in Letter.objects.get().text
    assert appealed(denied).pk != case.pk


def test_a_redetermination_is_not_just_closed(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    with pytest.raises(Refused, match="decided, dismissed or withdrawn"):
        closing.close(case, why="Nothing left", by=colleague)


def test_a_case_that_is_no_appeal_is_neither_dismissed_nor_withdrawn(case: Case, reviewer: User) -> None:
    for act in (dismiss, withdraw):
        with pytest.raises(Refused, match="is no redetermination"):
            act(case, why="Nothing", by=reviewer)


def test_the_request_ends_with_a_claim_that_is_voided(denied: Claim, examiner: User) -> None:
    case = appealed(denied)
    void(denied, "It never took place", by=examiner)
    work_reviews()
    case.refresh_from_db()
    assert (case.state, case.redetermination.end.outcome) == (CaseState.CLOSED, "dismissed")
    assert case.redetermination.end.reason == "The claim was voided."


def test_records_that_do_not_come_deny_nothing_and_the_60_days_run_on(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    asked = ask_for(case, colleague)
    case.refresh_from_db()
    assert case.decide_by == clock.today() + 60 * DAY
    assert (case.state, decide_by := case.decide_by) == (CaseState.RECORDS, case.decide_by)
    days_later(46)
    assert take_over(clock.today()) == 1
    assert records.deny_overdue(clock.today()) == []
    case.refresh_from_db()
    assert (case.state, case.decide_by) == (CaseState.IN_REVIEW, decide_by)
    assert asked.cases.get() == case
    text = asked.letters.get().text
    assert "decided on what is there by then" in text
    assert "CO-50" not in text


@pytest.mark.parametrize(("waited", "more"), [(0, 0), (5, 5), (14, 14), (15, 14), (30, 14)])
def test_records_that_come_lengthen_the_60_days_by_the_days_waited(
    denied: Claim, colleague: User, waited: int, more: int
) -> None:
    case = in_hand(appealed(denied), colleague)
    decide_by = clock.today() + 60 * DAY
    ask_for(case, colleague)
    days_later(waited)
    records.receive_records(Case.objects.get(pk=case.pk), by=colleague)
    case.refresh_from_db()
    assert (case.state, case.decide_by) == (CaseState.IN_REVIEW, decide_by + more * DAY)


# ---------- the database ----------


def test_requests_and_their_ends_are_never_changed(denied: Claim, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    judged(case, colleague, UPHOLD)
    for model, values in ((RedeterminationRequest, {"why": "Else"}), (RedeterminationEnd, {"outcome": "favorable"})):
        with pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic():
            model.objects.update(**values)  # type: ignore[attr-defined]


def test_an_outcome_of_a_decision_needs_one(denied: Claim) -> None:
    request = appealed(denied).redetermination
    with pytest.raises(IntegrityError, match="review_redetermination_decided_or_not"), transaction.atomic():
        RedeterminationEnd.objects.create(request=request, outcome="favorable", reason="So", made_on=clock.today())


def test_a_director_decides_otherwise_in_the_words_of_appeals(
    denied: Claim, colleague: User, medical_director: User
) -> None:
    case = in_hand(appealed(denied), limited(colleague, Decimal(1)))
    judged(case, colleague, PAY)
    with pytest.raises(Refused, match="no decision here"):
        second.overrule(case, {1: LineAnswer(verdict=AFFIRM)}, "No", reason="I disagree", by=medical_director)
    second.overrule(case, {1: LineAnswer(verdict=UPHOLD)}, "It was at the office.", reason="No", by=medical_director)
    assert case.redetermination.end.outcome == "unfavorable"
