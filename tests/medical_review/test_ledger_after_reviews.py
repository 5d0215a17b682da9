"""Whatever reviewers do in whatever order, the accounts are zero together and agree with claims and remittances."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Role
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimStatus
from claims.payment.actions import run_payment_day
from claims.payment.ledger import balances, discrepancies
from claims.payment.overpayments import send_demands
from medical_review.actions import assigning, closing, records, second
from medical_review.actions.deciding import sign
from medical_review.actions.opening import open_by_hand, open_due_cases
from medical_review.actions.writing import answer_line
from medical_review.models import Case, LineAnswer, LineVerdict
from medical_review.states import CaseState
from policy import clock
from policy.calendar import business_day_on_or_after
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.claims.pages.scene import TODAY, line
from tests.factories.world import World
from tests.medical_review.scene import FIRST, SECOND_VISIT, answer_all

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

IN_FULL = bool(os.environ.get("HIT_PROOF"))
RUNS, STEPS = (2000, 20) if IN_FULL else (10, 12)

AFFIRM, ADJUST, DENY = LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY
verdicts = st.tuples(*[st.sampled_from([AFFIRM, ADJUST, DENY])] * 2)

#: What the claim's lines are adjusted to: a subsequent visit, and another initial one.
CODES = {1: "G0068", 2: "G0088"}


class Reviews(RuleBasedStateMachine):
    """One claim, its cases, a reviewer with a limit that some decisions exceed, two directors, the days of payment."""

    def __init__(self, world: World, opened: list[Reviews]) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        opened.append(self)
        clock.set_today(TODAY)
        self.reviewer = make_person("Rosa Reviewer", Role.REVIEWER)
        self.reviewer.amount_limit = Decimal("100.00")
        self.reviewer.save(update_fields=["amount_limit"])
        self.director = make_person("Mel Director", Role.MEDICAL_DIRECTOR)
        self.claim = world.claim(lines=[line("G0088", FIRST), line("G0068", SECOND_VISIT)])
        adjudicate_all()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # ---------- what is there ----------

    @property
    def case(self) -> Case | None:
        return Case.objects.select_related("claim", "referral", "assigned_to").order_by("-arrival").first()

    def is_at(self, *states: CaseState) -> bool:
        case = self.case
        return case is not None and case.state in states

    def do(self, act: Callable[..., Any], *given: Any, **named: Any) -> None:
        """An act as a page does it: one that is refused leaves nothing behind."""
        with suppress(Refused), transaction.atomic():
            act(*given, **named)

    # ---------- what happens ----------

    @initialize(is_paid=st.booleans())
    def begin(self, is_paid: bool) -> None:
        """Before payment or after it, with the case in the reviewer's hands."""
        if is_paid:
            self.pay(30)
        self.open(by_director=False)

    @rule(days=st.integers(1, 50))
    def pay(self, days: int) -> None:
        adjudicate_all()
        day = business_day_on_or_after(clock.today() + timedelta(days=days))
        clock.set_today(day)
        run_payment_day(day)

    @rule()
    def demand(self) -> None:
        send_demands()

    @rule(by_director=st.booleans())
    def open(self, by_director: bool) -> None:
        """A case is opened, by itself or by hand, and somebody takes it."""
        open_due_cases()
        claim = (
            Claim.objects.exclude(status__in=(ClaimStatus.ADJUSTED, ClaimStatus.VOIDED)).order_by("-arrival").first()
        )
        if claim is not None:
            self.do(open_by_hand, claim, why="Seen", by=self.reviewer)
        if self.is_at(CaseState.READY):
            person = self.director if by_director else self.reviewer
            self.do(assigning.take, self.case, person, by=person)

    @precondition(lambda self: self.is_at(CaseState.IN_REVIEW))
    @rule(said=verdicts)
    def decide(self, said: tuple[str, ...]) -> None:
        case = self.case
        assert case is not None
        person = case.assigned_to
        assert person is not None
        answer_all(case, person)
        for each, verdict in zip(case.claim.lines.order_by("number"), said, strict=True):
            code = CODES[each.number] if verdict == ADJUST else ""
            points = () if verdict == AFFIRM else (9,)
            answer_line(case, each, verdict, code=code, points=points, by=person)
        self.do(sign, case, by=person, good_cause="New evidence")

    @precondition(lambda self: self.is_at(CaseState.SECOND))
    @rule(word=st.sampled_from(["agree", "send_back", "overrule"]), said=verdicts)
    def look_again(self, word: str, said: tuple[str, ...]) -> None:
        case, by = self.case, self.director
        if word == "overrule":
            lines = {
                number: LineAnswer(
                    verdict=verdict,
                    code=CODES[number] if verdict == ADJUST else "",
                    points=[] if verdict == AFFIRM else [9],
                )
                for number, verdict in enumerate(said, 1)
            }
            self.do(second.overrule, case, lines, "As I see it.", reason="I see it otherwise", by=by)
        else:
            self.do(getattr(second, word), case, reason="Looked at", by=by)

    @precondition(lambda self: self.is_at(CaseState.READY, CaseState.IN_REVIEW))
    @rule()
    def ask_for_records(self) -> None:
        self.do(records.ask_for_records, self.case, why="The notes", by=self.reviewer)

    @precondition(lambda self: self.is_at(CaseState.RECORDS))
    @rule(they_come=st.booleans())
    def end_of_waiting(self, they_come: bool) -> None:
        if they_come:
            self.do(records.receive_records, self.case, by=self.reviewer)
        else:
            clock.set_today(clock.today() + timedelta(days=46))
            records.deny_overdue(clock.today())

    @precondition(lambda self: self.is_at(CaseState.DECIDED))
    @rule()
    def reopen(self) -> None:
        self.do(closing.reopen, self.case, why="They came late", by=self.reviewer)

    @precondition(lambda self: self.is_at(CaseState.READY, CaseState.IN_REVIEW, CaseState.RECORDS, CaseState.SECOND))
    @rule()
    def close(self) -> None:
        self.do(closing.close, self.case, why="Nothing left", by=self.reviewer)

    # ---------- what holds ----------

    @invariant()
    def the_accounts_are_zero_together(self) -> None:
        assert sum(balances().values(), Decimal(0)) == 0

    @invariant()
    def they_agree_with_claims_and_remittances(self) -> None:
        assert discrepancies() == ()


def test_the_ledger_is_zero_after_any_sequence_of_decisions(payable: World) -> None:
    opened: list[Reviews] = []
    effort = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not IN_FULL,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Reviews(payable, opened), settings=effort)
    assert len(opened) >= RUNS
