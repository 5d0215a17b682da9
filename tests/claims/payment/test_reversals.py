"""A decision that takes the place of a told one is told as reversal and correction, to the cent and to zero."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from claims.models import Claim, ClaimStatus, Overpayment, Remittance, RemittedDecision
from claims.payment.booking import standing_money
from claims.payment.ledger import balances, discrepancies
from policy import clock
from suppliers.models import Supplier
from tests.claims.payment.deciding import (
    NO_INTEREST,
    PAYMENT_DAY,
    Denies,
    Pays,
    Waits,
    decide,
    decide_anew,
    pay_on,
    void,
)
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory

pytestmark = pytest.mark.django_db

FEBRUARY_2, FEBRUARY_3, FEBRUARY_4 = (dt.date(2026, 2, day) for day in (2, 3, 4))
PAID = Decimal("152.88")


@pytest.fixture
def supplier() -> Supplier:
    return SupplierFactory(npi="1234567893", tin="521234567", name="Evergreen Home Infusion")


@pytest.fixture
def paid(supplier: Supplier) -> Claim:
    """A claim that was paid 152.88 on January 30."""
    lines = [{"control_number": "L1"}]
    claim = ClaimFactory(supplier=supplier, lines=lines, patient_control_number="HIT26000001")
    decide(claim)
    pay_on(PAYMENT_DAY)
    return Claim.objects.get(pk=claim.pk)


def told_on(day: dt.date) -> str:
    """The 835 of a day, judged by both oracles, from its first claim on."""
    content = Remittance.objects.get(payment_day=day).content
    assert oxedi_findings(content.encode()) == []
    assert pyx12_findings(content.encode()) == ""
    assert discrepancies() == ()
    return content.replace("\n", "")


def test_a_correction_that_pays_more_is_told_after_the_reversal_and_pays_the_difference(paid: Claim) -> None:
    decide_anew(paid, Pays(fee="250.00"), on=PAYMENT_DAY)
    summary = pay_on(FEBRUARY_2)

    assert (summary.claims_paid, summary.paid, summary.kept, summary.overpaid) == (1, Decimal("43.12"), 0, 0)
    assert (
        f"CLP*HIT26000001*22*-400*-152.88**MB*{paid.icn}*12*1~"
        f"NM1*QC*1*{paid.patient_last_name}*{paid.patient_first_name}****MI*{paid.mbi}~DTM*050*20260116~"
        "SVC*HC:G0088*-400*-152.88**-6~DTM*472*20260105~CAS*CO*45*-205**253*-3.12~CAS*PR*2*-39~"
        "REF*6R*L1~AMT*B6*-195~"
        f"CLP*HIT26000001*1*400*196*50*MB*{paid.icn}*12*1~"
    ) in told_on(FEBRUARY_2)
    assert balances()["bank"] == Decimal("196.00")
    assert Overpayment.objects.count() == 0


def test_a_correction_that_pays_the_same_moves_nothing_out(paid: Claim) -> None:
    decide_anew(paid, on=PAYMENT_DAY)
    assert pay_on(FEBRUARY_2).paid == 0
    assert "BPR*H*0*C*NON*" in told_on(FEBRUARY_2)
    assert "PLB*" not in told_on(FEBRUARY_2)
    assert balances() == {"benefit": -PAID, "interest": 0, "payable": 0, "bank": PAID, "overpayment": 0, **NO_INTEREST}


def test_a_correction_that_pays_less_leaves_the_difference_to_owe_and_carries_it_out_of_the_payment(
    supplier: Supplier, paid: Claim
) -> None:
    other = ClaimFactory(supplier=supplier)
    decide(other, payment_day=FEBRUARY_2)
    correction = decide_anew(paid, Pays(fee="100.00"), on=PAYMENT_DAY)
    summary = pay_on(FEBRUARY_2)

    assert (summary.paid, summary.overpaid) == (PAID, Decimal("74.48")), "the other claim is paid whole"
    content = told_on(FEBRUARY_2)
    assert f"PLB*1234567893*20261231*FB:{paid.icn}*-74.48~" in content
    overpayment = Overpayment.objects.with_owed().get()
    assert (overpayment.amount, overpayment.owed) == (Decimal("74.48"), Decimal("74.48"))
    assert (overpayment.claim, overpayment.correction, overpayment.found_on) == (paid, correction, FEBRUARY_2)
    assert overpayment.reason == "The claim was decided anew and pays 78.40."
    assert balances()["overpayment"] == Decimal("-74.48")


def test_a_denial_after_payment_leaves_all_to_owe(paid: Claim) -> None:
    decide_anew(paid, Denies(), on=PAYMENT_DAY)
    assert pay_on(FEBRUARY_2).overpaid == PAID
    assert f"CLP*HIT26000001*4*400*0*0*MB*{paid.icn}*12*1~" in told_on(FEBRUARY_2)
    assert Claim.objects.get(pk=paid.pk).status == ClaimStatus.DENIED


def test_a_told_denial_is_reversed_to_zero_and_the_correction_paid(supplier: Supplier) -> None:
    claim = ClaimFactory(supplier=supplier)
    decide(claim, Denies())
    pay_on(PAYMENT_DAY)
    decide_anew(claim, on=PAYMENT_DAY)
    assert pay_on(FEBRUARY_2).paid == PAID
    content = told_on(FEBRUARY_2)
    assert f"*22*-400*0**MB*{claim.icn}*" in content
    assert "SVC*HC:G0088*-400*0**0**-6~DTM*472*20260105~CAS*CO*58*-400~" in content


def test_the_reversal_takes_back_every_amount_that_was_told(supplier: Supplier) -> None:
    lines = [{}, {"charge": Decimal("300.01")}, {"units": None}]
    claim = ClaimFactory(supplier=supplier, lines=lines)
    decide(claim, Pays(deductible_left="95.00"), Pays(fee="160.33"), Denies())
    pay_on(PAYMENT_DAY)
    void(claim, on=PAYMENT_DAY)
    pay_on(FEBRUARY_2)
    told, reversed_ = amounts(told_on(PAYMENT_DAY)), amounts(told_on(FEBRUARY_2))
    assert told == [-amount for amount in reversed_]
    assert len(told) > 10


def amounts(content: str) -> list[Decimal]:
    """The charges, payments, adjustments, units and allowed amounts of an 835, in their order."""
    found = []
    for segment in content.split("~"):
        name, *elements = segment.split("*")
        picked = {"CLP": elements[2:4], "SVC": elements[1:3] + elements[4:], "CAS": elements[2::3], "AMT": elements[1:]}
        found += [Decimal(amount) for amount in picked.get(name, ()) if amount]
    return found


def test_a_void_of_a_paid_claim_is_told_as_the_reversal_alone_on_the_next_banking_day(paid: Claim) -> None:
    void(paid, on=PAYMENT_DAY)
    assert balances()["benefit"] == 0
    assert discrepancies() == ()
    summary = pay_on(FEBRUARY_2)

    assert (summary.voids_told, summary.claims_paid, summary.denials_told) == (1, 0, 0)
    content = told_on(FEBRUARY_2)
    assert content.count("CLP*") == 1
    assert "BPR*H*0*C*NON*" in content
    assert f"PLB*1234567893*20261231*FB:{paid.icn}*-152.88~" in content
    claim = Claim.objects.get(pk=paid.pk)
    assert (claim.status, claim.payment_day) == (ClaimStatus.VOIDED, None)
    overpayment = Overpayment.objects.get()
    assert (overpayment.correction, overpayment.reason) == (None, "The claim was voided.")
    assert pay_on(FEBRUARY_3).remittances == 0, "it is told once"


def test_a_void_that_was_never_told_is_told_to_nobody(supplier: Supplier) -> None:
    claim = ClaimFactory(supplier=supplier)
    decide(claim)
    void(claim, on=PAYMENT_DAY)
    assert pay_on(FEBRUARY_2).remittances == 0
    assert balances()["payable"] == 0


def test_a_paid_claim_that_waits_again_keeps_its_money(paid: Claim) -> None:
    decide_anew(paid, Waits(), on=PAYMENT_DAY)
    assert balances() == {"benefit": -PAID, "interest": 0, "payable": 0, "bank": PAID, "overpayment": 0, **NO_INTEREST}
    assert pay_on(FEBRUARY_2).remittances == 0
    assert discrepancies() == ()

    decide_anew(paid, Pays(fee="100.00"), on=FEBRUARY_2)
    assert balances()["overpayment"] == -PAID, "what was paid two decisions before is reversed now"
    assert pay_on(FEBRUARY_3).overpaid == Decimal("74.48")
    assert told_on(FEBRUARY_3).count("CLP*") == 2


def test_a_paid_claim_in_the_queue_again_is_not_payable(paid: Claim) -> None:
    Claim.objects.filter(pk=paid.pk).update(status="queued", payment_day=None)
    assert discrepancies() == ()


def test_a_second_correction_before_the_first_was_told_reverses_the_payment_once(paid: Claim) -> None:
    decide_anew(paid, Pays(fee="250.00"), on=PAYMENT_DAY)
    decide_anew(paid, Pays(fee="100.00"), on=PAYMENT_DAY)
    assert (balances()["payable"], balances()["overpayment"]) == (Decimal("78.40"), -PAID)
    pay_on(FEBRUARY_2)
    content = told_on(FEBRUARY_2)
    assert content.count("*22*-400*-152.88*") == 1
    assert "*1*400*78.4*" in content


def test_a_correction_of_a_correction_reverses_the_correction(paid: Claim) -> None:
    decide_anew(paid, Pays(fee="250.00"), on=PAYMENT_DAY)
    pay_on(FEBRUARY_2)
    decide_anew(paid, on=FEBRUARY_2)
    pay_on(FEBRUARY_3)
    assert "*22*-400*-196**" in told_on(FEBRUARY_3)
    assert RemittedDecision.objects.filter(is_reversal=True).count() == 2


def test_a_correction_that_restores_the_payment_settles_what_is_owed_before_anything_goes_out(paid: Claim) -> None:
    decide_anew(paid, Pays(fee="100.00"), on=PAYMENT_DAY)
    pay_on(FEBRUARY_2)
    decide_anew(paid, Pays(fee="250.00"), on=FEBRUARY_2)
    summary = pay_on(FEBRUARY_3)

    assert (summary.kept, summary.paid) == (Decimal("74.48"), Decimal("43.12"))
    assert f"PLB*1234567893*20261231*WO:{paid.icn}*74.48~" in told_on(FEBRUARY_3)
    assert Overpayment.objects.with_owed().get().owed == 0
    assert balances()["bank"] == Decimal("196.00")


def replacement(of: Claim, **given: object) -> Claim:
    given = {"supplier": of.supplier, "frequency": "7", "patient_control_number": "HIT26000001", **given}
    claim = ClaimFactory(**given)
    Claim.objects.filter(pk=claim.pk).update(replaces=of)
    return Claim.objects.get(pk=claim.pk)


def test_a_replacement_is_told_after_the_reversal_of_the_claim_it_replaces(paid: Claim) -> None:
    new = replacement(paid)
    decide(new, Pays(fee="100.00"), on=PAYMENT_DAY, payment_day=FEBRUARY_2)
    pay_on(FEBRUARY_2)
    content = told_on(FEBRUARY_2)
    first = content.index(f"CLP*HIT26000001*22*-400*-152.88**MB*{paid.icn}*12*1~")
    assert content.index(f"CLP*HIT26000001*1*400*78.4*20*MB*{new.icn}*12*7~") > first
    overpayment = Overpayment.objects.get()
    assert (overpayment.claim, overpayment.amount) == (paid, Decimal("74.48"))
    assert overpayment.reason == f"Claim {new} took its place and pays 78.40."


def test_a_replaced_claim_keeps_its_money_while_its_replacement_waits(supplier: Supplier) -> None:
    old = ClaimFactory(supplier=supplier)
    decide(old)
    new = replacement(old)
    decide(new, Waits())
    assert balances()["payable"] == PAID
    assert pay_on(PAYMENT_DAY).claims_paid == 1
    assert discrepancies() == ()


def test_a_claim_replaced_before_it_was_paid_is_withdrawn_and_told_to_nobody(supplier: Supplier) -> None:
    old = ClaimFactory(supplier=supplier)
    decide(old)
    new = replacement(old)
    decide(new, Pays(fee="100.00"))
    assert balances()["payable"] == Decimal("78.40")
    pay_on(PAYMENT_DAY)
    assert told_on(PAYMENT_DAY).count("CLP*") == 1


def test_the_replacement_of_a_replacement_that_was_never_told_reverses_what_was(paid: Claim) -> None:
    second = replacement(paid)
    decide(second, on=PAYMENT_DAY, payment_day=FEBRUARY_2)
    third = replacement(second)
    decide(third, Pays(fee="250.00"), on=PAYMENT_DAY, payment_day=FEBRUARY_2)
    assert pay_on(FEBRUARY_2).paid == Decimal("43.12")
    assert told_on(FEBRUARY_2).count("CLP*") == 2


def test_voiding_an_untold_replacement_reverses_what_was_told_on_the_claim_it_replaced(paid: Claim) -> None:
    new = replacement(paid)
    decide(new, on=PAYMENT_DAY, payment_day=FEBRUARY_2)
    void(new, on=PAYMENT_DAY)
    assert pay_on(FEBRUARY_2).voids_told == 1
    assert f"CLP*HIT26000001*22*-400*-152.88**MB*{paid.icn}*" in told_on(FEBRUARY_2)
    assert standing_money([paid.pk, new.pk]) == {}


def test_interest_is_never_paid_on_a_correction(paid: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.payment.actions.clean_claim_rate", lambda day: Decimal("0.04"))
    late = dt.date(2026, 3, 2)
    decide_anew(paid, Pays(fee="250.00"), on=dt.date(2026, 2, 27))
    assert pay_on(late).interest == 0
    fresh = ClaimFactory(supplier=paid.supplier)
    decide(fresh)
    assert pay_on(dt.date(2026, 3, 3)).interest > 0


def test_250_75_stays_250_75_when_it_is_paid_and_corrected_and_taken_back(supplier: Supplier) -> None:
    """To the cent on every path: accrued, paid, decided anew, replaced, voided."""
    amount = Decimal("250.75")
    claim = ClaimFactory(supplier=supplier, lines=[{"charge": amount}])
    same = Pays(fee="250.75", deductible_left="0")
    pays = decide(claim, same).paid_amount
    assert balances()["payable"] == pays
    pay_on(PAYMENT_DAY)
    assert Remittance.objects.get().charge_amount == amount
    decide_anew(claim, same, on=PAYMENT_DAY)
    pay_on(FEBRUARY_2)
    assert (Remittance.objects.get(payment_day=FEBRUARY_2).paid_amount, balances()["bank"]) == (0, pays)
    assert "*22*-250.75*" in told_on(FEBRUARY_2)
    assert "*1*250.75*" in told_on(FEBRUARY_2)
    void(claim, on=FEBRUARY_2)
    pay_on(FEBRUARY_3)
    assert Overpayment.objects.get().amount == pays
    assert balances() == {"benefit": 0, "interest": 0, "payable": 0, "bank": pays, "overpayment": -pays, **NO_INTEREST}
    clock.set_today(FEBRUARY_4)
    assert discrepancies() == ()
