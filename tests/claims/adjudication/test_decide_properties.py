"""What holds of every decision on any claim under any tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from claims.adjudication.canonical import decision_from_json, dump_decision, dump_facts, facts_from_json
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.adjudication.roll_forward import roll_forward
from claims.edits.registry import EDIT_IDS
from policy.tables import PolicyTables
from tests.claims.adjudication.worlds import claims, tables

ZERO = Decimal("0.00")


@given(claims(), tables())
def test_charge_is_what_is_paid_and_adjusted(claim: ClaimFacts, policy: PolicyTables) -> None:
    for line, facts in zip(decide(claim, policy).lines, claim.lines, strict=True):
        if line.outcome in ("pay", "deny"):
            assert line.paid + sum(adjustment.amount for adjustment in line.adjustments) == facts.charge
        else:
            assert line.adjustments == ()


@given(claims(), tables())
def test_no_amount_is_negative_and_all_are_whole_cents(claim: ClaimFacts, policy: PolicyTables) -> None:
    for line in decide(claim, policy).lines:
        for price in (line.price, line.if_payable):
            if price is not None:
                for amount in (price.allowed, price.deductible, price.coinsurance, price.sequestration, price.paid):
                    assert amount >= 0
                    assert amount == amount.quantize(Decimal("0.01"))


@given(claims(), tables())
def test_line_pays_only_without_a_deciding_edit_and_with_a_price(claim: ClaimFacts, policy: PolicyTables) -> None:
    for line in decide(claim, policy).lines:
        assert (line.outcome == "pay") == (line.edits == ())
        assert (line.price is not None) == (line.outcome == "pay")
        assert bool(line.reason_edit) == (line.outcome != "pay")


@given(claims(), tables())
def test_nothing_is_paid_without_a_patient_a_supplier_or_a_code(claim: ClaimFacts, policy: PolicyTables) -> None:
    for line, facts in zip(decide(claim, policy).lines, claim.lines, strict=True):
        if claim.beneficiary is None or claim.supplier is None or facts.hcpcs == "99601":
            assert line.outcome != "pay"


@given(claims(), tables())
def test_deductible_used_is_never_more_than_was_left(claim: ClaimFacts, policy: PolicyTables) -> None:
    decision = decide(claim, policy)
    left = dict(claim.beneficiary.deductible_remaining) if claim.beneficiary else {}
    taken: dict[int, Decimal] = defaultdict(Decimal)
    for line, facts in zip(decision.lines, claim.lines, strict=True):
        taken[facts.date.year] += line.price.deductible if line.price else ZERO
    assert all(amount <= left.get(year, ZERO) for year, amount in taken.items())
    used = {year: amount for year, amount in taken.items() if amount}
    assert dict(decision.deductible_used) == (used if decision.is_final else {})


@given(claims(), tables(), st.randoms(use_true_random=False))
def test_order_of_lines_and_of_the_history_does_not_matter(
    claim: ClaimFacts, policy: PolicyTables, random: Random
) -> None:
    lines = list(claim.lines)
    random.shuffle(lines)
    other = replace(claim, lines=tuple(lines))
    if (patient := claim.beneficiary) and patient.visits and patient.drug_bills:
        visits, bills = tuple(reversed(patient.visits)), tuple(reversed(patient.drug_bills))
        other = replace(other, beneficiary=replace(patient, visits=visits, drug_bills=bills))
    first, second = decide(claim, policy), decide(other, policy)
    assert {line.number: line for line in first.lines} == {line.number: line for line in second.lines}
    assert (first.status, first.deductible_used, first.rows) == (second.status, second.deductible_used, second.rows)


@given(claims(), tables())
def test_every_edit_has_fired_or_passed_or_could_not_be_judged_but_once(
    claim: ClaimFacts, policy: PolicyTables
) -> None:
    for line in decide(claim, policy).lines:
        fired = [finding.edit for finding in line.findings]
        skipped = [found.edit for found in line.not_evaluated]
        assert fired == sorted(set(fired))
        assert skipped == sorted(set(skipped))
        assert not set(fired) & set(skipped)
        assert {*fired, *skipped} <= set(EDIT_IDS)


@given(claims(), tables())
def test_look_is_due_only_while_a_claim_waits(claim: ClaimFacts, policy: PolicyTables) -> None:
    decision = decide(claim, policy)
    if decision.next_look is not None:
        assert decision.status in ("suspend", "hold")
        assert decision.next_look > claim.received


@given(claims(), tables())
def test_facts_and_decision_come_back_from_json_as_they_were(claim: ClaimFacts, policy: PolicyTables) -> None:
    decision = decide(claim, policy)
    assert facts_from_json(dump_facts(claim)) == claim
    assert decision_from_json(dump_decision(decision)) == decision


@given(claims(), tables())
def test_stored_facts_decide_to_the_same_bytes(claim: ClaimFacts, policy: PolicyTables) -> None:
    again = decide(facts_from_json(dump_facts(claim)), policy)
    assert dump_decision(again) == dump_decision(decide(claim, policy))


@given(claims(), claims(), tables())
def test_rolling_forward_twice_with_what_was_used_before_is_as_once(
    earlier: ClaimFacts, later: ClaimFacts, policy: PolicyTables
) -> None:
    later = replace(later, control_number="LATER")
    decision = decide(earlier, policy)
    once = roll_forward(later, earlier, decision)
    assert roll_forward(once, earlier, decision, used_before=decision.deductible_used) == once
