"""Interest on overpayments: by full periods of 30 days, collected first, lessened when less is owed; second appeals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import CheckViolation

from accounts.models import Event, User
from claims.models import Claim, InterestCharge, LedgerTransfer, Overpayment, OverpaymentState, Remittance
from claims.payment.interest import Principal, full_periods, interest_on_overpayment
from claims.payment.ledger import Account, balances, discrepancies
from claims.payment.overpayment_interest import charge_interest
from claims.payment.overpayments import (
    decide_reconsideration,
    decide_redetermination,
    record_reconsideration,
    record_redetermination,
    record_refund,
    send_demand,
)
from policy import clock
from policy.models import InterestRate
from policy.refusals import Refused
from suppliers.models import Supplier
from suppliers.spans import days
from tests.claims.payment.deciding import PAYMENT_DAY, Denies, Pays, decide, decide_anew, pay_on
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings
from tests.claims.payment.test_overpayments import (
    DAY_42,
    FOUND,
    PAID,
    REVERSED,
    UPHELD,
    other_claim,
    overpaid,
    owed,
    raw,
    state,
)
from tests.claims.payment.test_payment_run import published
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory

pytestmark = pytest.mark.django_db

DAY_30, DAY_31 = dt.date(2026, 3, 4), dt.date(2026, 3, 5)
DAY_60, DAY_61 = dt.date(2026, 4, 3), dt.date(2026, 4, 4)
#: 152.88 at 12 percent for 30 of 365 days.
ONE_PERIOD = Decimal("1.51")


@pytest.fixture
def supplier() -> Supplier:
    return SupplierFactory(npi="1234567893", tin="521234567")


def load_rate(rate: str = "0.12", first: dt.date = dt.date(2026, 1, 1), last: dt.date | None = None) -> InterestRate:
    return InterestRate.objects.create(
        kind=InterestRate.Kind.OVERPAYMENT, rate=Decimal(rate), in_force=days(first, last), **published()
    )


@pytest.fixture
def rate() -> InterestRate:
    return load_rate()


@pytest.fixture
def demanded(supplier: Supplier, rate: InterestRate, examiner: User) -> Overpayment:
    """152.88, demanded on February 2."""
    overpayment = overpaid(supplier)
    send_demand(overpayment, by=examiner)
    return overpayment


def interest_owed(overpayment: Overpayment) -> Decimal:
    amount: Decimal = Overpayment.objects.with_owed().get(pk=overpayment.pk).interest_owed
    return amount


def charge_on(day: dt.date) -> int:
    clock.set_today(day)
    return charge_interest(day)


def refund(overpayment: Overpayment, amount: str, received_on: dt.date, by: User) -> None:
    record_refund(overpayment, amount=Decimal(amount), received_on=received_on, reference=amount, by=by)


# ---------- how much ----------


@pytest.mark.parametrize(
    ("day", "periods"), [(0, 0), (1, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (366, 12)]
)
def test_a_period_counts_from_the_day_after_its_last(day: int, periods: int) -> None:
    assert full_periods(FOUND, FOUND + dt.timedelta(days=day)) == periods


def test_each_period_is_charged_on_what_was_owed_at_its_end_and_rounded_once() -> None:
    principal = Principal(PAID, PAID, sent_back=((DAY_60, Decimal("100.00")), (DAY_61, Decimal("50.00"))))
    # 152.88 at the end of the first period, 52.88 of the second: 1.5078… and 0.5215…
    assert interest_on_overpayment(principal, FOUND, DAY_61, Decimal("0.12")) == ONE_PERIOD + Decimal("0.52")


cents = st.integers(0, 10_000_00).map(lambda number: Decimal(number) / 100)
dated = st.lists(st.tuples(st.dates(FOUND, dt.date(2027, 2, 2)), cents), max_size=4).map(tuple)


@given(cents, cents, dated, dated, st.dates(FOUND, dt.date(2027, 2, 2)))
def test_interest_grows_by_the_day_and_is_no_more_than_on_the_whole(
    amount: Decimal, truly: Decimal, sent_back: Any, paid_again: Any, day: dt.date
) -> None:
    rate = Decimal("0.10875")
    principal = Principal(amount, truly, sent_back, paid_again)
    by_now = interest_on_overpayment(principal, FOUND, day, rate)
    assert 0 <= by_now <= interest_on_overpayment(principal, FOUND, day + dt.timedelta(days=1), rate)
    assert by_now <= interest_on_overpayment(Principal(amount, amount), FOUND, day, rate)


# ---------- charging ----------


def test_it_is_charged_on_day_31_once_and_again_on_day_61(demanded: Overpayment) -> None:
    assert [charge_on(DAY_30), charge_on(DAY_31), charge_on(DAY_31), charge_on(DAY_60), charge_on(DAY_61)] == [
        0, 1, 0, 0, 1,
    ]  # fmt: skip
    assert interest_owed(demanded) == ONE_PERIOD * 2
    held = balances()
    assert (held["interest_due"], held["income"], sum(held.values())) == (-ONE_PERIOD * 2, ONE_PERIOD * 2, 0)
    assert discrepancies() == ()
    assert [(charge.periods, charge.amount) for charge in InterestCharge.objects.all()] == [
        (1, ONE_PERIOD),
        (2, ONE_PERIOD),
    ]
    told = Event.objects.filter(verb="interest_charged").order_by("pk").first()
    assert told is not None
    assert told.sentence == ("Interest of $1.51 was charged: by now $1.51 for 1 full period of 30 days at 12 % a year.")


def test_a_job_that_did_not_run_charges_what_has_passed(demanded: Overpayment) -> None:
    assert charge_on(DAY_61) == 1
    assert InterestCharge.objects.get().amount == ONE_PERIOD * 2


def test_without_a_rate_nothing_is_charged(supplier: Supplier, examiner: User) -> None:
    overpayment = overpaid(supplier)
    send_demand(overpayment, by=examiner)
    assert charge_on(DAY_61) == 0
    load_rate(first=FOUND + dt.timedelta(days=1))
    assert charge_on(DAY_61) == 0, "the rate of another day than that of the demand"
    load_rate("0.24", last=FOUND)
    assert charge_on(DAY_61) == 1, "a rate that is loaded late holds from the day of the demand"
    assert InterestCharge.objects.get().rate == Decimal("0.24")


def test_the_rate_of_the_day_of_the_demand_holds_for_the_debt(supplier: Supplier, examiner: User) -> None:
    load_rate(last=FOUND)
    load_rate("0.50", first=FOUND + dt.timedelta(days=1))
    overpayment = overpaid(supplier)
    send_demand(overpayment, by=examiner)
    charge_on(DAY_31)
    assert interest_owed(overpayment) == ONE_PERIOD


def test_what_was_not_demanded_bears_no_interest(supplier: Supplier, rate: InterestRate) -> None:
    overpaid(supplier)
    assert charge_on(dt.date(2026, 8, 1)) == 0


def test_interest_goes_on_while_an_appeal_stops_recoupment(demanded: Overpayment, examiner: User) -> None:
    record_redetermination(demanded, received_on=FOUND, by=examiner)
    charge_on(DAY_61)
    assert interest_owed(demanded) == ONE_PERIOD * 2


def test_charging_many_takes_as_many_queries_as_charging_one(
    demanded: Overpayment, examiner: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        send_demand(overpaid(SupplierFactory(), on=dt.date(2026, 2, 3)), by=examiner)
    clock.set_today(dt.date(2026, 3, 10))
    with django_assert_max_num_queries(19):
        assert charge_interest(dt.date(2026, 3, 10)) == 5


# ---------- collecting ----------


def test_a_payment_is_kept_for_interest_first_then_for_the_principal(supplier: Supplier, demanded: Overpayment) -> None:
    charge_on(DAY_31)
    other_claim(supplier, DAY_42, fee="100.00")
    summary = pay_on(DAY_42)
    assert (summary.kept, summary.paid) == (Decimal("78.40"), 0)
    assert (interest_owed(demanded), owed(demanded)) == (0, PAID - (Decimal("78.40") - ONE_PERIOD))
    content = Remittance.objects.get(payment_day=DAY_42).content
    assert f"PLB*1234567893*20261231*L6:{demanded.claim.icn}*1.51*WO:{demanded.claim.icn}*76.89~" in content
    assert oxedi_findings(content.encode()) == []
    assert pyx12_findings(content.encode()) == ""
    assert discrepancies() == ()
    charge_on(DAY_61)
    assert interest_owed(demanded) == Decimal("0.75"), "of 75.99, what was owed at the end of the second period"


def test_interest_is_recouped_when_the_principal_is_settled(
    supplier: Supplier, demanded: Overpayment, examiner: User
) -> None:
    charge_on(DAY_31)
    refund(demanded, "152.88", DAY_31, examiner)
    assert (owed(demanded), interest_owed(demanded)) == (ONE_PERIOD, 0), "it went to interest first"
    other_claim(supplier, DAY_42)
    assert pay_on(DAY_42).kept == ONE_PERIOD
    assert state(demanded) == OverpaymentState.CLOSED
    assert balances()["overpayment"] == balances()["interest_due"] == 0


def test_a_refund_that_came_in_time_bears_no_interest_though_it_is_recorded_late(
    demanded: Overpayment, examiner: User
) -> None:
    charge_on(DAY_31)
    refund(demanded, "152.88", DAY_30, examiner)
    assert (owed(demanded), interest_owed(demanded)) == (0, 0)
    assert [charge.amount for charge in InterestCharge.objects.all()] == [ONE_PERIOD, -ONE_PERIOD]
    assert state(demanded) == OverpaymentState.CLOSED
    assert discrepancies() == ()


@pytest.mark.parametrize(("amount", "is_taken"), [("154.39", True), ("154.40", False)])
def test_no_more_is_taken_back_than_principal_and_interest(
    demanded: Overpayment, examiner: User, amount: str, is_taken: bool
) -> None:
    clock.set_today(DAY_31)
    if is_taken:
        refund(demanded, amount, DAY_31, examiner)
        assert state(demanded) == OverpaymentState.CLOSED
        return
    with pytest.raises(Refused, match=r"which is \$154\.39"):
        refund(demanded, amount, DAY_31, examiner)


def test_the_database_refuses_more_interest_than_was_charged(demanded: Overpayment) -> None:
    charge_on(DAY_31)
    with pytest.raises(CheckViolation, match="claims_interest_within_what_was_charged"):
        raw(demanded, Account.INTEREST_DUE, Account.BANK, "0.01", remittance_id=demanded.remittance_id)
    assert LedgerTransfer.objects.filter(source=Account.INTEREST_DUE).count() == 1


# ---------- a later decision leaves less to owe ----------


@pytest.fixture
def denied(supplier: Supplier, rate: InterestRate, examiner: User) -> Overpayment:
    """A paid claim that a later decision denied whole: 152.88, demanded on February 2."""
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    pay_on(PAYMENT_DAY)
    decide_anew(claim, Denies(), on=PAYMENT_DAY)
    pay_on(FOUND)
    overpayment = Overpayment.objects.get()
    send_demand(overpayment, by=examiner)
    return overpayment


def test_what_was_collected_of_a_debt_that_is_reversed_is_given_back(
    supplier: Supplier, denied: Overpayment, examiner: User
) -> None:
    charge_on(DAY_31)
    other_claim(supplier, DAY_42, fee="200.00")
    assert pay_on(DAY_42).kept == PAID + ONE_PERIOD
    record_redetermination(denied, received_on=DAY_42, by=examiner)
    decide_redetermination(denied, outcome=REVERSED, by=examiner)
    decide_anew(Claim.objects.get(pk=denied.claim_id), Pays(), on=DAY_42)
    assert pay_on(dt.date(2026, 3, 17)).paid == PAID

    assert charge_on(dt.date(2026, 3, 18)) == 1
    assert interest_owed(denied) == -ONE_PERIOD
    other_claim(supplier, dt.date(2026, 3, 18), fee="100.00")
    assert pay_on(dt.date(2026, 3, 18)).paid == Decimal("78.40") + ONE_PERIOD
    content = Remittance.objects.get(payment_day=dt.date(2026, 3, 18)).content
    assert f"L6:{denied.claim.icn}*-1.51~" in content
    assert oxedi_findings(content.encode()) == []
    assert interest_owed(denied) == balances()["interest_due"] == balances()["income"] == 0
    assert discrepancies() == ()
    assert charge_on(dt.date(2026, 12, 1)) == 0


def test_a_decision_that_leaves_part_of_the_debt_leaves_its_interest(
    supplier: Supplier, denied: Overpayment, examiner: User
) -> None:
    """74.48 was owed all along: 0.73 for each of two periods, and no interest on the rest."""
    charge_on(DAY_31)
    decide_anew(Claim.objects.get(pk=denied.claim_id), Pays(fee="100.00"), on=DAY_42)
    assert pay_on(dt.date(2026, 3, 17)).kept == Decimal("78.40")
    assert owed(denied) == Decimal("74.48")
    charge_on(dt.date(2026, 3, 18))
    assert interest_owed(denied) == Decimal("0.73")
    charge_on(DAY_61)
    assert interest_owed(denied) == Decimal("1.46")
    assert discrepancies() == ()


def test_a_second_correction_undoes_the_latest_debt_first(
    supplier: Supplier, rate: InterestRate, examiner: User
) -> None:
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    pay_on(PAYMENT_DAY)
    for on, day, fee in ((PAYMENT_DAY, FOUND, "150.00"), (FOUND, dt.date(2026, 2, 3), "100.00")):
        decide_anew(claim, Pays(fee=fee), on=on)
        pay_on(day)
        send_demand(Overpayment.objects.latest("pk"), by=examiner)
    first, second = Overpayment.objects.order_by("pk")
    assert (first.amount, second.amount) == (Decimal("35.28"), Decimal("39.20"))
    decide_anew(claim, Pays(fee="150.00"), on=dt.date(2026, 2, 3))
    pay_on(dt.date(2026, 2, 4))
    assert (owed(first), owed(second)) == (Decimal("35.28"), 0)
    charge_on(dt.date(2026, 3, 10))
    assert InterestCharge.objects.get().overpayment == first


# ---------- the second appeal ----------


@pytest.fixture
def upheld(demanded: Overpayment, examiner: User) -> Overpayment:
    """The redetermination of February 3 upheld the debt on February 10."""
    clock.set_today(dt.date(2026, 2, 10))
    record_redetermination(demanded, received_on=dt.date(2026, 2, 3), by=examiner)
    decide_redetermination(demanded, outcome=UPHELD, by=examiner)
    return demanded


#: Day 60 and day 61 after the redetermination.
LAST_FREE_DAY, RESUMES = dt.date(2026, 4, 11), dt.date(2026, 4, 12)


def recoupable(day: dt.date) -> bool:
    return Overpayment.objects.recoupable_on(day).exists()


def test_a_reconsideration_asked_for_in_sixty_days_keeps_recoupment_from_beginning(
    upheld: Overpayment, examiner: User
) -> None:
    clock.set_today(LAST_FREE_DAY)
    assert (recoupable(LAST_FREE_DAY), recoupable(RESUMES)) == (False, True)
    record_reconsideration(upheld, received_on=LAST_FREE_DAY, by=examiner)
    assert not recoupable(dt.date(2027, 1, 1))
    assert state(upheld) == OverpaymentState.APPEALED


def test_one_that_comes_later_in_time_stops_what_has_begun_until_it_is_decided(
    supplier: Supplier, upheld: Overpayment, examiner: User
) -> None:
    monday = dt.date(2026, 4, 13)
    other_claim(supplier, monday, fee="100.00")
    assert pay_on(monday).kept == Decimal("78.40")
    record_reconsideration(upheld, received_on=monday, by=examiner)
    assert not recoupable(dt.date(2026, 8, 1))
    clock.set_today(dt.date(2026, 6, 1))
    decide_reconsideration(upheld, outcome=UPHELD, by=examiner)
    assert recoupable(dt.date(2026, 6, 1)), "from the day of the decision: a further appeal does not stop it"


def test_what_a_reconsideration_reverses_waits_for_the_correction(denied: Overpayment, examiner: User) -> None:
    clock.set_today(DAY_31)
    record_redetermination(denied, received_on=DAY_31, by=examiner)
    decide_redetermination(denied, outcome=UPHELD, by=examiner)
    record_reconsideration(denied, received_on=DAY_31, by=examiner)
    decide_reconsideration(denied, outcome=REVERSED, by=examiner)
    assert not recoupable(dt.date(2026, 12, 1))
    decide_anew(Claim.objects.get(pk=denied.claim_id), Pays(fee="100.00"), on=DAY_31)
    pay_on(dt.date(2026, 3, 6))
    assert recoupable(DAY_42)


@pytest.mark.parametrize(
    ("received", "code"),
    [
        (dt.date(2026, 2, 9), "before_the_redetermination"),
        (dt.date(2026, 2, 10), None),
        (dt.date(2026, 8, 14), None),
        (dt.date(2026, 8, 15), "too_late"),
        (dt.date(2026, 9, 2), "day_to_come"),
    ],
)
def test_a_reconsideration_is_timely_through_180_days_of_receipt(
    upheld: Overpayment, examiner: User, received: dt.date, code: str | None
) -> None:
    clock.set_today(dt.date(2026, 9, 1))
    if code is None:
        assert record_reconsideration(upheld, received_on=received, by=examiner).outcome == ""
        return
    with pytest.raises(Refused) as refused:
        record_reconsideration(upheld, received_on=received, by=examiner)
    assert refused.value.code == code


def test_a_reconsideration_follows_a_decided_redetermination_once(demanded: Overpayment, examiner: User) -> None:
    with pytest.raises(Refused, match="follows a redetermination"):
        record_reconsideration(demanded, received_on=FOUND, by=examiner)
    record_redetermination(demanded, received_on=FOUND, by=examiner)
    with pytest.raises(Refused, match="follows a redetermination"):
        record_reconsideration(demanded, received_on=FOUND, by=examiner)
    decide_redetermination(demanded, outcome=UPHELD, by=examiner)
    with pytest.raises(Refused, match="No reconsideration"):
        decide_reconsideration(demanded, outcome=UPHELD, by=examiner)
    record_reconsideration(demanded, received_on=FOUND, by=examiner)
    with pytest.raises(Refused, match="recorded before"):
        record_reconsideration(demanded, received_on=FOUND, by=examiner)
    decide_reconsideration(demanded, outcome=UPHELD, by=examiner)
    verbs = ["reconsideration_recorded", "reconsideration_decided"]
    told = Event.objects.filter(verb__in=verbs, about_type="claims.claim").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == verbs
