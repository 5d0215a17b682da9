"""The scene of redeterminations: a claim whose second line was denied and told, by an edit or after its payment."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Role, User
from claims.models import Claim, Overpayment
from claims.payment.actions import run_payment_day
from claims.payment.overpayments import send_demand
from medical_review.actions.assigning import take
from medical_review.actions.deciding import sign
from medical_review.actions.opening import open_by_hand
from medical_review.actions.writing import answer_line, answer_point, write_rationale
from medical_review.appeals.receiving import Asked, receive
from medical_review.models import Answer, Case, LineVerdict, ReviewDecision
from policy import clock
from tests.accounts.cast import make_person
from tests.claims.pages.scene import line
from tests.factories.world import World
from tests.medical_review.scene import FIRST, SECOND_VISIT, decide, ready

__all__ = ["colleague", "denied", "overpaid", "partly_denied", "undemanded"]

WHY = "The visit took place in the patient’s home; the note shows it."


def pay_out(claim: Claim) -> Claim:
    """The claim with its decision told on its payment day."""
    claim = decide(claim)
    assert claim.payment_day is not None
    clock.set_today(claim.payment_day)
    run_payment_day(claim.payment_day)
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def denied(payable: World) -> Claim:
    """A claim of one visit that HIT-105 denied, as the remittance has told."""
    return pay_out(payable.claim(lines=[{**line("G0088", FIRST), "place_of_service": "11"}]))


@pytest.fixture
def partly_denied(payable: World) -> Claim:
    """A claim of two visits of which HIT-105 denied the second."""
    second = {**line("G0068", SECOND_VISIT), "place_of_service": "11"}
    return pay_out(payable.claim(lines=[line("G0088", FIRST), second]))


@pytest.fixture
def undemanded(payable: World, reviewer: User) -> Overpayment:
    """A paid claim of two visits whose second line the reviewer denied: what it left to owe."""
    claim = pay_out(payable.claim(lines=[line("G0088", FIRST), line("G0068", SECOND_VISIT)]))
    case = take(open_by_hand(claim, why="Seen in a report", by=reviewer), reviewer, by=reviewer)
    sign(ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.DENY), by=reviewer)
    pay_out(claim)
    return Overpayment.objects.get()


@pytest.fixture
def overpaid(undemanded: Overpayment) -> Overpayment:
    """The same, demanded today."""
    send_demand(undemanded, by="the test")
    return undemanded


@pytest.fixture
def colleague(db: None) -> User:
    """A reviewer who took part in nothing before."""
    return make_person("Otto Other", Role.REVIEWER)


def appealed(claim: Claim, *lines: int, by: User | str = "the test", **said: object) -> Case:
    return receive(Claim.objects.get(pk=claim.pk), Asked(lines or (1,), WHY, **said), by=by)  # type: ignore[arg-type]


def in_hand(case: Case, by: User) -> Case:
    return take(case, by, by=by)


def judged(case: Case, by: User, *verdicts: str, code: str = "G0068") -> ReviewDecision:
    """The case of a person with a verdict on each line, and signed; what changes rests on point 9."""
    if {LineVerdict.ADJUST, LineVerdict.DENY} & set(verdicts):
        answer_point(case, 9, Answer.NOT_MET, page="3", note="The date is missing.", by=by)
    for number, verdict in enumerate(verdicts, 1):
        rests_on = (9,) if verdict in (LineVerdict.ADJUST, LineVerdict.DENY) else ()
        new_code = code if verdict == LineVerdict.ADJUST else ""
        answer_line(case, case.claim.lines.get(number=number), verdict, code=new_code, points=rests_on, by=by)
    write_rationale(case, "The note of the visit shows that it took place at home.", by=by)
    return sign(case, by=by)


def days_later(days: int) -> dt.date:
    moved = clock.today() + dt.timedelta(days=days)
    clock.set_today(moved)
    return moved
