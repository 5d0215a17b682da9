"""The outcome of one claim as a fact of the patient's next."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.engine import decide
from claims.adjudication.roll_forward import roll_forward
from tests.claims.adjudication.worlds import base_claim, base_tables, line, patient_of, with_patient

JANUARY_5, JANUARY_6 = dt.date(2026, 1, 5), dt.date(2026, 1, 6)
TABLES = base_tables()


def test_paid_and_denied_lines_become_visits() -> None:
    earlier = base_claim(lines=(line(1, JANUARY_5), line(2, JANUARY_6, units=Decimal(0))))
    later = roll_forward(base_claim(control_number="LATER"), earlier, decide(earlier, TABLES))
    visits = patient_of(later).visits
    assert visits is not None
    assert [(visit.date, visit.status, visit.claim) for visit in visits] == [
        (JANUARY_5, "paid", "CLM1"),
        (JANUARY_6, "denied", "CLM1"),
    ]
    assert {visit.supplier for visit in visits} == {earlier.supplier_key}


def test_line_that_pays_in_a_claim_that_waits_has_not_taken_its_day() -> None:
    earlier = with_patient(
        base_claim(lines=(line(1, JANUARY_5), line(2, dt.date(2026, 2, 9), "G0068")), received=dt.date(2026, 2, 10)),
        deductible_remaining=((2026, Decimal("100.00")),),
    )
    decision = decide(earlier, TABLES)
    assert [found.outcome for found in decision.lines] == ["pay", "hold"]
    assert decision.deductible_used == ()
    later = patient_of(roll_forward(replace(earlier, control_number="LATER"), earlier, decision))
    assert [visit.status for visit in later.visits or ()] == ["pending", "pending"]
    assert later.deductible_remaining == ((2026, Decimal("100.00")),)


def test_later_decision_stands_in_the_place_of_the_earlier() -> None:
    earlier = with_patient(base_claim(), deductible_remaining=((2026, Decimal("300.00")),))
    decision = decide(earlier, TABLES)
    assert decision.deductible_used == ((2026, Decimal("195.00")),)
    later = roll_forward(replace(earlier, control_number="LATER"), earlier, decision)
    assert patient_of(later).deductible_remaining == ((2026, Decimal("105.00")),)
    cheaper = replace(earlier, lines=(line(1, JANUARY_5, charge="50.00"),))
    again = roll_forward(later, cheaper, decide(cheaper, TABLES), used_before=decision.deductible_used)
    assert patient_of(again).deductible_remaining == ((2026, Decimal("250.00")),)
    assert len(patient_of(again).visits or ()) == 1


def test_claims_of_another_patient_and_the_claim_itself_are_left_alone() -> None:
    claim = base_claim()
    decision = decide(claim, TABLES)
    stranger = with_patient(base_claim(control_number="LATER"), key="someone else")
    assert roll_forward(stranger, claim, decision) is stranger
    assert roll_forward(claim, claim, decision) is claim
    unknown = base_claim(control_number="LATER", beneficiary=None)
    assert roll_forward(unknown, claim, decision) is unknown


def test_history_that_nobody_knows_stays_unknown() -> None:
    claim = base_claim()
    later = with_patient(base_claim(control_number="LATER"), visits=None)
    assert patient_of(roll_forward(later, claim, decide(claim, TABLES))).visits is None
