"""What counts for a decided claim now, and the words for what moved; without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given

from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, DrugBill, Stay, Visit, VisitStatus, visit_key
from claims.pricing import ZERO
from claims.staleness.counting import facts_that_count, last_day_open
from claims.staleness.judging import LONGEST_REASON, Stale, judge
from claims.staleness.moved import LONGEST_CAUSE, cause_of, difference, what_moved
from policy.tables import PolicyTables
from tests.claims.adjudication.worlds import base_claim, base_tables, claims, line, patient_of, tables, with_patient

JANUARY_5, JANUARY_7 = dt.date(2026, 1, 5), dt.date(2026, 1, 7)


def visit(status: VisitStatus, day: dt.date = JANUARY_5, claim: str = "OTHER", hcpcs: str = "G0068") -> Visit:
    return Visit(visit_key(claim, 1), day, hcpcs, status, "1999999984-539999999", "Harbor Infusion", claim)


def subsequent(day: dt.date = JANUARY_5) -> ClaimFacts:
    return base_claim(lines=(line(1, day, "G0068"),))


def initial(day: dt.date = JANUARY_7) -> ClaimFacts:
    return base_claim(lines=(line(1, day, "G0088"),))


def counted(claim: ClaimFacts, then: Visit | None, now: Visit | None, is_paying: bool = True) -> str | None:
    """How another claim's visit counts for a claim that pays, or for one that is denied."""
    before = with_patient(claim, visits=(then,) if then else ())
    standing = decide(with_patient(claim) if is_paying else replace(claim, diagnoses=()), base_tables())
    known = with_patient(claim, visits=(now,) if now else ())
    facts = facts_that_count(before, known, standing, base_tables(), {}, {})
    found = patient_of(facts).visits
    return found[0].status if found else None


@pytest.mark.parametrize(
    ("then", "now", "pays", "denied"),
    [
        # then, now: how it counts for a claim that pays, and for one of which nothing pays
        ("paid", "paid", "paid", "paid"),
        ("paid", "pending", "paid", "paid"),
        ("paid", "denied", "denied", "denied"),
        ("pending", "paid", "pending", "paid"),
        ("pending", "pending", "pending", "pending"),
        ("pending", "denied", "denied", "denied"),
        ("denied", "paid", None, "paid"),
        ("denied", "pending", None, "pending"),
        (None, "paid", None, "paid"),
        (None, "pending", None, "pending"),
        ("paid", None, None, None),
    ],
)
def test_a_line_that_pays_keeps_its_day(
    then: VisitStatus | None, now: VisitStatus | None, pays: str | None, denied: str | None
) -> None:
    was, known = (visit(status) if status else None for status in (then, now))
    assert counted(subsequent(), was, known) == pays
    assert counted(subsequent(), was, known, is_paying=False) == denied


def test_an_earlier_visit_counts_for_an_initial_one_whenever_it_was_decided() -> None:
    assert counted(initial(), None, visit("paid")) == "paid"
    assert counted(initial(), None, visit("pending")) is None, "until it is decided"
    assert counted(initial(), None, visit("paid", JANUARY_7)) is None, "the day itself is HIT-602's matter"


def test_a_visit_with_another_contractor_counts_whenever_it_came() -> None:
    assert counted(subsequent(), None, visit("paid", claim="")) == "paid"


def test_a_replacement_counts_as_what_it_replaced_did() -> None:
    claim = subsequent()
    before = with_patient(claim, visits=(visit("paid"),))
    known = with_patient(claim, visits=(visit("paid", claim="SECOND"),))
    standing = decide(claim, base_tables())
    for replaced, expected in (({"SECOND": "FIRST", "FIRST": "OTHER"}, 1), ({}, 0)):
        facts = facts_that_count(before, known, standing, base_tables(), replaced, {})
        assert len(patient_of(facts).visits or ()) == expected


def test_deductible_of_claims_in_the_queue_is_not_free() -> None:
    claim = with_patient(base_claim(), deductible_remaining=((2026, Decimal("100.00")),))
    standing = decide(claim, base_tables())
    for in_queue, left in ((Decimal("60.00"), Decimal("40.00")), (Decimal("160.00"), ZERO)):
        facts = facts_that_count(claim, claim, standing, base_tables(), {}, {2026: in_queue})
        assert patient_of(facts).deductible_remaining == ((2026, left),)


def test_all_days_are_open_while_nothing_pays() -> None:
    claim = base_claim(lines=(line(1, JANUARY_5, "G0068"), line(2, JANUARY_7, "G0068")))
    assert last_day_open(claim, decide(claim, base_tables()), base_tables()) == dt.date.min
    waiting = with_patient(claim, drug_bills=())
    assert last_day_open(waiting, decide(waiting, base_tables()), base_tables()) == dt.date.max


@given(claims(), tables())
def test_what_did_not_move_makes_no_claim_stale(claim: ClaimFacts, policy: PolicyTables) -> None:
    standing = decide(claim, policy)
    counting = facts_that_count(claim, claim, standing, policy, {}, {})
    for is_told in (True, False):
        assert judge(claim, counting, standing, is_told, policy) is None


@given(claims(), claims(), tables())
def test_what_is_said_of_a_stale_claim_fits_and_names_no_other_supplier(
    claim: ClaimFacts, other: ClaimFacts, policy: PolicyTables
) -> None:
    """Patient and supplier are matched when the claim comes, and never after."""
    assume(claim.beneficiary and other.beneficiary and claim.supplier and other.supplier)
    standing = decide(claim, policy)
    now = replace(claim, beneficiary=other.beneficiary, supplier=other.supplier)
    found = judge(claim, now, standing, True, policy)
    if found is None:
        return
    moved, fresh = found
    stale = Stale(1, True, now, moved, standing, fresh)
    assert 0 < len(stale.sentence) <= LONGEST_REASON
    assert 0 < len(stale.cause) <= LONGEST_CAUSE
    assert stale.money_at_stake >= 0
    assert "Harbor" not in stale.sentence + stale.cause


def test_what_moved_is_what_alone_changes_the_decision() -> None:
    """A drug bill came, and a stay of another year; only the bill makes the visit pay."""
    then = with_patient(base_claim(), drug_bills=())
    now = with_patient(base_claim(), snf_stays=(Stay(dt.date(2024, 1, 1), dt.date(2024, 1, 9)),))
    standing = decide(then, base_tables())
    [moved] = what_moved(then, now, base_tables(), lambda decision: decision.status != standing.status)
    assert moved.field == "drug_bills"


def test_a_long_cause_is_kept_short_and_tells_causes_apart() -> None:
    def bills(count: int) -> ClaimFacts:
        found = tuple(DrugBill(str(at), "J2260", "", JANUARY_5 + dt.timedelta(at), "paid") for at in range(count))
        return with_patient(base_claim(), drug_bills=found)

    causes = [cause_of((difference("drug_bills", bills(1), bills(count)),)) for count in (9, 10)]
    assert causes[0] != causes[1]
    assert all(len(cause) <= LONGEST_CAUSE for cause in causes)
