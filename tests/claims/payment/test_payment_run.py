"""A payment day: who is paid and told what, once, whatever breaks off in between (reading 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import Range

from accounts.models import Event
from claims.adjudication.queue import requeue
from claims.models import Claim, ClaimStatus, LedgerTransfer, Remittance, RemittedDecision
from claims.payment import supplier_payment
from claims.payment.actions import resume_clock, run_payment_day, stop_clock
from claims.payment.ledger import balances, discrepancies
from policy import clock
from policy.models import Basis, EditDisposition, InterestRate, Publication
from suppliers.models import Supplier
from tests.claims.payment.deciding import PAYMENT_DAY, RECEIVED, Denies, Pays, decide, noon
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory

pytestmark = pytest.mark.django_db

NEXT_BANKING_DAY = dt.date(2026, 2, 2)


@pytest.fixture(autouse=True)
def business_date() -> None:
    clock.set_today(PAYMENT_DAY)


@pytest.fixture
def supplier() -> Supplier:
    return SupplierFactory(npi="1234567893", tin="521234567", name="Evergreen Home Infusion")


@pytest.fixture
def payable(supplier: Supplier) -> Claim:
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    return claim


@pytest.fixture
def denied(supplier: Supplier) -> Claim:
    claim = ClaimFactory(supplier=supplier)
    decide(claim, Denies())
    return claim


def status_of(claim: Claim) -> str:
    return Claim.objects.get(pk=claim.pk).status


def content_of(supplier: Supplier, day: dt.date = PAYMENT_DAY) -> str:
    return Remittance.objects.get(supplier=supplier, payment_day=day).content


def test_a_run_pays_what_is_payable_and_tells_denials_on_one_remittance(
    supplier: Supplier, payable: Claim, denied: Claim
) -> None:
    summary = run_payment_day(PAYMENT_DAY)

    assert (summary.remittances, summary.claims_paid, summary.denials_told) == (1, 1, 1)
    assert summary.paid == Decimal("152.88")
    assert status_of(payable) == ClaimStatus.PAID
    assert status_of(denied) == ClaimStatus.DENIED
    remittance = Remittance.objects.get()
    assert (remittance.claim_count, remittance.charge_amount) == (2, Decimal("800.00"))
    assert remittance.paid_amount == Decimal("152.88")
    assert set(remittance.decisions.values_list("claim", flat=True)) == {payable.pk, denied.pk}
    assert discrepancies() == ()


def test_the_835_of_a_run_is_accepted_by_both_judges(supplier: Supplier) -> None:
    lines = [{"control_number": "L1", "modifiers": ["GW"]}, {"date_of_service": dt.date(2026, 1, 7), "units": None}]
    decide(ClaimFactory(supplier=supplier, lines=lines), Pays(deductible_left="50.00"), Denies())
    decide(ClaimFactory(supplier=supplier), Denies("HIT-103", "CO", "16", ("M51", "MA130")))
    run_payment_day(PAYMENT_DAY)

    content = content_of(supplier)
    assert oxedi_findings(content.encode()) == []
    assert pyx12_findings(content.encode()) == ""
    assert "N1*PE*Evergreen Home Infusion*XX*1234567893~" in content
    assert "REF*TJ*521234567~" in content
    assert "SVC*HC:G0088:GW*400*113.68**6~" in content
    assert f"DTM*050*{RECEIVED:%Y%m%d}~" in content


def test_events_tell_who_sent_a_remittance_and_what_became_of_each_claim(payable: Claim, denied: Claim) -> None:
    run_payment_day(PAYMENT_DAY)

    told = Event.objects.filter(about_type="claims.claim").values_list("about_id", "verb", "sentence", "actor_label")
    number = Remittance.objects.get().trace_number
    assert set(told) == {
        (str(payable.pk), "claim_paid", f"Paid 152.88 on Remittance {number}.", "the payment run"),
        (str(denied.pk), "denial_told", f"Denial told on Remittance {number}.", "the payment run"),
    }
    assert Event.objects.filter(about_type="claims.remittance", verb="remittance_sent").count() == 1


def test_a_claim_whose_deductible_takes_all_is_paid_nothing_and_has_the_status_paid(supplier: Supplier) -> None:
    claim = ClaimFactory(supplier=supplier)
    decide(claim, Pays(deductible_left="257.00"))
    run_payment_day(PAYMENT_DAY)

    assert status_of(claim) == ClaimStatus.PAID
    assert Remittance.objects.get().paid_amount == 0
    assert not LedgerTransfer.objects.exists()
    content = content_of(supplier)
    assert "BPR*H*0*C*NON*" in content
    assert f"CLP*{claim.patient_control_number}*1*400*0*195*MB*" in content
    assert oxedi_findings(content.encode()) == []
    assert pyx12_findings(content.encode()) == ""


def test_denials_alone_are_told_on_a_notice_without_payment(supplier: Supplier, denied: Claim) -> None:
    run_payment_day(PAYMENT_DAY)
    assert "BPR*H*0*C*NON*" in content_of(supplier)
    assert f"CLP*{denied.patient_control_number}*4*400*0*0*MB*" in content_of(supplier)


def test_each_supplier_has_a_remittance_of_its_own(payable: Claim) -> None:
    other = ClaimFactory()
    decide(other)
    assert run_payment_day(PAYMENT_DAY).remittances == 2
    assert other.patient_control_number not in content_of(payable.supplier)
    numbers = Remittance.objects.values_list("trace_number", "control_number")
    assert len({number for pair in numbers for number in pair}) == 4


def test_nothing_goes_out_before_its_payment_day(payable: Claim, denied: Claim) -> None:
    clock.set_today(PAYMENT_DAY - dt.timedelta(days=1))
    assert run_payment_day(PAYMENT_DAY - dt.timedelta(days=1)).remittances == 0
    assert status_of(payable) == ClaimStatus.PAYABLE


@pytest.mark.parametrize("day", [dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 2, 16)])
def test_nothing_goes_out_on_a_day_that_is_no_banking_day(payable: Claim, day: dt.date) -> None:
    clock.set_today(day)
    assert run_payment_day(day).remittances == 0


def test_nothing_goes_out_for_a_day_that_has_not_come(payable: Claim) -> None:
    assert run_payment_day(NEXT_BANKING_DAY).remittances == 0


def test_what_a_missed_day_left_behind_goes_out_on_the_next_one(payable: Claim) -> None:
    clock.set_today(NEXT_BANKING_DAY)
    assert run_payment_day(NEXT_BANKING_DAY).claims_paid == 1
    payable.refresh_from_db()
    assert payable.payment_day == NEXT_BANKING_DAY, "the claim shows the day on which it was really paid"


def test_test_claims_are_never_paid(supplier: Supplier) -> None:
    claim = ClaimFactory(supplier=supplier, test_claim=True)
    decide(claim)
    assert run_payment_day(PAYMENT_DAY).remittances == 0
    assert status_of(claim) == ClaimStatus.PAYABLE
    assert not LedgerTransfer.objects.exists()


def test_a_second_run_on_the_same_day_does_nothing(payable: Claim, denied: Claim) -> None:
    run_payment_day(PAYMENT_DAY)
    before = (Remittance.objects.count(), LedgerTransfer.objects.count(), Event.objects.count())
    assert run_payment_day(PAYMENT_DAY).remittances == 0
    assert (Remittance.objects.count(), LedgerTransfer.objects.count(), Event.objects.count()) == before


def test_what_is_due_after_the_days_remittance_waits_for_the_next_banking_day(
    supplier: Supplier, payable: Claim
) -> None:
    run_payment_day(PAYMENT_DAY)
    late = ClaimFactory(supplier=supplier)
    decide(late)
    assert run_payment_day(PAYMENT_DAY).remittances == 0
    assert status_of(late) == ClaimStatus.PAYABLE

    clock.set_today(NEXT_BANKING_DAY)
    assert run_payment_day(NEXT_BANKING_DAY).claims_paid == 1
    assert status_of(late) == ClaimStatus.PAID
    assert payable.patient_control_number not in content_of(supplier, NEXT_BANKING_DAY)


class PowerCut(Exception):
    """What ends a run at a bad moment."""


def cut(*_: object) -> None:
    raise PowerCut


STEPS = [
    "_advice",
    "write_835",
    "gather",
    "_store",
    "_decisions",
    "_transfers",
    "_overpayments",
    "_move_claims",
    "_events",
]


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_broke_off_is_run_again_and_pays_everybody_once(
    payable: Claim, denied: Claim, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = ClaimFactory()
    decide(second)
    real: Callable[..., object] = getattr(supplier_payment, step)
    calls = iter([real, cut])

    def first_real_then_cut(*given: object) -> object:
        return next(calls)(*given)

    monkeypatch.setattr(supplier_payment, step, first_real_then_cut)
    with pytest.raises(PowerCut):
        run_payment_day(PAYMENT_DAY)
    assert status_of(payable) == ClaimStatus.PAID
    assert status_of(second) == ClaimStatus.PAYABLE
    assert Remittance.objects.count() == 1
    assert discrepancies() == ()

    monkeypatch.setattr(supplier_payment, step, real)
    assert run_payment_day(PAYMENT_DAY).remittances == 1
    assert status_of(second) == ClaimStatus.PAID
    assert RemittedDecision.objects.count() == 3
    assert balances()["bank"] == Decimal("305.76")
    assert discrepancies() == ()


def test_a_claim_asked_about_again_is_not_paid_until_it_is_decided_anew(supplier: Supplier, payable: Claim) -> None:
    requeue([payable.pk], "Looked at again")
    assert run_payment_day(PAYMENT_DAY).remittances == 0

    payable.refresh_from_db()
    decide(payable, Pays(fee="100.00"))
    assert run_payment_day(PAYMENT_DAY).paid == Decimal("78.40")
    assert balances() == {
        "benefit": Decimal("-78.40"),
        "interest": 0,
        "payable": 0,
        "bank": Decimal("78.40"),
        "overpayment": 0,
        "interest_due": 0,
        "income": 0,
    }


def test_a_denial_that_was_told_and_is_decided_anew_is_told_again(supplier: Supplier, denied: Claim) -> None:
    run_payment_day(PAYMENT_DAY)
    requeue([denied.pk], "Looked at again")
    denied.refresh_from_db()
    decide(denied, payment_day=NEXT_BANKING_DAY)

    clock.set_today(NEXT_BANKING_DAY)
    assert run_payment_day(NEXT_BANKING_DAY).claims_paid == 1
    assert RemittedDecision.objects.filter(claim=denied, is_reversal=False).count() == 2
    assert RemittedDecision.objects.get(is_reversal=True).decision == denied.decisions.first(), (
        "and what it said before"
    )


def test_a_claim_that_pays_more_than_the_ledger_has_is_refused_and_holds_up_nobody(payable: Claim) -> None:
    Claim.objects.filter(pk=payable.pk).update(paid_amount=Decimal("999.00"))
    other = ClaimFactory()
    decide(other)

    summary = run_payment_day(PAYMENT_DAY)
    run_payment_day(PAYMENT_DAY)

    assert status_of(payable) == ClaimStatus.PAYABLE
    assert status_of(other) == ClaimStatus.PAID
    assert len(summary.refused) == 1
    assert f"Claim {payable} pays 999.00, the ledger has 152.88 payable." in summary.refused[0]
    refusal = Event.objects.get(verb="remittance_refused")
    assert refusal.about_id == str(payable.supplier_id), "told once, however often the run is repeated"


def interest_rate(rate: str) -> None:
    InterestRate.objects.create(
        kind=InterestRate.Kind.CLEAN_CLAIM, rate=Decimal(rate), in_force=Range(RECEIVED, None), **published()
    )


def published() -> dict[str, object]:
    publication = Publication.objects.create(published_at=noon(RECEIVED), source="a test", reason="a test")
    return {
        "known": Range(None, None),
        "source": "a test",
        "basis": Basis.PUBLISHED,
        "published_in": publication,
    }


LATE = dt.date(2026, 2, 25)  # forty days after receipt, ten of them late


def test_a_late_clean_claim_is_paid_with_interest(supplier: Supplier, payable: Claim) -> None:
    interest_rate("0.04")
    clock.set_today(LATE)
    summary = run_payment_day(LATE)

    assert (summary.paid, summary.interest) == (Decimal("153.05"), Decimal("0.17"))
    assert RemittedDecision.objects.get().interest_amount == Decimal("0.17")
    assert balances()["interest"] == Decimal("-0.17")
    assert discrepancies() == ()
    content = content_of(supplier, LATE)
    assert "AMT*I*0.17~" in content
    assert f"PLB*1234567893*20261231*L6:{payable.icn}*-0.17~" in content
    assert oxedi_findings(content.encode()) == []


def test_the_clock_stands_while_records_are_asked_for(payable: Claim) -> None:
    interest_rate("0.04")
    stop_clock(payable, on=dt.date(2026, 1, 21), reason="Records requested")
    stop_clock(payable, on=dt.date(2026, 1, 22), reason="Review open")
    resume_clock(payable, on=dt.date(2026, 1, 26))
    clock.set_today(LATE)
    assert run_payment_day(LATE).interest == Decimal("0.08"), "five days late instead of ten"


def test_a_clock_that_still_stands_earns_nothing(payable: Claim) -> None:
    interest_rate("0.04")
    stop_clock(payable, on=dt.date(2026, 1, 21), reason="Records requested")
    clock.set_today(LATE)
    assert run_payment_day(LATE).interest == 0


def test_without_a_rate_a_late_claim_is_paid_and_counted(payable: Claim, denied: Claim) -> None:
    clock.set_today(LATE)
    summary = run_payment_day(LATE)
    assert (summary.paid, summary.interest, summary.without_interest) == (Decimal("152.88"), 0, 1)


def remedy(edit: str, what: str, from_day: dt.date = dt.date(2021, 1, 1), to_day: dt.date | None = None) -> None:
    EditDisposition.objects.create(
        edit=edit, title=edit, disposition="deny", remedy=what, in_force=Range(from_day, to_day), **published()
    )


def test_the_remedy_of_the_edit_says_whether_a_denial_can_be_appealed(supplier: Supplier) -> None:
    remedy("HIT-105", "appeal")
    remedy("HIT-102", "none")
    for outcome in (Denies("HIT-105"), Denies("HIT-102", "CO", "29", ())):
        decide(ClaimFactory(supplier=supplier, patient_control_number=outcome.edit), outcome)
    run_payment_day(PAYMENT_DAY)
    appealable, final = content_of(supplier).split("CLP*")[1:]
    assert appealable.startswith("HIT-105*4*") and "MOA***MA01~" in appealable
    assert final.startswith("HIT-102*4*") and "MOA*" not in final


def test_the_remedy_is_the_one_in_force_on_the_day_of_receipt(supplier: Supplier) -> None:
    remedy("HIT-105", "none", to_day=RECEIVED)
    remedy("HIT-105", "appeal", from_day=RECEIVED)
    decide(ClaimFactory(supplier=supplier), Denies("HIT-105"))
    run_payment_day(PAYMENT_DAY)
    assert "MOA***MA01~" in content_of(supplier)


def queries_of_a_run(count: int) -> int:
    supplier = SupplierFactory()
    for _ in range(count):
        decide(ClaimFactory(supplier=supplier))
    with CaptureQueriesContext(connection) as captured:
        assert run_payment_day(PAYMENT_DAY).claims_paid == count
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_the_number_of_claims() -> None:
    assert queries_of_a_run(1) == queries_of_a_run(12) == 21


def test_the_command_tells_what_was_done_and_checks_the_ledger(payable: Claim, denied: Claim) -> None:
    out = StringIO()
    call_command("run_payments", stdout=out)
    assert out.getvalue() == (
        "2026-01-30: 1 remittances over 152.88, 0.00 of it interest; 1 claims paid, 1 denials told\n"
    )


def test_the_command_names_the_next_banking_day(payable: Claim) -> None:
    clock.set_today(dt.date(2026, 1, 31))
    out = StringIO()
    call_command("run_payments", stdout=out)
    assert out.getvalue() == "2026-01-31 is no banking day; the next is 2026-02-02.\n"


def test_the_command_refuses_a_day_that_has_not_come() -> None:
    with pytest.raises(CommandError, match="2026-02-02 has not come"):
        call_command("run_payments", "--day", "2026-02-02")


def test_the_command_fails_when_a_remittance_was_refused(payable: Claim) -> None:
    Claim.objects.filter(pk=payable.pk).update(paid_amount=Decimal("999.00"))
    with pytest.raises(CommandError, match="does not balance"):
        call_command("run_payments", stdout=StringIO())
