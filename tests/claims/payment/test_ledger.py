"""The ledger mirrors claims and remittances at every moment, whatever happens in whatever order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import ROUND_UP, Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.adjudication.queue import requeue
from claims.models import Claim, ClaimStatus, Decision, LedgerTransfer, Overpayment
from claims.payment.actions import accrue, take_back
from claims.payment.booking import Standing, standing_money
from claims.payment.ledger import Accrual, balances, discrepancies
from claims.payment.overpayments import record_refund, send_demands
from policy import clock
from policy.calendar import business_day_on_or_after
from tests.claims.payment.deciding import DECIDED, Denies, Pays, Waits, decide, noon, pay_on, void
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory

pytestmark = pytest.mark.django_db

CLAIMS = 4
which_claim = st.integers(0, CLAIMS - 1)
outcomes = st.one_of(
    st.builds(Pays, fee=st.decimals("0.01", "500", places=2).map(str), deductible_left=st.sampled_from(["0", "150"])),
    st.builds(Denies),
    st.builds(Waits),
)
#: ("decide", claim, outcome), ("ask", claim), ("void", claim), ("refund", claim, part of what is owed), or for all:
#: ("demand",), ("pay",) on the next banking day, ("wait",) past day 41.
acts = st.one_of(
    st.tuples(st.just("decide"), which_claim, outcomes),
    st.tuples(st.just("ask"), which_claim),
    st.tuples(st.just("void"), which_claim),
    st.tuples(st.just("refund"), which_claim, st.sampled_from(["0.01", "0.5", "1"])),
    st.tuples(st.sampled_from(["demand", "pay", "pay", "wait"])),
)
#: Claims that were paid, decided anew to less, demanded and recouped: what drawn acts seldom reach.
SEEDED = [
    ("decide", 0, Pays(fee="250.75")),
    ("decide", 2, Pays(fee="250.75")),
    ("pay",),
    ("ask", 0),
    ("decide", 0, Pays(fee="100.00")),
    ("pay",),
    ("demand",),
    ("wait",),
    ("ask", 2),
    ("decide", 2, Pays(fee="300.00")),
    ("pay",),
]


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no row behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@given(st.lists(acts, max_size=15))
@example(SEEDED)
@settings(
    max_examples=settings.default.max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_sequence_of_acts_the_accounts_are_zero_together_and_agree_with_the_claims(
    drawn: list[tuple[Any, ...]],
) -> None:
    with undone():
        suppliers = [SupplierFactory(), SupplierFactory()]
        claims = [ClaimFactory(supplier=suppliers[n % 2]).pk for n in range(CLAIMS)]
        day = DECIDED
        for what, *rest in drawn:
            if what == "pay":
                day = business_day_on_or_after(day + dt.timedelta(days=1))
                pay_on(day)
            elif what == "wait":
                day += dt.timedelta(days=41)
                clock.set_today(day)
            elif what == "demand":
                send_demands()
            else:
                act(what, Claim.objects.get(pk=claims[rest[0]]), day, *rest[1:])
            assert sum(balances().values()) == 0
            assert discrepancies() == ()
            assert_claims_are_paid_what_they_pay()


def act(what: str, claim: Claim, day: dt.date, *given: Any) -> None:
    """One act on a claim, where its status allows it."""
    match what, claim.status:
        case "decide", ClaimStatus.QUEUED:
            decide(claim, given[0], on=day, payment_day=day + dt.timedelta(days=1))
        case "ask", ClaimStatus.PAYABLE | ClaimStatus.DENIED | ClaimStatus.SUSPENDED | ClaimStatus.PAID:
            requeue([claim.pk], "Asked again", is_adjustment=True)
        case "void", ClaimStatus.PAYABLE | ClaimStatus.DENIED | ClaimStatus.SUSPENDED | ClaimStatus.PAID:
            void(claim, on=day)
        case "refund", _:
            for number, overpayment in enumerate(Overpayment.objects.owing().filter(claim=claim)):
                amount = (overpayment.owed * Decimal(given[0])).quantize(Decimal("0.01"), ROUND_UP)
                reference = f"{overpayment.refunds.count()}-{number}"
                record_refund(overpayment, amount=amount, received_on=day, reference=reference, by="a test")


def assert_claims_are_paid_what_they_pay() -> None:
    """A claim is paid by one decision at most, and by the one that stands; what went out is that and what is owed."""
    paid: dict[int, list[Standing]] = {
        claim: [each for each in money if each.paid]
        for claim, money in standing_money(Claim.objects.values_list("pk", flat=True)).items()
    }
    for claim in Claim.objects.all():
        by = {each.decision_id: each.paid for each in paid.get(claim.pk, ())}
        assert len(by) <= 1, "paid twice"
        match claim.status:
            case ClaimStatus.PAID:
                assert by == ({claim.current_decision_id: claim.paid_amount} if claim.paid_amount else {})
            case ClaimStatus.VOIDED | ClaimStatus.PAYABLE | ClaimStatus.DENIED:
                assert not by
    held = balances()
    assert held["bank"] + held["overpayment"] == sum(each.paid for money in paid.values() for each in money)
    assert held["overpayment"] <= 0


def test_a_decision_that_replaces_another_takes_back_what_that_made_payable() -> None:
    claim = ClaimFactory()
    decide(claim, Pays(fee="195.00"))
    assert balances()["payable"] == Decimal("152.88")
    requeue([claim.pk], "Looked at again")
    claim.refresh_from_db()
    decide(claim, Pays(fee="100.00"))
    assert balances()["payable"] == Decimal("78.40")
    moved = LedgerTransfer.objects.values_list("source", "target", "amount")
    assert list(moved) == [
        ("benefit", "payable", Decimal("152.88")),
        ("payable", "benefit", Decimal("152.88")),
        ("benefit", "payable", Decimal("78.40")),
    ]


@pytest.mark.parametrize(("follow_others", "statements"), [(False, 1), (True, 2)])
def test_a_batch_is_booked_in_two_statements_at_most(
    follow_others: bool, statements: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    before = [decide(ClaimFactory()) for _ in range(12)]
    after = [decide_unbooked(each) for each in before]
    accruals = [
        Accrual(now.claim.supplier_id or 0, now.claim_id, now.pk, now.paid_amount, was.pk if follow_others else None)
        for was, now in zip(before, after, strict=True)
    ]
    with django_assert_num_queries(statements):
        accrue(accruals, noon(DECIDED))


def decide_unbooked(before: Decision) -> Decision:
    """Another decision on the claim, not booked."""
    return Decision.objects.create(
        claim=before.claim,
        number=2,
        asked_by=2,
        reason="A test",
        decided_on=DECIDED,
        decided_at=noon(DECIDED),
        status="pay",
        allowed_amount=Decimal(1),
        paid_amount=Decimal(1),
        publication=1,
        engine_version="test",
        facts="{}",
        trace="{}",
    )


def test_a_claim_decided_and_replaced_in_one_batch_leaves_the_money_of_its_replacement() -> None:
    old = ClaimFactory()
    new = ClaimFactory(supplier=old.supplier)
    first, second = (decide_unbooked(Decision(claim=claim)) for claim in (old, new))
    accrue(
        [
            Accrual(old.supplier.pk, old.pk, first.pk, Decimal("250.75")),
            Accrual(old.supplier.pk, new.pk, second.pk, Decimal("100.00"), first.pk, replaced_claim_id=old.pk),
        ],
        noon(DECIDED),
    )
    assert balances()["payable"] == Decimal("100.00")
    assert standing_money([old.pk]) == {}


def test_taking_back_twice_takes_back_once() -> None:
    claim = ClaimFactory()
    decide(claim)
    take_back([claim.pk], noon(DECIDED))
    take_back([claim.pk], noon(DECIDED))
    assert LedgerTransfer.objects.count() == 2
    assert balances()["payable"] == 0


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"source": "bank", "target": "payable"}, "claims_transfer_between_known_accounts"),
        ({"source": "payable", "target": "bank"}, "claims_transfer_to_the_bank_is_remitted"),
        ({"amount": Decimal(0)}, "claims_transfer_is_positive"),
        ({}, "claims_transfer_once"),
    ],
)
def test_the_database_itself_refuses_a_transfer_that_cannot_be(change: dict[str, object], constraint: str) -> None:
    decide(ClaimFactory())
    booked = LedgerTransfer.objects.get()
    booked.pk = None
    for field, value in change.items():
        setattr(booked, field, value)
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        booked.save(force_insert=True)


def test_a_difference_between_ledger_and_claims_is_told() -> None:
    claim = ClaimFactory()
    decide(claim)
    Claim.objects.filter(pk=claim.pk).update(paid_amount=Decimal("1.00"))
    assert discrepancies() == (f"The payable claims of {claim.supplier} pay 1.00, the ledger holds 152.88 payable.",)
