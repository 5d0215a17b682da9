"""Cases of the demonstration, in different states, made by the acts that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef

from accounts.models import Role, User
from beneficiaries.models import Document
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimStatus
from medical_review.actions.assigning import take
from medical_review.actions.deciding import sign
from medical_review.actions.drawing import Criteria, draw_sample
from medical_review.actions.marking import Box, mark_page
from medical_review.actions.opening import open_due_cases
from medical_review.actions.second import send_back
from medical_review.actions.writing import answer_line, answer_point
from medical_review.demo_record import record_of
from medical_review.desk import read_desk
from medical_review.models import Answer, Case, LineVerdict, RecordsRequest
from medical_review.probes.actions import choose, draw_round
from medical_review.record import documents_of
from medical_review.requests.answering import finish, send
from medical_review.requests.asking import ask, slots_for
from medical_review.requests.catalogue import askable_about
from medical_review.states import CaseState
from policy import clock
from policy.readers import tables_as_known
from suppliers.models import Supplier, SupplierPerson
from suppliers.rights import Duty

#: Cases that wait and on which something is done, and claims that are drawn after their payment.
WORKED, DRAWN, PROBED = 7, 3, 20
SEED = "demonstration"

#: Where a visit note of the demonstration leaves out when the infusion began.
BEGAN = Box(90, 231, 420, 256)


def make_demo_reviews() -> dict[str, int]:
    """Open what waits, work some of it, draw a small sample; how many cases stand in each state."""
    reviewer = User.objects.filter(role=Role.REVIEWER).order_by("pk").first()
    director = User.objects.filter(role=Role.MEDICAL_DIRECTOR).order_by("pk").first()
    assert reviewer is not None
    assert director is not None
    open_due_cases()
    for case, work in zip(cases_to_work(), WORKS, strict=False):
        work(case, reviewer, director)
    draw_paid(reviewer)
    begin_probe(reviewer)
    adjudicate_all()
    return {state.label: Case.objects.filter(state=state).count() for state in CaseState}


def cases_to_work() -> list[Case]:
    """The first two cases of a supplier for which somebody signs in, then the first of all others."""
    acts = SupplierPerson.objects.filter(supplier=OuterRef("supplier"), duty=Duty.ADMINISTRATOR)
    waiting = Case.objects.filter(state=CaseState.READY).select_related("claim", "supplier").order_by("pk")
    shown = list(waiting.filter(Exists(acts))[:2])
    return [*shown, *waiting.exclude(pk__in=[case.pk for case in shown])[: WORKED - len(shown)]]


def begin_probe(by: User) -> None:
    """The supplier with the most paid claims of the last months under probe, its first round drawn."""
    last = clock.today()
    criteria = Criteria(last - dt.timedelta(days=120), last, before_payment=False)
    paid = Claim.objects.filter(status=ClaimStatus.PAID, received_on__gte=criteria.first_day, supplier__isnull=False)
    most = paid.values("supplier").annotate(claims=Count("pk")).order_by("-claims", "supplier").first()
    if most and most["claims"] > PROBED:
        supplier = Supplier.objects.get(pk=most["supplier"])
        probe = choose(supplier, why="It bills more claims than any other supplier.", by=by)
        draw_round(probe, replace(criteria, supplier=supplier), PROBED, by=by, seed=SEED)


def draw_paid(by: User) -> None:
    """A random sample of the claims paid in the last weeks, for review after payment."""
    today = clock.today()
    if Claim.objects.filter(status=ClaimStatus.PAID, received_on__gte=today - dt.timedelta(days=60)).exists():
        draw_sample(
            Criteria(today - dt.timedelta(days=60), today, before_payment=False), "random", DRAWN, by=by, seed=SEED
        )


def begin(case: Case, reviewer: User, director: User) -> None:
    """In review: the records came, a place on their last page is marked, some points are answered."""
    case = take(case, reviewer, by=reviewer)
    missing = "The visit note gives no start of the infusion."
    if document := send_record(case, reviewer):
        mark_page(case, document, document.pages, BEGAN, point=15, note=missing, by=reviewer)
    for number in (8, 13, 16):
        answer_point(case, number, Answer.MET, page="1", by=reviewer)
    answer_point(case, 15, Answer.NOT_DOCUMENTED, note=missing, by=reviewer)


def send_record(case: Case, reviewer: User) -> Document | None:
    """Records are asked for, and the supplier sends its visit notes. Nothing where nobody signs in for the supplier."""
    people = User.objects.filter(supplier_roles__supplier=case.supplier, supplier_roles__duty=Duty.ADMINISTRATOR)
    person = people.order_by("pk").first()
    if person is None:
        return None
    request = ask_for_visit_notes(case, reviewer)
    orders, note, *_ = request.slots.order_by("number")
    with record_of(case.claim) as file:
        send(request, {note.number: [file]}, {orders.number: "No change was ordered."}, by=person)
    finish(request, by=person)
    return documents_of(case).first()


def wait_for_records(case: Case, reviewer: User, director: User) -> None:
    """Records are asked for."""
    case = take(case, reviewer, by=reviewer)
    ask_for_visit_notes(case, reviewer)


def ask_for_visit_notes(case: Case, reviewer: User) -> RecordsRequest:
    wanted = [each for each in askable_about([case.claim]) if each.code in ("visit_note", "change_orders")]
    why = "The claim does not show times and what was infused."
    return ask([case], slots_for([case], wanted, ()), why=why, by=reviewer)


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
