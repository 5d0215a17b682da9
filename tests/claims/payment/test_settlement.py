"""How a day's money is divided: own debts first, the oldest of the others next, never more than there is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.payment.balance import check_balance
from claims.payment.remittance import RemittanceAdvice, reversal_of
from claims.payment.remittance_835 import transaction_segments, write_835
from claims.payment.settlement import ClaimMoney, Debt, Settlement, settle
from tests.claims.payment.advices import ZERO, advice, claim, claims, paid_line
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings

MOST_DEBTS = 3


def debt(number: int, amount: str, interest: str = "0.00") -> Debt:
    return Debt(number, number, f"022600100{number:04}", Decimal(amount), Decimal(interest))


def told(settlement: Settlement) -> list[tuple[str, str, str]]:
    return [(item.code, item.reference[-4:], str(item.amount)) for item in settlement.provider_adjustments]


def test_a_correction_settles_its_reversal_before_it_settles_anything_else() -> None:
    payment = ClaimMoney(1, 12, Decimal("100.00"), (debt(1, "60.00"),), (debt(2, "30.00"),))
    settlement = settle([payment], [debt(3, "50.00")])
    assert told(settlement) == [("WO", "0002", "30.00"), ("WO", "0003", "10.00")]
    assert settlement.paid_out == {1: ZERO}
    assert settlement.overpaid == ()


def test_what_a_reversal_leaves_to_owe_is_not_taken_from_other_claims() -> None:
    less = ClaimMoney(1, 12, Decimal("40.00"), (debt(1, "60.00"),))
    other = ClaimMoney(2, 13, Decimal("500.00"))
    settlement = settle([less, other], [])
    assert told(settlement) == [("FB", "0001", "-20.00")]
    assert settlement.paid_out == {1: ZERO, 2: Decimal("500.00")}


def test_a_debt_kept_from_several_claims_is_told_once() -> None:
    settlement = settle([ClaimMoney(n, n, Decimal("10.00")) for n in (1, 2)], [debt(3, "15.00")])
    assert told(settlement) == [("WO", "0003", "15.00")]
    assert settlement.paid_out == {1: ZERO, 2: Decimal("5.00")}


def test_the_interest_on_a_debt_is_kept_before_the_debt_and_the_older_debt_before_the_next() -> None:
    settlement = settle([ClaimMoney(1, 1, Decimal("10.00"))], [debt(2, "5.00", "1.00"), debt(3, "50.00", "2.00")])
    assert told(settlement) == [
        ("L6", "0002", "1.00"), ("WO", "0002", "5.00"), ("L6", "0003", "2.00"), ("WO", "0003", "2.00"),
    ]  # fmt: skip
    assert settlement.paid_out == {1: ZERO}


def test_interest_that_is_not_owed_any_more_adds_to_the_payment_and_keeps_nothing() -> None:
    settlement = settle([ClaimMoney(1, 1, Decimal("10.00"))], [debt(2, "0.00", "-1.51")])
    assert told(settlement) == [("L6", "0002", "-1.51")]
    assert settlement.paid_out == {1: Decimal("10.00")}


def test_a_void_pays_nothing_and_leaves_all_to_owe() -> None:
    settlement = settle([ClaimMoney(1, None, ZERO, (debt(1, "250.75"),))], [debt(2, "10.00")])
    assert told(settlement) == [("FB", "0001", "-250.75")]
    assert settlement.kept == ()


@st.composite
def settled_days(draw: st.DrawFn) -> tuple[RemittanceAdvice, Settlement]:
    """A day on which some claims are corrected, some voided, and something is owed from before."""
    remitted, payments = [], []
    for number in range(draw(st.integers(1, 4))):
        reverses: tuple[Debt, ...] = ()
        if draw(st.booleans()):
            before = reversal_of(draw(claims()))
            remitted.append(before)
            reverses = (debt(number, str(-before.paid)),)
        now = draw(claims()) if not reverses or draw(st.booleans()) else None
        remitted += [now] if now else []
        payments.append(ClaimMoney(number, number, now.paid if now else ZERO, reverses))
    amounts = st.decimals("0.01", "99999.99", places=2).map(str)
    owed = draw(st.lists(st.tuples(amounts, st.just("0.00") | amounts), max_size=MOST_DEBTS))
    settlement = settle(payments, [debt(100 + n, amount, interest) for n, (amount, interest) in enumerate(owed)])
    return advice(*remitted, debts=settlement.provider_adjustments), settlement


@given(settled_days())
def test_claims_less_provider_adjustments_are_the_payment_and_it_is_never_negative(
    drawn: tuple[RemittanceAdvice, Settlement],
) -> None:
    given_advice, settlement = drawn
    interest = sum((each.interest for each in given_advice.claims), ZERO)
    assert given_advice.paid - interest == sum(settlement.paid_out.values()) >= 0
    assert check_balance(transaction_segments(given_advice)) == ()
    assert oxedi_findings(write_835(given_advice)) == []


@given(settled_days())
def test_no_payment_and_no_debt_is_used_for_more_than_it_is(drawn: tuple[RemittanceAdvice, Settlement]) -> None:
    _, settlement = drawn
    kept: dict[tuple[int, bool], Decimal] = {}
    from_claim: dict[int, Decimal] = dict(settlement.paid_out)
    for each in settlement.kept:
        assert each.amount > 0
        what = (each.debt.decision_id, each.is_interest)
        kept[what] = kept.get(what, ZERO) + each.amount
        from_claim[each.payment.claim_id] += each.amount
        assert kept[what] <= (each.debt.interest if each.is_interest else each.debt.amount)
    for each in settlement.kept:
        assert from_claim[each.payment.claim_id] == each.payment.payable
    for left in settlement.overpaid:
        assert left.amount + kept.get((left.debt.decision_id, False), ZERO) == left.debt.amount


@given(settled_days().filter(lambda drawn: len(drawn[0].provider_adjustments) <= 6))
@settings(max_examples=25)
def test_pyx12_accepts_reversals_corrections_and_debts(drawn: tuple[RemittanceAdvice, Settlement]) -> None:
    """Six provider adjustments: the map of pyx12 allows one PLB segment, the guide allows any number."""
    assert pyx12_findings(write_835(drawn[0])) == ""


def test_the_balance_tells_a_wrong_sign_and_a_reversal_that_takes_nothing_back() -> None:
    before = claim(paid_line())
    carried = settle([ClaimMoney(1, None, ZERO, (debt(1, str(before.paid)),))], []).provider_adjustments
    sound = list(transaction_segments(advice(reversal_of(before), debts=carried)))
    assert check_balance(sound) == ()

    def faults_with(name: str, position: int, value: str) -> tuple[str, ...]:
        return check_balance((*one[:position], value, *one[position + 1 :]) if one[0] == name else one for one in sound)

    assert "The provider adjustment FB of 152.88 has the wrong sign." in faults_with("PLB", 4, "152.88")
    assert f"The reversal of claim {before.icn} says what the patient owes." in faults_with("CLP", 5, "-39")
    assert f"The reversal of claim {before.icn} has a charge of 400 and is paid -152.88." in faults_with(
        "CLP", 3, "400"
    )
