"""Cases of the demonstration, in different states, made by the acts that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimStatus
from medical_review.actions.assigning import take
from medical_review.actions.deciding import sign
from medical_review.actions.drawing import Criteria, draw_sample
from medical_review.actions.opening import open_due_cases
from medical_review.actions.second import send_back
from medical_review.actions.writing import answer_line, answer_point
from medical_review.desk import read_desk
from medical_review.models import Answer, Case, LineVerdict
from medical_review.requests.asking import ask, slots_for
from medical_review.requests.catalogue import askable_about
from medical_review.states import CaseState
from policy import clock
from policy.readers import tables_as_known

#: Cases that wait and on which something is done, and claims that are drawn after their payment.
WORKED, DRAWN = 7, 3
SEED = "demonstration"


def make_demo_reviews() -> dict[str, int]:
    """Open what waits, work some of it, draw a small sample; how many cases stand in each state."""
    reviewer = User.objects.filter(role=Role.REVIEWER).order_by("pk").first()
    director = User.objects.filter(role=Role.MEDICAL_DIRECTOR).order_by("pk").first()
    assert reviewer is not None
    assert director is not None
    open_due_cases()
    draw_paid(reviewer)
    waiting = list(Case.objects.filter(state=CaseState.READY).select_related("claim").order_by("pk")[:WORKED])
    for case, work in zip(waiting, WORKS, strict=False):
        work(case, reviewer, director)
    adjudicate_all()
    return {state.label: Case.objects.filter(state=state).count() for state in CaseState}


def draw_paid(by: User) -> None:
    """A random sample of the claims paid in the last weeks, for review after payment."""
    today = clock.today()
    if Claim.objects.filter(status=ClaimStatus.PAID, received_on__gte=today - dt.timedelta(days=60)).exists():
        draw_sample(
            Criteria(today - dt.timedelta(days=60), today, before_payment=False), "random", DRAWN, by=by, seed=SEED
        )


def begin(case: Case, reviewer: User, director: User) -> None:
    """In review, with some points answered."""
    case = take(case, reviewer, by=reviewer)
    for number in (8, 13, 16):
        answer_point(case, number, Answer.MET, page=str(number // 3), by=reviewer)
    answer_point(case, 15, Answer.NOT_DOCUMENTED, note="The visit note gives no start of the infusion.", by=reviewer)


def wait_for_records(case: Case, reviewer: User, director: User) -> None:
    """Records are asked for."""
    case = take(case, reviewer, by=reviewer)
    ask_for_visit_notes(case, reviewer)


def ask_for_visit_notes(case: Case, reviewer: User) -> None:
    wanted = [each for each in askable_about([case.claim]) if each.code in ("visit_note", "change_orders")]
    why = "The claim does not show times and what was infused."
    ask([case], slots_for([case], wanted, ()), why=why, by=reviewer)


def affirm(case: Case, reviewer: User, director: User) -> None:
    """Decided: every line affirmed."""
    case = take(case, reviewer, by=reviewer)
    answer_everything(case, reviewer, lacking=())
    decide(case, reviewer, LineVerdict.AFFIRM)


def deny(case: Case, reviewer: User, director: User) -> None:
    """Denied for want of a note: it counts, or waits for second review, as the rules say."""
    case = take(case, reviewer, by=reviewer)
    answer_everything(case, reviewer, lacking=(18,))
    decide(case, reviewer, LineVerdict.DENY, point=18)


def deny_with_care(case: Case, reviewer: User, director: User) -> None:
    """The reviewer's limit is small that day: the denial waits for second review."""
    with_limit(reviewer, lambda: deny(case, reviewer, director))


def deny_and_get_it_back(case: Case, reviewer: User, director: User) -> None:
    """The director sends the denial back."""
    deny_with_care(case, reviewer, director)
    send_back(case, reason="Page 4 names the start of the infusion. Look at it again.", by=director)


def with_limit(person: User, act: Callable[[], None]) -> None:
    limit, person.amount_limit = person.amount_limit, Decimal(0)
    act()
    person.amount_limit = limit


WORKS: Sequence[Callable[[Case, User, User], None]] = (
    begin,
    wait_for_records,
    affirm,
    deny_with_care,
    deny_and_get_it_back,
    deny,
)


def answer_everything(case: Case, by: User, lacking: Sequence[int]) -> None:
    """Every open point met, and those that the file calls lacking settled by what the record shows."""
    for state in read_desk(case, tables_as_known(), clock.today()).points:
        number = state.point.number
        if number in lacking:
            note = "Nothing in the record says why the visit was needed."
            answer_point(case, number, Answer.NOT_DOCUMENTED, note=note, by=by)
        elif state.answer != Answer.MET:
            answer_point(case, number, Answer.MET, page="2", by=by)


def decide(case: Case, by: User, verdict: str, point: int | None = None) -> None:
    for line in case.claim.lines.all():
        answer_line(case, line, verdict, points=(point,) if point else (), by=by)
    sign(case, by=by)
