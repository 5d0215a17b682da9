"""The ledger mirrors claims and remittances at every moment, whatever happens in whatever order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.adjudication.queue import requeue
from claims.models import Claim, ClaimStatus, LedgerTransfer
from claims.payment.actions import run_payment_day, withdraw
from claims.payment.ledger import balances, discrepancies
from policy import clock
from policy.calendar import business_day_on_or_after
from tests.claims.payment.deciding import DECIDED, Denies, Outcome, Pays, Waits, decide, noon
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
#: ("decide", claim, outcome), ("ask", claim), ("void", claim) or ("pay",): a day passes before each payment.
acts = st.one_of(
    st.tuples(st.just("decide"), which_claim, outcomes),
    st.tuples(st.just("ask"), which_claim),
    st.tuples(st.just("void"), which_claim),
    st.tuples(st.just("pay")),
)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no row behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@given(st.lists(acts, max_size=15))
@settings(
    max_examples=settings.default.max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_sequence_of_acts_the_accounts_are_zero_together_and_agree_with_the_claims(
    drawn: list[tuple[object, ...]],
) -> None:
    with undone():
        suppliers = [SupplierFactory(), SupplierFactory()]
        claims = [ClaimFactory(supplier=suppliers[n % 2]).pk for n in range(CLAIMS)]
        day = DECIDED
        for what, *rest in drawn:
            if what == "pay":
                day = business_day_on_or_after(day + dt.timedelta(days=1))
                clock.set_today(day)
                run_payment_day(day)
            else:
                act(str(what), Claim.objects.get(pk=claims[int(str(rest[0]))]), day, *rest[1:])
            assert sum(balances().values()) == 0
            assert discrepancies() == ()
        assert_nobody_is_paid_twice()


def act(what: str, claim: Claim, day: dt.date, *given: object) -> None:
    """One act on a claim, where its status allows it."""
    match what, claim.status:
        case "decide", ClaimStatus.QUEUED:
            (outcome,) = given
            assert isinstance(outcome, Outcome)
            decide(claim, outcome, on=day, payment_day=day + dt.timedelta(days=1))
        case "ask", ClaimStatus.PAYABLE | ClaimStatus.DENIED | ClaimStatus.SUSPENDED:
            requeue([claim.pk], "Asked again")
        case "void", ClaimStatus.PAYABLE if claim.current_decision_id:
            withdraw([claim.current_decision_id], noon(day))
            claim.status = ClaimStatus.VOIDED
            claim.save(update_fields=["status"])


def assert_nobody_is_paid_twice() -> None:
    paid = LedgerTransfer.objects.filter(target="bank")
    assert paid.count() == paid.values("claim").distinct().count()
    for transfer in paid.select_related("claim"):
        assert transfer.claim.status == ClaimStatus.PAID
        assert transfer.amount == transfer.claim.paid_amount


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


def test_taking_back_twice_takes_back_once() -> None:
    claim = ClaimFactory()
    decision = decide(claim)
    withdraw([decision.pk], noon(DECIDED))
    withdraw([decision.pk], noon(DECIDED))
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
