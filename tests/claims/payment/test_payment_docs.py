"""`docs/payment.md` is true: its tables and its example are read and reckoned again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from claims.models import OverpaymentState
from claims.payment.floor import earliest_payment, payment_day
from claims.payment.interest import full_periods, interest_on, period_end
from claims.payment.remittance import RemittanceAdvice, reversal_of
from claims.payment.remittance_835 import transaction_segments, write_835
from claims.payment.settlement import ClaimMoney, Debt, settle
from tests.claims.payment.advices import advice, claim, denied_line, paid_line
from tests.claims.payment.test_payment_floor import TABLES

PAGE = (Path(__file__).parents[3] / "docs" / "payment.md").read_text()
DAY = dt.timedelta(days=1)


def table_under(first_column: str) -> list[list[str]]:
    """The rows of the table whose first column has this name."""
    (body,) = re.findall(rf"^\| {first_column} \|[^\n]*\n\| ---[^\n]*\n((?:\|[^\n]*\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in body.splitlines()]


def test_the_table_of_interest_on_overpayments_is_true() -> None:
    first, second = table_under("owed")
    owed, demanded, rate = Decimal(first[0]), dt.date.fromisoformat(first[1]), Decimal(first[2])
    for row, balance in ((first, owed), (second, Decimal(second[4]))):
        charged_on, end = dt.date.fromisoformat(row[6]), dt.date.fromisoformat(row[3])
        periods = full_periods(demanded, charged_on)
        assert (period_end(demanded, periods), full_periods(demanded, end)) == (end, periods - 1)
        assert interest_on(balance, 30, rate, end) == Decimal(row[5])


def test_the_table_of_payment_days_is_true() -> None:
    rows = table_under("received")
    assert len(rows) == 7
    for received, channel, decided, outcome, floor, day, _ in rows:
        receipt = dt.date.fromisoformat(received)
        if floor != "–":
            assert str(earliest_payment(receipt, channel, TABLES)) == floor
        found = payment_day(
            received=receipt,
            decided=dt.date.fromisoformat(decided),
            channel=channel,
            is_denied=outcome == "denied",
            tables=TABLES,
        )
        assert str(found) == day


def example() -> RemittanceAdvice:
    (first, second) = table_under("line")
    first_day = dt.date(2026, 1, 5)
    lines = [
        paid_line(*row[1:4], number=number, date=day, hcpcs=code, control_number=f"L{number}")
        for number, row, day, code in (
            (1, first, first_day, "G0088"),
            (2, second, first_day + 2 * DAY, "G0068"),
        )
    ]
    denied = denied_line(
        "150.00",
        ("CO", "58", ("N428",), True),
        number=3,
        date=first_day + 4 * DAY,
        hcpcs="G0068",
        control_number="L3",
    )
    return advice(claim(*lines, denied, icn="0226016000001"))


def test_the_example_in_cents_is_true() -> None:
    (told,) = example().claims
    for row, line in zip(table_under("line"), told.lines, strict=False):
        reasons = {f"{item.group}-{item.carc}": item.amount for item in line.adjustments}
        amounts = [line.allowed, *(reasons.get(name, Decimal("0.00")) for name in ("CO-45", "PR-1", "PR-2", "CO-253"))]
        assert [str(amount) for amount in (*amounts, line.paid)] == row[4:]
    assert f"is charged {told.charge} with line 3" in PAGE
    assert f"pays {told.paid}, and leaves the patient {told.patient_responsibility}." in PAGE


def blocks() -> list[str]:
    """What the page shows of 835s."""
    found: list[str] = re.findall(r"```\n(CLP.*?)```", PAGE, re.DOTALL)
    return found


def test_the_835_of_the_example_is_what_the_writer_writes() -> None:
    content = write_835(example()).decode()
    assert blocks()[0] == content[content.index("CLP*") : content.index("SE*")]


def correction() -> RemittanceAdvice:
    """The example decided anew with a fee of 100.00 for its first line, beside a claim that pays 50.00."""
    (before,) = example().claims
    first = paid_line("400.00", "100.00", "95.00", date=dt.date(2026, 1, 5), control_number="L1")
    now = replace(before, lines=(first, *before.lines[1:]))
    other = replace(claim(paid_line("63.78", "63.78")), icn="0226016000002")
    reversal = Debt(1, 1, before.icn, before.paid)
    money = [ClaimMoney(1, 2, now.paid, (reversal,)), ClaimMoney(2, 3, other.paid)]
    return advice(reversal_of(before), now, other, debts=settle(money, []).provider_adjustments)


def test_the_example_of_a_correction_is_true() -> None:
    told = correction()
    reversal, now, other = told.claims
    (carried,) = told.provider_adjustments
    assert f"Its line now pays {now.lines[0].paid} and the claim\n{now.paid}." in PAGE
    assert f"takes back {-reversal.paid}, which leaves {-carried.amount} to owe" in PAGE
    assert (other.paid, told.paid) == (50, 50)
    assert f"({reversal.paid}, {now.paid} and 50) less the PLB amount ({carried.amount})" in PAGE
    lines = write_835(told).decode().splitlines()
    start = next(at for at, text in enumerate(lines) if text.startswith("CLP*"))
    second = next(at for at, text in enumerate(lines) if text.startswith("SVC*HC:G0088*400*3.92"))
    shown = [*lines[start : second + 6], next(text for text in lines if text.startswith("PLB*"))]
    assert blocks()[1].splitlines() == shown


def test_the_states_of_overpayments_are_those_of_the_code() -> None:
    assert [row[0] for row in table_under("state")] == OverpaymentState.values


def test_every_segment_of_the_835_is_in_the_map() -> None:
    mapped = {name.strip() for row in table_under("segment") for name in row[0].split(",")}
    late = claim(paid_line(control_number="L1"), denied_line(number=2, date=dt.date(2026, 1, 7)), interest=Decimal(1))
    for segment in (*transaction_segments(advice(late)), *transaction_segments(correction())):
        assert mapped & {str(segment[0]), f"{segment[0]}*{segment[1]}"}, segment
