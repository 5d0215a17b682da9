"""What is owed is demanded, sent back, disputed and recouped: not before day 41, and never more than is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from psycopg.errors import CheckViolation

from accounts.models import Event, Role, User
from claims.models import Claim, LedgerTransfer, Overpayment, OverpaymentState, Redetermination, Refund, Remittance
from claims.payment.booking import Transfer, write_transfers
from claims.payment.ledger import Account, balances, discrepancies
from claims.payment.overpayments import (
    decide_redetermination,
    record_redetermination,
    record_refund,
    send_demand,
    send_demands,
)
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier
from tests.accounts.cast import make_person
from tests.claims.payment.deciding import (
    NO_INTEREST,
    PAYMENT_DAY,
    Denies,
    Pays,
    decide,
    decide_anew,
    noon,
    pay_on,
    void,
)
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory

pytestmark = pytest.mark.django_db

FOUND = dt.date(2026, 2, 2)
#: Day 41 after a demand of February 2, a Sunday; the first banking day after it.
DAY_41, DAY_42 = dt.date(2026, 3, 15), dt.date(2026, 3, 16)
DAY_39 = dt.date(2026, 3, 13)
PAID = Decimal("152.88")
UPHELD, REVERSED = Redetermination.Outcome.UPHELD, Redetermination.Outcome.REVERSED


@pytest.fixture
def supplier() -> Supplier:
    return SupplierFactory(npi="1234567893", tin="521234567")


def overpaid(supplier: Supplier, on: dt.date = FOUND) -> Overpayment:
    """An overpayment of 152.88, found when a paid claim was voided."""
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    if not Remittance.objects.filter(supplier=supplier, payment_day=PAYMENT_DAY).exists():
        pay_on(PAYMENT_DAY)
    void(claim, on=PAYMENT_DAY)
    pay_on(on)
    return Overpayment.objects.get(claim=claim)


@pytest.fixture
def overpayment(supplier: Supplier) -> Overpayment:
    return overpaid(supplier)


@pytest.fixture
def demanded(overpayment: Overpayment, examiner: User) -> Overpayment:
    """Demanded on February 2."""
    send_demand(overpayment, by=examiner)
    return overpayment


def other_claim(supplier: Supplier, day: dt.date, fee: str = "195.00") -> Claim:
    """Another claim of the supplier that pays on a day."""
    claim = ClaimFactory(supplier=supplier)
    decide(claim, Pays(fee=fee), on=day - dt.timedelta(days=1), payment_day=day)
    return claim


def owed(overpayment: Overpayment) -> Decimal:
    amount: Decimal = Overpayment.objects.with_owed().get(pk=overpayment.pk).owed
    return amount


def state(overpayment: Overpayment) -> OverpaymentState:
    return OverpaymentState(Overpayment.objects.with_state(clock.today()).get(pk=overpayment.pk).state)


def test_recoupment_begins_on_day_41_and_not_a_day_before(supplier: Supplier, demanded: Overpayment) -> None:
    assert state(demanded) == OverpaymentState.DEMANDED
    assert demanded.demand.recoups_from == DAY_41
    assert not Overpayment.objects.recoupable_on(DAY_41 - dt.timedelta(days=1)).exists()
    assert Overpayment.objects.recoupable_on(DAY_41).exists()

    other_claim(supplier, DAY_39)
    assert pay_on(DAY_39).paid == PAID
    other_claim(supplier, DAY_42, fee="100.00")
    summary = pay_on(DAY_42)
    assert (summary.paid, summary.kept) == (0, Decimal("78.40"))
    assert state(demanded) == OverpaymentState.RECOUPING
    content = Remittance.objects.get(payment_day=DAY_42).content
    assert f"PLB*1234567893*20261231*WO:{demanded.claim.icn}*78.4~" in content
    assert "BPR*H*0*C*NON*" in content
    assert oxedi_findings(content.encode()) == []
    assert pyx12_findings(content.encode()) == ""
    assert discrepancies() == ()


def test_no_more_is_recouped_than_is_owed_and_the_rest_goes_out(supplier: Supplier, demanded: Overpayment) -> None:
    for fee in ("100.00", "195.00"):
        other_claim(supplier, DAY_42, fee)
    summary = pay_on(DAY_42)
    assert (summary.kept, summary.paid) == (PAID, Decimal("78.40"))
    assert state(demanded) == OverpaymentState.CLOSED
    assert Remittance.objects.get(payment_day=DAY_42).content.count(f"WO:{demanded.claim.icn}") == 1, "one entry a debt"
    other_claim(supplier, dt.date(2026, 3, 17))
    assert pay_on(dt.date(2026, 3, 17)).kept == 0
    assert balances()["overpayment"] == 0


def test_the_debt_demanded_first_is_recouped_first(supplier: Supplier, examiner: User) -> None:
    first = overpaid(supplier)
    send_demand(first, by=examiner)
    paid = ClaimFactory(supplier=supplier)
    decide(paid, payment_day=dt.date(2026, 2, 3))
    pay_on(dt.date(2026, 2, 3))
    void(paid, on=dt.date(2026, 2, 3))
    pay_on(dt.date(2026, 2, 4))
    second = Overpayment.objects.get(claim=paid)
    send_demand(second, by=examiner)
    day = dt.date(2026, 3, 17)
    other_claim(supplier, day, fee="200.00")
    pay_on(day)
    assert (owed(first), owed(second)) == (0, Decimal("148.96"))
    assert discrepancies() == ()


def test_what_was_not_demanded_is_never_recouped(supplier: Supplier, overpayment: Overpayment) -> None:
    other_claim(supplier, dt.date(2026, 6, 1))
    assert pay_on(dt.date(2026, 6, 1)).kept == 0
    assert state(overpayment) == OverpaymentState.OPEN


def test_another_suppliers_money_is_not_touched(demanded: Overpayment) -> None:
    other_claim(SupplierFactory(), DAY_42)
    assert pay_on(DAY_42).kept == 0


def test_a_redetermination_stops_recoupment_until_it_upholds_the_debt_for_sixty_days(
    supplier: Supplier, demanded: Overpayment, examiner: User
) -> None:
    clock.set_today(dt.date(2026, 3, 3))
    record_redetermination(demanded, received_on=dt.date(2026, 3, 3), by=examiner)
    other_claim(supplier, DAY_42)
    assert pay_on(DAY_42).kept == 0
    assert state(demanded) == OverpaymentState.APPEALED

    decide_redetermination(demanded, outcome=UPHELD, by=examiner)
    day_60, day_61 = dt.date(2026, 5, 15), dt.date(2026, 5, 16)
    assert not Overpayment.objects.recoupable_on(day_60).exists()
    assert Overpayment.objects.recoupable_on(day_61).exists()
    monday = dt.date(2026, 5, 18)
    other_claim(supplier, monday)
    assert pay_on(monday).kept == PAID


def test_a_request_that_comes_while_it_is_recouped_stops_what_is_left(
    supplier: Supplier, demanded: Overpayment, examiner: User
) -> None:
    other_claim(supplier, DAY_42, fee="100.00")
    pay_on(DAY_42)
    record_redetermination(demanded, received_on=DAY_42, by=examiner)
    other_claim(supplier, dt.date(2026, 3, 17))
    assert pay_on(dt.date(2026, 3, 17)).kept == 0
    assert owed(demanded) == Decimal("74.48"), "what was kept before is kept"


def test_a_debt_reversed_on_appeal_is_recouped_only_for_what_the_correction_leaves(
    supplier: Supplier, examiner: User
) -> None:
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    pay_on(PAYMENT_DAY)
    decide_anew(claim, Denies(), on=PAYMENT_DAY)
    pay_on(FOUND)
    overpayment = Overpayment.objects.get()
    send_demand(overpayment, by=examiner)
    record_redetermination(overpayment, received_on=FOUND, by=examiner)
    clock.set_today(dt.date(2026, 3, 16))
    decide_redetermination(overpayment, outcome=REVERSED, by=examiner)
    assert not Overpayment.objects.recoupable_on(dt.date(2026, 12, 1)).exists()

    decide_anew(claim, Pays(fee="100.00"), on=dt.date(2026, 3, 16))
    assert pay_on(dt.date(2026, 3, 17)).kept == Decimal("78.40")
    assert owed(overpayment) == Decimal("74.48")
    assert Overpayment.objects.recoupable_on(dt.date(2026, 3, 17)).exists()
    assert discrepancies() == ()


@pytest.mark.parametrize(
    ("received", "code"),
    [
        (dt.date(2026, 2, 1), "before_the_demand"),
        (dt.date(2026, 2, 2), None),
        (dt.date(2026, 6, 7), None),
        (dt.date(2026, 6, 8), "too_late"),
        (dt.date(2026, 7, 2), "day_to_come"),
    ],
)
def test_a_request_is_timely_from_the_demand_through_120_days_of_its_receipt(
    demanded: Overpayment, examiner: User, received: dt.date, code: str | None
) -> None:
    clock.set_today(dt.date(2026, 7, 1))
    if code is None:
        record_redetermination(demanded, received_on=received, by=examiner)
        return
    with pytest.raises(Refused) as refused:
        record_redetermination(demanded, received_on=received, by=examiner)
    assert refused.value.code == code
    assert not Redetermination.objects.exists()


def refund(overpayment: Overpayment, by: User, amount: str = "50.00", reference: str = "1001") -> Refund:
    return record_refund(overpayment, amount=Decimal(amount), received_on=FOUND, reference=reference, by=by)


def test_refunds_lessen_what_is_owed_before_a_demand_and_after_it(overpayment: Overpayment, examiner: User) -> None:
    refund(overpayment, examiner)
    assert (owed(overpayment), state(overpayment)) == (Decimal("102.88"), OverpaymentState.OPEN)
    send_demand(overpayment, by=examiner)
    refund(overpayment, examiner, "102.88", "1002")
    assert state(overpayment) == OverpaymentState.CLOSED
    assert balances() == {"benefit": 0, "interest": 0, "payable": 0, "bank": 0, "overpayment": 0, **NO_INTEREST}
    assert discrepancies() == ()


@pytest.mark.parametrize(
    ("amount", "reference", "code"),
    [("152.89", "1002", "more_than_owed"), ("0.00", "1002", "bad_amount"), ("1.00", "1001", "recorded_before")],
)
def test_a_refund_that_cannot_be_is_refused_with_words(
    overpayment: Overpayment, examiner: User, amount: str, reference: str, code: str
) -> None:
    refund(overpayment, examiner, "0.01", "1001")
    with pytest.raises(Refused) as refused:
        refund(overpayment, examiner, amount, reference)
    assert (refused.value.code, Refund.objects.count()) == (code, 1)


def test_a_refund_of_a_day_to_come_is_refused(overpayment: Overpayment, examiner: User) -> None:
    day = FOUND + dt.timedelta(days=1)
    with pytest.raises(Refused, match="has not come"):
        record_refund(overpayment, amount=Decimal(1), received_on=day, reference="1", by=examiner)


def test_a_demand_is_sent_once_and_only_for_what_is_owed(overpayment: Overpayment, examiner: User) -> None:
    send_demand(overpayment, by=examiner)
    with pytest.raises(Refused, match="already sent"):
        send_demand(overpayment, by=examiner)


def test_what_was_sent_back_needs_no_demand(overpayment: Overpayment, examiner: User) -> None:
    refund(overpayment, examiner, "152.88")
    with pytest.raises(Refused, match="nothing to demand"):
        send_demand(overpayment, by=examiner)
    assert send_demands() == 0


def test_the_command_sends_every_demand_that_waits_once(overpayment: Overpayment) -> None:
    for sent in (1, 0):
        out = StringIO()
        call_command("send_demands", stdout=out)
        assert out.getvalue() == f"{sent} demands sent.\n"


def test_a_redetermination_needs_a_demand_and_has_one_outcome(overpayment: Overpayment, examiner: User) -> None:
    with pytest.raises(Refused, match="not sent yet"):
        record_redetermination(overpayment, received_on=FOUND, by=examiner)
    send_demand(overpayment, by=examiner)
    record_redetermination(overpayment, received_on=FOUND, by=examiner)
    with pytest.raises(Refused, match="recorded before"):
        record_redetermination(overpayment, received_on=FOUND, by=examiner)
    with pytest.raises(Refused, match="upheld or reversed"):
        decide_redetermination(overpayment, outcome="", by=examiner)
    decide_redetermination(overpayment, outcome=UPHELD, by=examiner)
    with pytest.raises(Refused, match="open"):
        decide_redetermination(overpayment, outcome=REVERSED, by=examiner)


Act = Callable[[Overpayment, User], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda overpayment, by: send_demand(overpayment, by=by),
        refund,
        lambda overpayment, by: record_redetermination(overpayment, received_on=FOUND, by=by),
        lambda overpayment, by: decide_redetermination(overpayment, outcome=UPHELD, by=by),
    ],
)
def test_only_examiners_act_and_within_their_limit(overpayment: Overpayment, examiner: User, act: Act) -> None:
    examiner.amount_limit = Decimal("152.87")
    for person, code in ((examiner, "above_limit"), (make_person("Rosa Reviewer", Role.REVIEWER), "wrong_role")):
        with pytest.raises(Refused) as refused:
            act(overpayment, person)
        assert refused.value.code == code
    assert not Event.objects.filter(actor__isnull=False).exists()


def test_each_act_leaves_an_event_on_the_overpayment_and_on_the_claim(demanded: Overpayment, examiner: User) -> None:
    refund(demanded, examiner)
    record_redetermination(demanded, received_on=FOUND, by=examiner)
    decide_redetermination(demanded, outcome=UPHELD, by=examiner)
    verbs = ["demand_sent", "refund_recorded", "redetermination_recorded", "redetermination_decided"]
    for kind, key in (("claims.overpayment", demanded.pk), ("claims.claim", demanded.claim_id)):
        told = Event.objects.filter(actor=examiner, about_type=kind, about_id=str(key)).order_by("pk")
        assert list(told.values_list("verb", flat=True)) == verbs


def raw(overpayment: Overpayment, source: Account, target: Account, amount: str, **given: int) -> None:
    moved = Transfer(
        overpayment.supplier_id,
        overpayment.claim_id,
        overpayment.decision_id,
        source,
        target,
        Decimal(amount),
        **given,
    )
    with transaction.atomic():
        write_transfers([moved], noon(FOUND))


def test_the_database_refuses_to_settle_more_than_is_owed(overpayment: Overpayment, examiner: User) -> None:
    sent = refund(overpayment, examiner, "152.88")
    again = Refund.objects.create(
        overpayment=overpayment, amount=Decimal("1.00"), received_on=FOUND, reference="2", recorded_on=FOUND
    )
    with pytest.raises(CheckViolation, match="claims_debt_settled_once"):
        raw(
            overpayment,
            Account.BANK,
            Account.OVERPAYMENT,
            "0.01",
            settles_id=overpayment.decision_id,
            refund_id=again.pk,
        )
    assert discrepancies() == (f"{again} of overpayment {overpayment.pk} is booked as 0.00.",)
    assert LedgerTransfer.objects.filter(refund=sent).count() == 1


def test_the_database_refuses_to_reverse_more_than_was_paid(supplier: Supplier) -> None:
    claim = ClaimFactory(supplier=supplier)
    decision = decide(claim)
    moved = Transfer(supplier.pk, claim.pk, decision.pk, Account.OVERPAYMENT, Account.BENEFIT, Decimal("0.01"))
    with pytest.raises(CheckViolation, match="claims_transfer_within_what_was_booked"), transaction.atomic():
        write_transfers([moved], noon(FOUND))


def test_the_database_refuses_to_pay_a_claim_by_two_decisions(supplier: Supplier) -> None:
    """Even when the code forgot to reverse the first."""
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    pay_on(PAYMENT_DAY)
    claim = Claim.objects.get(pk=claim.pk)
    Claim.objects.filter(pk=claim.pk).update(status="queued", current_decision=None)
    claim.refresh_from_db()
    second = decide(claim)
    remittance = Remittance.objects.get()
    moved = Transfer(supplier.pk, claim.pk, second.pk, Account.PAYABLE, Account.BANK, PAID, remittance_id=remittance.pk)
    with pytest.raises(CheckViolation, match="claims_claim_paid_once"), transaction.atomic():
        write_transfers([moved], noon(FOUND))
