"""Whatever moves, and in whatever order: deciding anew comes to an end, and then no claim is stale."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from beneficiaries.actions import announce_history
from beneficiaries.models import HistoryKind
from claims.actions import look_at_arrivals
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import approve, void
from claims.models import Adjustment, Claim, ClaimStatus
from claims.payment.actions import run_payment_day
from claims.payment.ledger import discrepancies
from claims.staleness.actions import look_at_overtaken
from claims.staleness.judging import stale_among
from policy import clock, readers
from suppliers.spans import days as span
from tests.factories.beneficiaries import DeductibleElsewhereFactory, OutsideVisitFactory, StayFactory
from tests.factories.policy import load_small_tables
from tests.factories.suppliers import RevocationFactory
from tests.factories.world import World, base_world

RECEIVED = dt.date(2026, 1, 16)
PAYMENT_DAY = dt.date(2026, 1, 30)

#: More rounds than claims that can bar one another: each round settles at least one claim for good.
MOST_ROUNDS = 12

Happening = Callable[[World, User], None]


@pytest.fixture
def examiner(db: None) -> Iterator[User]:
    load_small_tables()
    yield User.objects.create_user("examiner@example.com", name="Ada Examiner", role=Role.EXAMINER)
    readers.forget()


days = st.integers(3, 15).map(lambda number: dt.date(2026, 1, number))
codes = st.sampled_from(("G0068", "G0068", "G0088"))


def a_claim(lines: list[tuple[str, dt.date]]) -> Happening:
    return lambda world, _: world.claim(lines=[{"hcpcs": code, "date_of_service": day} for code, day in lines]) and None


def a_drug(day: dt.date, status: str) -> Happening:
    def happen(world: World, _: User) -> None:
        world.drug(hcpcs="J2260", date_of_service=day, status=status)
        announce_history([world.beneficiary.pk], HistoryKind.DRUG_CLAIMS)

    return happen


def a_visit_elsewhere(day: dt.date, code: str, status: str) -> Happening:
    def happen(world: World, _: User) -> None:
        OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=day, hcpcs=code, status=status)
        announce_history([world.beneficiary.pk], HistoryKind.OUTSIDE_VISITS)

    return happen


def a_stay(day: dt.date, length: int) -> Happening:
    def happen(world: World, _: User) -> None:
        if not world.beneficiary.stays.filter(admitted=day).exists():
            StayFactory(beneficiary=world.beneficiary, admitted=day, discharged=day + dt.timedelta(days=length))
        announce_history([world.beneficiary.pk], HistoryKind.STAYS)

    return happen


def deductible_elsewhere(amount: int) -> Happening:
    def happen(world: World, _: User) -> None:
        world.beneficiary.deductibles_elsewhere.all().delete()
        DeductibleElsewhereFactory(beneficiary=world.beneficiary, amount=amount)
        announce_history([world.beneficiary.pk], HistoryKind.DEDUCTIBLE)

    return happen


def a_signature(day: dt.date | None) -> Happening:
    def happen(world: World, _: User) -> None:
        assert world.plan is not None
        world.plan.versions.update(signed=day)

    return happen


def a_revocation(day: dt.date, length: int) -> Happening:
    def happen(world: World, _: User) -> None:
        world.supplier.revocations.all().delete()
        RevocationFactory(supplier=world.supplier, in_force=span(day, day + dt.timedelta(days=length)))

    return happen


def a_look(world: World, examiner: User) -> None:
    """Before what is in the queue is decided."""
    look_at_arrivals()


def a_void(at: int) -> Happening:
    def happen(world: World, examiner: User) -> None:
        claims = list(Claim.objects.exclude(status__in=(ClaimStatus.VOIDED, ClaimStatus.QUEUED)).order_by("pk"))
        if claims:
            void(claims[at % len(claims)], "Billed in error.", by=examiner)

    return happen


def a_payment(world: World, examiner: User) -> None:
    clock.set_today(PAYMENT_DAY)
    run_payment_day(PAYMENT_DAY)


statuses = st.sampled_from(("paid", "pending", "denied"))
happenings = st.one_of(
    st.builds(a_claim, st.lists(st.tuples(codes, days), min_size=1, max_size=2)),
    st.builds(a_claim, st.lists(st.tuples(codes, days), min_size=1, max_size=2)),
    st.builds(a_drug, days, statuses),
    st.builds(a_visit_elsewhere, days, codes, statuses),
    st.builds(a_stay, days, st.integers(1, 6)),
    st.builds(deductible_elsewhere, st.sampled_from((0, 100, 283))),
    st.builds(a_void, st.integers(0, 5)),
    st.builds(a_signature, st.none() | days),
    st.builds(a_revocation, days, st.integers(0, 6)),
    st.just(a_look),
    st.just(a_payment),
)


#: Each example is a database transaction with many decisions.
EXAMPLES = 300 if os.environ.get("HIT_PROOF") else 25


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    story=st.lists(happenings, min_size=3, max_size=9),
    how=st.sampled_from(("at once", "one by one", "decided late")),
)
@example(
    story=[
        a_claim([("G0088", dt.date(2026, 1, 4))]),
        a_signature(None),
        a_claim([("G0068", dt.date(2026, 1, 3))]),
    ],
    how="one by one",
)  # a visit of a claim that waits itself overtakes an initial visit that waits
def test_deciding_anew_ends_and_leaves_no_claim_stale(examiner: User, story: list[Happening], how: str) -> None:
    """All happens before anyone looks; one looks, decides and approves after each; or nobody decides before the end."""
    with transaction.atomic():
        clock.set_today(RECEIVED)
        world = base_world(beneficiary={"owing_the_deductible": True})
        for happen in story:
            happen(world, examiner)
            if how != "decided late":
                adjudicate_all()
            if how == "one by one":
                settle(examiner)
        settle(examiner)
        assert stale_among(list(Claim.objects.values_list("pk", flat=True)))[0] == []
        assert discrepancies() == ()
        transaction.set_rollback(True)


def settle(examiner: User) -> None:
    """Look, approve, decide, until nothing moves any more."""
    for _ in range(MOST_ROUNDS):
        found = look_at_arrivals() + look_at_overtaken().moved
        for proposal in Adjustment.objects.filter(state=Adjustment.State.PROPOSED):
            approve(proposal, by=examiner, reason="As proposed.")
        if not adjudicate_all() and not found:
            return
    raise AssertionError(f"Deciding anew did not end within {MOST_ROUNDS} rounds.")
