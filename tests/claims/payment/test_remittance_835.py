"""The 835 is what two independent judges accept, balances, and says what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import oxedi
import pytest
from hypothesis import given, settings

from claims.intake.x12.segments import SEPARATOR, read_header, segments_of
from claims.payment.balance import NotBalanced, check_balance
from claims.payment.remittance import RemittanceAdvice, RemittedLine
from claims.payment.remittance_835 import number, transaction_segments, write_835
from tests.claims.payment.advices import BANK, PAYEE, advice, advices, claim, denied_line, paid_line
from tests.claims.payment.oracles import oxedi_findings, pyx12_findings


def segments(given: RemittanceAdvice) -> list[str]:
    return write_835(given).decode("ascii").replace("\n", "").split("~")


@given(advices)
def test_oxedi_finds_nothing_in_a_random_remittance_and_reads_the_same_money(drawn: RemittanceAdvice) -> None:
    result = oxedi.parse(write_835(drawn))
    assert [str(diagnostic) for diagnostic in result.diagnostics] == []
    assert result.count_claims() == len(drawn.claims)
    assert result.sum_payments() == drawn.paid


@given(advices)
def test_what_a_supplier_billed_comes_back_to_it_unchanged(drawn: RemittanceAdvice) -> None:
    """Also a number that holds the usual delimiters, billed in a file that used others."""
    content = write_835(drawn)
    header = read_header(content, 0)
    assert header is not None
    assert header.has_fixed_width
    read = [text.split(SEPARATOR) for text, _, _ in segments_of(content, 0, len(content), header.delimiters)]
    assert [elements[1] for elements in read if elements[0] == "CLP"] == [
        each.patient_control_number for each in drawn.claims
    ]


@given(advices)
@settings(max_examples=25)
def test_pyx12_accepts_a_random_remittance(drawn: RemittanceAdvice) -> None:
    assert pyx12_findings(write_835(drawn)) == ""


@given(advices)
def test_a_random_remittance_balances_by_line_claim_and_payment(drawn: RemittanceAdvice) -> None:
    assert check_balance(transaction_segments(drawn)) == ()
    for each in drawn.claims:
        for line in each.lines:
            assert line.charge - sum(item.amount for item in line.adjustments) == line.paid
        assert each.charge - sum(i.amount for line in each.lines for i in line.adjustments) == each.paid


@given(advices)
def test_a_cent_too_much_on_a_line_is_never_sent(drawn: RemittanceAdvice) -> None:
    first = drawn.claims[0]
    wrong_line = replace(first.lines[0], paid=first.lines[0].paid + Decimal("0.01"))
    wrong = replace(drawn, claims=(replace(first, lines=(wrong_line, *first.lines[1:])), *drawn.claims[1:]))
    with pytest.raises(NotBalanced, match=f"Line 1 of claim {first.icn}"):
        write_835(wrong)


def test_each_level_of_balance_is_told_in_a_sentence() -> None:
    sound = list(transaction_segments(advice(claim(paid_line(charge="400.00", fee="195.00")))))

    def faults_with(name: str, position: int, value: str) -> tuple[str, ...]:
        return check_balance((*one[:position], value, *one[position + 1 :]) if one[0] == name else one for one in sound)

    assert faults_with("BPR", 2, "1") == ("The payment is 1, its claims 152.88 and adjustments 0.",)
    assert faults_with("BPR", 1, "H") == ("A payment of 152.88 cannot go out under handling code H.",)
    assert faults_with("CLP", 3, "401") == ("Claim 1126016000001 has a charge of 401, its lines 400.",)
    assert faults_with("CLP", 5, "0") == ("Claim 1126016000001 leaves the patient 0, its lines 39.",)
    assert "Claim 1126016000001 is paid 1, its lines 152.88." in faults_with("CLP", 4, "1")
    assert faults_with("CAS", 3, "1") != ()


def test_the_oracles_are_not_blind() -> None:
    content = write_835(advice(claim(paid_line())))
    assert oxedi_findings(content.replace(b"SVC*HC:G0088*400*", b"SVC*HC:G0088*401*")) != []
    assert pyx12_findings(content.replace(b"*MB*", b"*QQ*")) != ""


def test_a_paid_line_is_told_by_reasons_grouped_and_without_zero_amounts() -> None:
    told = segments(
        advice(claim(paid_line(charge="400.00", fee="195.00", deductible_left="95.00", control_number="L1")))
    )
    start = told.index("SVC*HC:G0088*400*78.4**6")
    assert told[start + 1 : start + 6] == [
        "DTM*472*20260105",
        "CAS*CO*45*205**253*1.6",
        "CAS*PR*1*95**2*20",
        "REF*6R*L1",
        "AMT*B6*195",
    ]
    assert "CLP*HIT26000001*1*400*78.4*115*MB*1126016000001*12*1" in told


def test_a_denied_line_has_its_whole_charge_under_one_reason_no_paid_units_and_no_allowed_amount() -> None:
    told = segments(advice(claim(paid_line(), denied_line(number=2, denial=("CO", "58", ("N428",), True)))))
    start = told.index("SVC*HC:G0088*400*0**0**6")
    assert told[start + 1 : start + 4] == ["DTM*472*20260105", "CAS*CO*58*400", "LQ*HE*N428"]
    assert told[start + 4].startswith("SE*")


def test_a_payment_is_a_check_or_goes_to_the_suppliers_bank_account() -> None:
    told = segments(advice(claim(paid_line())))
    assert "BPR*I*152.88*C*CHK************20260130" in told
    told = segments(advice(claim(paid_line()), payee=replace(PAYEE, bank=BANK)))
    sides = "01*021000021*DA*123456*1521234567**01*011000015*DA*654321"
    assert f"BPR*I*152.88*C*ACH*CCP*{sides}*20260130" in told


def test_a_remittance_that_pays_nothing_is_a_notice() -> None:
    given = advice(claim(denied_line()), claim(paid_line(deductible_left="400.00")))
    told = segments(given)
    assert "BPR*H*0*C*NON************20260130" in told
    assert "CLP*HIT26000001*4*400*0*0*MB*1126016000001*12*1" in told
    assert "CLP*HIT26000001*1*400*0*195*MB*1126016000001*12*1" in told, "the deductible took all: processed, not denied"
    assert oxedi_findings(write_835(given)) == []
    assert pyx12_findings(write_835(given)) == ""


def test_remarks_with_ma_are_told_on_the_claim_when_all_lines_agree() -> None:
    both = claim(denied_line(denial=("CO", "16", ("M51", "MA130"), False)), denied_line(number=2))
    assert both.claim_remarks == ("MA130",)
    mixed = claim(denied_line(), paid_line(number=2))
    assert mixed.claim_remarks == ("MA01",), "the other line pays: the claim is processed and may be appealed"
    assert mixed.lines[0].line_remarks == ("M51",)


@pytest.mark.parametrize(
    ("denial", "remarks"),
    [
        (("CO", "58", ("N428",), True), ("MA01",)),
        (("CO", "22", ("MA04",), True), ("MA01", "MA04")),
        (("CO", "29", (), False), ()),
        (("OA", "18", (), False), ()),
        (("CO", "16", ("M51", "MA130"), False), ("MA130",)),
    ],
)
def test_only_an_initial_determination_carries_the_notice_of_appeal(
    denial: tuple[str, str, tuple[str, ...], bool], remarks: tuple[str, ...]
) -> None:
    assert claim(denied_line(denial=denial)).claim_remarks == remarks


def test_days_are_told_on_the_claim_when_there_are_several() -> None:
    one_day = segments(advice(claim(paid_line())))
    assert not any(segment.startswith(("DTM*232", "DTM*233")) for segment in one_day)
    several = segments(advice(claim(paid_line(), paid_line(number=2, date=dt.date(2026, 1, 9)))))
    assert "DTM*232*20260105" in several
    assert "DTM*233*20260109" in several


def test_a_line_over_several_days_tells_both() -> None:
    told = segments(advice(claim(denied_line(through=dt.date(2026, 1, 7)))))
    assert "DTM*150*20260105" in told
    assert "DTM*151*20260107" in told
    assert "DTM*472*20260105" not in told


def test_interest_is_told_on_the_claim_and_paid_through_the_provider_adjustments() -> None:
    late = [claim(paid_line(), icn=f"11260160000{n:02}", interest=Decimal("0.05")) for n in range(8)]
    given = advice(*late)
    told = segments(given)
    assert told.count("AMT*I*0.05") == 8
    pairs = "*".join(f"L6:11260160000{n:02}*-0.05" for n in range(6))
    assert f"PLB*1234567893*20261231*{pairs}" in told
    assert sum(segment.startswith("PLB*") for segment in told) == 2, "six adjustments to a segment"
    assert "BPR*I*1223.44*C*CHK************20260130" in told
    assert oxedi_findings(write_835(given)) == []
    # The map of pyx12 allows one PLB segment; the guide allows any number.
    assert pyx12_findings(write_835(advice(*late[:6]))) == ""


def test_control_numbers_and_counts_agree() -> None:
    told = segments(advice(claim(paid_line()), control_number=999_999_999))
    body = told[told.index("ST*835*0001") : next(i for i, s in enumerate(told) if s.startswith("SE*")) + 1]
    assert body[-1] == f"SE*{len(body)}*0001"
    assert told[-3:] == ["GE*1*999999999", "IEA*1*999999999", ""]
    assert len(told[0]) == 105, "the interchange header has a fixed width"


@pytest.mark.parametrize(("amount", "text"), [("125.40", "125.4"), ("0.00", "0"), ("1000", "1000"), ("-1.10", "-1.1")])
def test_numbers_are_written_without_zeros_that_mean_nothing(amount: str, text: str) -> None:
    assert number(Decimal(amount)) == text


@pytest.mark.parametrize("line", [paid_line, denied_line])
def test_a_line_that_was_decided_as_another_code_names_both(line: Callable[..., RemittedLine]) -> None:
    given = advice(claim(line(hcpcs="G0068", billed="G0088", modifiers=("JB",), units=Decimal(8))))
    (service,) = [each for each in segments(given) if each.startswith("SVC*")]
    elements = service.split("*")
    assert (elements[1], elements[6]) == ("HC:G0068:JB", "HC:G0088:JB")
    assert (elements[5:6], elements[7:]) == ((["8"], []) if line is paid_line else (["0"], ["8"]))
    assert oxedi_findings(write_835(given)) == []
    assert pyx12_findings(write_835(given)) == ""
