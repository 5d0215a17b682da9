"""Remittance advices for tests: the sample of the documentation, and random ones as the engine would decide them."""

from __future__ import annotations

import datetime as dt
import string
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from claims.adjudication.decision import Adjustment, Price
from claims.adjudication.outcome import payment_adjustments
from claims.payment.remittance import BankAccount, Payee, Payer, RemittanceAdvice, RemittedClaim, RemittedLine
from claims.pricing import coinsurance_from, deductible_from, sequestration_from

ZERO = Decimal("0.00")

PAYER = Payer(
    name="EXAMPLE MAC JL",
    number="12302",
    tax_id="521234567",
    address="1 MEDICARE WAY",
    city="BALTIMORE",
    state="MD",
    zip="21244",
    telephone="8005550199",
    bank=BankAccount("021000021", "123456"),
    interchange_qualifier="ZZ",
    interchange_id="12302",
)
PAYEE = Payee("EVERGREEN HOME INFUSION LLC", "1234567893", "521234567", "HITSUP01")
BANK = BankAccount("011000015", "654321")

#: Denials as the catalogue of edits has them: group, CARC, RARCs, whether it can be appealed.
DENIALS = (
    ("CO", "16", ("M51", "MA130"), False),
    ("CO", "16", ("N657", "MA130"), False),
    ("CO", "29", (), False),
    ("CO", "58", ("N428",), True),
    ("CO", "22", ("MA04",), True),
    ("OA", "109", ("N418",), False),
    ("OA", "18", (), False),
    ("CO", "B15", ("N674",), True),
    ("PR", "26", (), True),
)


def price(charge: Decimal, fee: Decimal, deductible_left: Decimal = ZERO) -> Price:
    """The price of a line at 20 percent coinsurance and 2 percent sequestration."""
    allowed = min(charge, fee)
    deductible = deductible_from(allowed, deductible_left)
    coinsurance = coinsurance_from(allowed, deductible, Decimal("0.2"))
    medicare = allowed - deductible - coinsurance
    sequestration = sequestration_from(medicare, Decimal("0.02"))
    return Price(
        fee=fee,
        allowed=allowed,
        deductible=deductible,
        coinsurance=coinsurance,
        medicare_payment=medicare,
        sequestration=sequestration,
        paid=medicare - sequestration,
        steps=(),
        estimated=False,
    )


def paid_line(charge: str = "400.00", fee: str = "195.00", deductible_left: str = "0.00", **given: Any) -> RemittedLine:
    money = price(Decimal(charge), Decimal(fee), Decimal(deductible_left))
    return _line(
        {
            "charge": Decimal(charge),
            "allowed": money.allowed,
            "paid": money.paid,
            "pays": True,
            "adjustments": payment_adjustments(Decimal(charge), money),
            "may_appeal": True,
            **given,
        }
    )


def denied_line(
    charge: str = "400.00", denial: tuple[str, str, tuple[str, ...], bool] = DENIALS[0], **given: Any
) -> RemittedLine:
    group, carc, remarks, may_appeal = denial
    return _line(
        {
            "charge": Decimal(charge),
            "allowed": ZERO,
            "paid": ZERO,
            "pays": False,
            "adjustments": (Adjustment(group, carc, Decimal(charge)),),
            "remarks": remarks,
            "may_appeal": may_appeal,
            **given,
        }
    )


def _line(given: dict[str, Any]) -> RemittedLine:
    base: dict[str, Any] = {
        "number": 1,
        "date": dt.date(2026, 1, 5),
        "through": None,
        "hcpcs": "G0088",
        "modifiers": (),
        "units": Decimal("6.000"),
        "control_number": "",
        "remarks": (),
    }
    return RemittedLine(**{**base, **given})


def claim(*lines: RemittedLine, **given: Any) -> RemittedClaim:
    base: dict[str, Any] = {
        "patient_control_number": "HIT26000001",
        "icn": "1126016000001",
        "mbi": "1EG4TE5MK73",
        "last_name": "EVANS",
        "first_name": "DORA",
        "received": dt.date(2026, 1, 16),
        "place_of_service": "12",
        "frequency": "1",
        "charge": sum((line.charge for line in lines), ZERO),
    }
    return RemittedClaim(lines=lines, **{**base, **given})


def advice(*claims: RemittedClaim, **given: Any) -> RemittanceAdvice:
    base: dict[str, Any] = {
        "payer": PAYER,
        "payee": PAYEE,
        "day": dt.date(2026, 1, 30),
        "written_at": dt.datetime(2026, 1, 30, 9, 15, tzinfo=dt.UTC),
        "control_number": 201,
        "trace_number": "0000000123",
    }
    return RemittanceAdvice(claims=claims, **{**base, **given})


cents = st.integers(0, 99_999_999).map(lambda number: Decimal(number) / 100)
small_amounts = st.integers(0, 9_999).map(lambda number: Decimal(number) / 100)
days = st.dates(dt.date(2021, 1, 1), dt.date(2026, 12, 31))
identifiers = st.text(string.ascii_uppercase + string.digits + "-:*^~", min_size=1, max_size=38)
#: Between two letters what people are called, delimiters of X12 and letters beyond ASCII included.
names = st.text("abc éñ*:~^'-", max_size=30).map("Ö{}n".format)


@st.composite
def lines(draw: st.DrawFn) -> RemittedLine:
    start = draw(days)
    given = {
        "date": start,
        "through": draw(st.none() | st.just(start) | st.just(start + dt.timedelta(days=2))),
        "hcpcs": draw(st.sampled_from(["G0068", "G0088", "G0090", "99601"])),
        "modifiers": draw(st.lists(st.sampled_from(["GW", "GV", "JB"]), max_size=4).map(tuple)),
        "units": draw(st.none() | st.integers(0, 96).map(Decimal) | st.just(Decimal("1.500"))),
        "control_number": draw(st.just("") | identifiers),
    }
    charge = draw(cents)
    if draw(st.booleans()):
        return paid_line(str(charge), str(draw(cents)), str(draw(cents)), **given)
    return denied_line(str(charge), draw(st.sampled_from(DENIALS)), **given)


@st.composite
def claims(draw: st.DrawFn) -> RemittedClaim:
    drawn = draw(st.lists(lines(), min_size=1, max_size=6))
    return claim(
        *drawn,
        patient_control_number=draw(identifiers),
        last_name=draw(names),
        first_name=draw(st.just("") | names),
        place_of_service=draw(st.sampled_from(["", "12", "33"])),
        interest=draw(small_amounts) if any(line.paid for line in drawn) else ZERO,
    )


advices = st.builds(
    lambda drawn, bank: advice(*drawn, payee=Payee(PAYEE.name, PAYEE.npi, PAYEE.tin, PAYEE.receiver, bank)),
    st.lists(claims(), min_size=1, max_size=6),
    st.sampled_from([None, BANK]),
)
