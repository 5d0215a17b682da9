"""The table of states: who may and who may not, where each act begins, and that the page and the trigger follow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Role, User
from accounts.readers import events_about
from medical_review.actions import assigning, closing, records, second
from medical_review.actions.deciding import sign
from medical_review.actions.opening import open_by_hand
from medical_review.appeals import acts as appeals
from medical_review.appeals.receiving import Asked, receive
from medical_review.models import Case, LineVerdict
from medical_review.states import ARROWS, BY_ACT, TRANSITIONS, CaseState, check_act
from medical_review.transitions_page import PAGE, with_table
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.medical_review.scene import ready

Act = Callable[[Case, User], object]

ACTS: dict[str, Act] = {
    "open": lambda case, by: open_by_hand(case.claim, why="Seen", by=by),
    "take": lambda case, by: assigning.take(case, by, by=by),
    "hand_back": lambda case, by: assigning.hand_back(case, why="Ill", by=by),
    "ask_for_records": lambda case, by: records.ask_for_records(case, why="Notes", by=by),
    "receive_records": lambda case, by: records.receive_records(case, by=by),
    "sign": lambda case, by: sign(case, by=by),
    "agree": lambda case, by: second.agree(case, reason="So it is", by=by),
    "send_back": lambda case, by: second.send_back(case, reason="Look again", by=by),
    "overrule": lambda case, by: second.overrule(case, {}, "Otherwise", reason="I see it otherwise", by=by),
    "close": lambda case, by: closing.close(case, why="Nothing left", by=by),
    "reopen": lambda case, by: closing.reopen(case, why="They came", by=by),
    "appeal": lambda case, by: receive(case.claim, Asked((1,), "It took place"), by=by),
    "find_good_cause": lambda case, by: appeals.find_good_cause(case, why="A fire", by=by),
    "dismiss": lambda case, by: appeals.dismiss(case, why="Not signed", by=by),
    "withdraw": lambda case, by: appeals.withdraw(case, why="We agree", by=by),
}


def test_the_page_has_the_table_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "Run manage.py review_transitions."


@pytest.mark.parametrize("act", ACTS)
def test_nobody_of_another_role_acts_wherever_the_case_stands(case: Case, act: str) -> None:
    strangers = [role for role in Role if role not in BY_ACT[act].roles]
    before = Case.objects.values().get()
    for role in strangers:
        with pytest.raises(Refused) as refused:
            ACTS[act](case, make_person(f"A {role.label}", role))
        assert refused.value.code == "wrong_role", (act, role)
    assert Case.objects.values().get() == before


@pytest.mark.parametrize("each", TRANSITIONS, ids=lambda each: each.act)
def test_an_act_begins_only_where_the_table_says(each: object) -> None:
    transition = BY_ACT[each.act]  # type: ignore[attr-defined]
    for state in CaseState:
        if state in transition.starts:
            check_act(transition.act, state)
        else:
            with pytest.raises(Refused, match="The case stands at"):
                check_act(transition.act, state)


def test_the_database_refuses_every_arrow_that_the_table_does_not_have(case: Case) -> None:
    for end in CaseState:
        if end != case.state and (case.state, end.value) not in ARROWS:
            with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
                Case.objects.filter(pk=case.pk).update(state=end, ended_on=dt.date(2026, 1, 16))
    assert ("in_review", "closed") in ARROWS


# ---------- what each act leaves ----------


def verbs(case: Case) -> list[str]:
    return [event.verb for event in events_about(case).order_by("pk")]


def test_handing_back_leaves_the_case_with_nobody_and_keeps_what_was_found(case: Case, reviewer: User) -> None:
    ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.AFFIRM)
    assigning.hand_back(case, why="I am ill", by=reviewer)
    case.refresh_from_db()
    assert (case.state, case.assigned_to) == (CaseState.READY, None)
    assert case.findings.count() == 20
    assert case.assignments.count() == 2
    assert verbs(case) == ["case_opened", "case_assigned", "case_assigned"]


def test_records_stop_the_decision_clock_and_their_coming_starts_it(case: Case, reviewer: User) -> None:
    records.ask_for_records(case, why="The visit notes", by=reviewer)
    case.refresh_from_db()
    assert (case.state, case.records_due, case.decide_by) == (CaseState.RECORDS, dt.date(2026, 3, 2), None)
    clock.set_today(dt.date(2026, 2, 20))
    records.receive_records(case, by=reviewer, on=dt.date(2026, 2, 19))
    case.refresh_from_db()
    assert (case.state, case.decide_by) == (CaseState.IN_REVIEW, dt.date(2026, 3, 21))
    assert case.assigned_to == reviewer


def test_records_are_reminded_of_on_days_30_and_40_once(case: Case, reviewer: User) -> None:
    records.ask_for_records(case, why="The visit notes", by=reviewer)
    asked = clock.today()
    reminded = [len(records.remind_due(asked + dt.timedelta(days=days))) for days in (29, 30, 30, 39, 40, 41, 45, 46)]
    assert reminded == [0, 1, 0, 0, 1, 0, 0, 0]
    assert verbs(case).count("records_reminder") == 2


def test_records_do_not_come_tomorrow(case: Case, reviewer: User) -> None:
    records.ask_for_records(case, why="The visit notes", by=reviewer)
    with pytest.raises(Refused, match="still to come"):
        records.receive_records(case, by=reviewer, on=clock.today() + dt.timedelta(days=1))


def test_a_closed_case_lets_the_claim_go(case: Case, reviewer: User) -> None:
    closing.close(case, why="The supplier voids it", by=reviewer)
    case.refresh_from_db()
    assert (case.state, case.ended_on) == (CaseState.CLOSED, clock.today())
    assert hasattr(case.referral, "end")
    assert not case.claim.clock_stops.filter(resumed_on=None).exists()
