"""Taking back a mass adjustment: each claim pays what it paid before, to the cent, by a decision that follows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import OperationalError

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import reopen
from claims.daily import move_business_date
from claims.mass import reversing, running
from claims.mass.actions import approve, cancel, reverse
from claims.mass.listing import Item
from claims.mass.readers import standing
from claims.models import Claim, ClaimStatus, Decision, MassAdjustment, MassState
from claims.payment.ledger import balances, discrepancies
from claims.verification.verifying import verify
from tests.claims.mass.conftest import (
    again,
    approved,
    decided,
    line,
    pay_all,
    publish_amount,
    worked,
    world_of,
)
from tests.claims.mass.test_mass_preview import refusal, sentences

NEXT_PAYMENT = dt.date(2026, 2, 6)
WRONG = "The figure was wrong"


@pytest.fixture
def claims(tables: None) -> list[Claim]:
    """Paid claims of two patients; one of them owed the deductible, which its two claims used."""
    owing = world_of(0, beneficiary={"mbi__mbi": "1EG4TE5MA03", "owing_the_deductible": True})
    found = [decided(owing, line("G0088", 5)), decided(owing, line("G0068", 12)), decided(world_of(1))]
    pay_all()
    return [again(claim) for claim in found]


@pytest.fixture
def adjusted(claims: list[Claim], examiner: User, second: User) -> MassAdjustment:
    """A mass adjustment that was run over them."""
    publish_amount("100.00")
    mass = worked(approved(examiner, second))
    assert (mass.state, standing(mass).decided) == (MassState.DONE, 3)
    return mass


def traces(claim: Claim) -> list[str]:
    """The traces of the decisions on a claim, the first first."""
    return list(claim.decisions.order_by("number").values_list("trace", flat=True))


def test_each_claim_is_decided_as_before_and_the_money_is_as_it_was(
    claims: list[Claim], adjusted: MassAdjustment, examiner: User, second: User
) -> None:
    bank = balances()["bank"]
    assert [again(claim).paid_amount for claim in claims] != [claim.paid_amount for claim in claims]
    back = reverse(adjusted, WRONG, by=examiner)
    assert (back.reverses, back.state) == (adjusted, MassState.PREVIEWING)
    back = worked(back)
    assert (back.claims_changed, back.before, back.after) == (3, adjusted.after, adjusted.before)
    back = worked(approve(back, by=second, reason="Seen"))

    assert (back.state, standing(back).decided, standing(back).otherwise, standing(back).other_engine) == (
        MassState.DONE,
        3,
        0,
        0,
    )
    for claim in claims:
        first, between, last = traces(claim)
        assert last == first != between, "the same engine makes the same decision, to the byte"
        decision = again(claim).current_decision
        assert decision and decision.number == 3
        assert decision.reason == f"{back} takes back mass adjustment {adjusted.pk}: {back.title}"
        assert (again(claim).paid_amount, again(claim).status) == (claim.paid_amount, ClaimStatus.PAYABLE)
        assert claim.adjustments.get(mass=back).to_decision == decision
    assert (discrepancies(), verify().findings) == ((), ())

    move_business_date(NEXT_PAYMENT)
    held = balances()
    assert (held["bank"], held["payable"], held["overpayment"]) == (bank, Decimal("0.00"), Decimal("0.00"))
    assert sum(held.values()) == 0
    assert discrepancies() == ()


def test_what_the_first_one_paid_goes_back_after_it_was_told(
    claims: list[Claim], adjusted: MassAdjustment, examiner: User, second: User
) -> None:
    """Both the correction and its reversal are told: 835s between them."""
    move_business_date(NEXT_PAYMENT)
    worked(approve(worked(reverse(adjusted, WRONG, by=examiner)), by=second, reason="Seen"))
    move_business_date(dt.date(2026, 2, 13))
    assert [again(claim).paid_amount for claim in claims] == [claim.paid_amount for claim in claims]
    assert {again(claim).status for claim in claims} == {ClaimStatus.PAID}
    assert discrepancies() == ()


def test_claims_that_were_decided_since_are_left_out(
    claims: list[Claim], adjusted: MassAdjustment, examiner: User, second: User
) -> None:
    reopen(claims[2], "The place was keyed wrong", by=examiner)
    adjudicate_all()
    back = worked(reverse(adjusted, WRONG, by=examiner))
    assert sentences(back) == {claims[2].icn: "It was decided anew since. Look at its present decision."}
    approve(back, by=second, reason="Seen")
    reopen(claims[0], "The place was keyed wrong", by=examiner)
    adjudicate_all()
    back = worked(back)
    assert [item.claim for item in back.claims.filter(state=Item.State.DECIDED)] == [claims[1]]
    assert set(sentences(back)) == {claims[0].icn, claims[2].icn}
    assert [claim.decisions.count() for claim in claims] == [3, 3, 3]
    assert discrepancies() == ()


def test_what_happened_meanwhile_is_not_looked_at(
    claims: list[Claim], adjusted: MassAdjustment, examiner: User, second: User
) -> None:
    """Tables are published once more and the amount is another one: the decision before is what comes back."""
    publish_amount("50.00")
    worked(approve(worked(reverse(adjusted, WRONG, by=examiner)), by=second, reason="Seen"))
    assert [again(claim).paid_amount for claim in claims] == [claim.paid_amount for claim in claims]


def test_a_reversal_needs_a_second_person_and_is_made_once(
    adjusted: MassAdjustment, examiner: User, second: User
) -> None:
    back = worked(reverse(adjusted, WRONG, by=examiner))
    with refusal("own_request"):
        approve(back, by=examiner, reason="I am sure")
    with refusal("reversed_before"):
        reverse(adjusted, WRONG, by=second)
    cancel(back, by=examiner)
    assert reverse(adjusted, WRONG, by=second).reverses == adjusted


def test_there_must_be_something_to_take_back(claims: list[Claim], examiner: User, second: User) -> None:
    publish_amount("100.00")
    mass = approved(examiner, second)
    with refusal("moved_on"):
        reverse(mass, WRONG, by=examiner)
    cancel(mass, by=examiner)
    with refusal("nothing_to_reverse"):
        reverse(mass, WRONG, by=examiner)


def test_a_reversal_may_be_taken_back_itself(
    claims: list[Claim], adjusted: MassAdjustment, examiner: User, second: User
) -> None:
    between = [again(claim).paid_amount for claim in claims]
    back = worked(approve(worked(reverse(adjusted, WRONG, by=examiner)), by=second, reason="Seen"))
    worked(approve(worked(reverse(back, "It was right", by=examiner)), by=second, reason="Seen"))
    assert [again(claim).paid_amount for claim in claims] == between
    assert (discrepancies(), verify().findings) == ((), ())


def test_decisions_of_another_version_of_the_program_are_made_by_todays_and_that_is_said(
    adjusted: MassAdjustment, examiner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.mass.dark.ENGINE_VERSION", "renewed")
    back = worked(reverse(adjusted, WRONG, by=examiner))
    assert standing(back).other_engine == 3


def test_facts_that_cannot_be_read_any_more_are_left_out(
    adjusted: MassAdjustment, examiner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(text: str) -> None:
        raise ValueError("not the canonical JSON of ClaimFacts")

    monkeypatch.setattr("claims.mass.dark.facts_from_json", unreadable)
    back = worked(reverse(adjusted, WRONG, by=examiner))
    assert (back.claims_changed, len(sentences(back))) == (0, 3)
    assert all("cannot read its facts" in sentence for sentence in sentences(back).values())


def test_a_crash_in_the_middle_of_the_reversal_leaves_whole_portions(
    claims: list[Claim], adjusted: MassAdjustment, examiner: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = approve(worked(reverse(adjusted, WRONG, by=examiner)), by=second, reason="Seen")
    monkeypatch.setattr(running, "PORTION", 1)
    recorded = []

    def breaks(*given: object) -> None:
        recorded.append(given)
        record(*given)  # type: ignore[arg-type]
        if len(recorded) == 2:
            raise OperationalError("the server closed the connection")

    record = reversing.record
    monkeypatch.setattr(reversing, "record", breaks)
    with pytest.raises(OperationalError):
        worked(back)
    assert Decision.objects.filter(number=3).count() < 3
    assert worked(back).state == MassState.DONE
    assert [claim.decisions.count() for claim in claims] == [3, 3, 3]
    assert [again(claim).paid_amount for claim in claims] == [claim.paid_amount for claim in claims]
    assert discrepancies() == ()
