"""Targeted probe and educate: the bounds, who may, what is told, and what pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from claims.models import ClaimStatus
from medical_review.actions.drawing import Criteria, draw_again
from medical_review.models import Case, Probe, ProbeRound, ReviewDecision, ReviewedLine, SupplierTie
from medical_review.probes import actions
from medical_review.probes.rates import ReviewedCharge, count
from medical_review.probes.states import BY_ACT, PROBE_ARROWS, PROBE_TRANSITIONS, ProbeState, check_probe_act
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.claims.pages.scene import TODAY, act_for
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def probe(payable: World, reviewer: User) -> Probe:
    return actions.choose(payable.supplier, why="Twice as many initial visits as its peers", by=reviewer)


def criteria(probe: Probe, *, before_payment: bool = True) -> Criteria:
    return Criteria(TODAY, TODAY, before_payment, probe.supplier)


def claims(world: World, number: int, **given: Any) -> None:
    for _ in range(number):
        world.claim(**{"status": ClaimStatus.PAYABLE, **given})


def settle(case: Case, by: User, verdict: str) -> None:
    """The case as a signed decision leaves it: its one line of 400 dollars, paid 200, affirmed or denied."""
    after = Decimal(200 if verdict == "affirm" else 0)
    decision = ReviewDecision.objects.create(
        case=case, number=1, rationale="Seen", paid_before=200, paid_after=after, signed_by=by, signed_on=clock.today()
    )
    line = case.claim.lines.get()
    why = "" if verdict == "affirm" else "The plan is not signed."
    ReviewedLine.objects.create(
        decision=decision, line=line, verdict=verdict, reason=why, paid_before=200, paid_after=after
    )
    Case.objects.filter(pk=case.pk).update(state="in_review", assigned_to=by)
    Case.objects.filter(pk=case.pk).update(state="decided", ended_on=clock.today())


def decided_round(probe: Probe, world: World, by: User, *, denied: int) -> ProbeRound:
    """A round of 20 claims of 400 dollars each, of which so many are denied, with its result."""
    claims(world, 20)
    made = actions.draw_round(probe, criteria(probe), 20, by=by, seed="tests")
    for case in made.draw.cases.order_by("draw_position"):
        settle(case, by, "deny" if (case.draw_position or 0) <= denied else "affirm")
    assert actions.find_due_results() == 1
    return ProbeRound.objects.select_related("result").get(pk=made.pk)


def educate(probe: Probe, by: User) -> None:
    actions.educate(probe, held_on=clock.today(), held_by="Nora Nurse", topics="Signing plans", by=by)


# ---------- bounds ----------


@pytest.mark.parametrize(("size", "is_right"), [(19, False), (20, True), (40, True), (41, False)])
def test_a_round_has_20_to_40_claims(probe: Probe, payable: World, reviewer: User, size: int, is_right: bool) -> None:
    claims(payable, 41)
    if not is_right:
        with pytest.raises(Refused, match="20 to 40 claims"):
            actions.draw_round(probe, criteria(probe), size, by=reviewer)
        return
    made = actions.draw_round(probe, criteria(probe), size, by=reviewer, seed="tests")
    assert {case.selection for case in made.draw.cases.all()} == {"probe"}
    assert (made.draw.cases.count(), draw_again(made.draw)) == (size, made.draw.sample)


def test_a_frame_of_19_claims_is_too_small_and_leaves_nothing(probe: Probe, payable: World, reviewer: User) -> None:
    claims(payable, 19)
    with pytest.raises(Refused, match="Only 19 claims"):
        actions.draw_round(probe, criteria(probe), 20, by=reviewer)
    assert not Case.objects.exists()
    probe.refresh_from_db()
    assert probe.state == ProbeState.CHOSEN


def test_a_round_is_of_the_probes_own_supplier(probe: Probe, reviewer: User) -> None:
    with pytest.raises(Refused, match="own supplier"):
        actions.draw_round(probe, Criteria(TODAY, TODAY, True, SupplierFactory()), 20, by=reviewer)


def test_exactly_at_the_threshold_is_not_above_it(probe: Probe, payable: World, reviewer: User) -> None:
    result = decided_round(probe, payable, reviewer, denied=4).result
    assert (result.by_charges, result.by_claims, result.by_paid) == (Decimal("0.2"), Decimal("0.2"), Decimal("0.2"))
    assert (result.charges_in_error, result.charges, result.is_above) == (Decimal(1600), Decimal(8000), False)
    with pytest.raises(Refused, match="not above the threshold of 20%"):
        actions.go_on(probe, reason="More", by=reviewer)
    actions.release(probe, reason="Compliant", by=reviewer)
    probe.refresh_from_db()
    assert (probe.state, probe.ended_on) == (ProbeState.RELEASED, TODAY)


def test_the_next_round_begins_45_days_after_the_education(probe: Probe, payable: World, reviewer: User) -> None:
    decided_round(probe, payable, reviewer, denied=5)
    actions.go_on(probe, reason="A quarter of the charges", by=reviewer)
    claims(payable, 20)
    with pytest.raises(Refused, match="Note the education"):
        actions.draw_round(probe, criteria(probe), 20, by=reviewer)
    educate(probe, reviewer)
    clock.set_today(TODAY + dt.timedelta(days=44))
    with pytest.raises(Refused, match="from March 2, 2026 on"):
        actions.draw_round(probe, criteria(probe), 20, by=reviewer)
    clock.set_today(TODAY + dt.timedelta(days=45))
    assert actions.draw_round(probe, criteria(probe), 20, by=reviewer).number == 2


def test_education_is_noted_when_it_was_held(probe: Probe, payable: World, reviewer: User) -> None:
    decided_round(probe, payable, reviewer, denied=5)
    for day, words in ((TODAY + dt.timedelta(days=1), "still to come"), (TODAY - dt.timedelta(days=1), "follows it")):
        with pytest.raises(Refused, match=words):
            actions.educate(probe, held_on=day, held_by="Nora Nurse", topics="Plans", by=reviewer)


def test_after_three_rounds_another_director_refers(
    probe: Probe, payable: World, reviewer: User, medical_director: User
) -> None:
    for number in (1, 2):
        decided_round(probe, payable, reviewer, denied=5)
        with pytest.raises(Refused, match=f"this was {number}"):
            actions.refer(probe, reason="Enough", by=medical_director)
        actions.go_on(probe, reason="Above", by=reviewer)
        educate(probe, reviewer)
        clock.set_today(clock.today() + dt.timedelta(days=45))
    decided_round(probe, payable, medical_director, denied=5)
    with pytest.raises(Refused, match="There are 3 rounds"):
        actions.go_on(probe, reason="Again", by=reviewer)
    with pytest.raises(Refused, match="drew this round"):
        actions.refer(probe, reason="Enough", by=medical_director)
    actions.refer(probe, reason="Enough", by=make_person("Dan Director", Role.MEDICAL_DIRECTOR))
    probe.refresh_from_db()
    assert probe.state == ProbeState.REFERRED


def test_above_the_threshold_only_a_director_releases(
    probe: Probe, payable: World, reviewer: User, medical_director: User
) -> None:
    decided_round(probe, payable, reviewer, denied=5)
    with pytest.raises(Refused) as refused:
        actions.release(probe, reason="One patient’s plan explains all", by=reviewer)
    assert refused.value.code == "wrong_role"
    assert str(actions.release(probe, reason="One patient’s plan explains all", by=medical_director)) == "Released"


def test_there_is_no_result_while_a_case_is_open(probe: Probe, payable: World, reviewer: User) -> None:
    claims(payable, 20)
    made = actions.draw_round(probe, criteria(probe), 20, by=reviewer)
    for case in made.draw.cases.all()[1:]:
        settle(case, reviewer, "affirm")
    assert actions.find_due_results() == 0
    with pytest.raises(Refused, match="1 of its cases"):
        actions.find_result(probe, by=reviewer)
    case = made.draw.cases.get(state="ready")
    Case.objects.filter(pk=case.pk).update(state="closed", ended_on=TODAY)
    assert (actions.find_result(probe, by=reviewer).claims, made.result.left_out) == (19, 1)


def test_an_adjusted_line_is_in_error_with_the_share_that_it_lost() -> None:
    line = ReviewedCharge("adjust", Decimal(400), Decimal("300.00"), Decimal("200.00"))
    more = ReviewedCharge("adjust", Decimal(400), Decimal("200.00"), Decimal("300.00"))
    found = count([[line], [more]])
    assert (line.in_error, more.in_error) == (Decimal("133.33"), 0)
    assert (found.claims_in_error, found.charges_in_error, found.paid_in_error) == (1, Decimal("133.33"), Decimal(100))


# ---------- the table ----------

ACTS: dict[str, Callable[[Probe, User], object]] = {
    "choose": lambda probe, by: actions.choose(probe.supplier, why="Seen", by=by),
    "draw": lambda probe, by: actions.draw_round(probe, criteria(probe), 20, by=by),
    "find": lambda probe, by: actions.find_result(probe, by=by),
    "educate": lambda probe, by: actions.educate(probe, held_on=TODAY, held_by="Nora", topics="Plans", by=by),
    "release": lambda probe, by: actions.release(probe, reason="Good", by=by),
    "go_on": lambda probe, by: actions.go_on(probe, reason="Above", by=by),
    "refer": lambda probe, by: actions.refer(probe, reason="Above", by=by),
    "call_off": lambda probe, by: actions.call_off(probe, reason="Sold", by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_of_another_role_acts_and_no_act_begins_elsewhere(probe: Probe, act: str) -> None:
    assert set(ACTS) == {each.act for each in PROBE_TRANSITIONS}
    for role in Role:
        if role not in BY_ACT[act].roles:
            with pytest.raises(Refused) as refused:
                ACTS[act](probe, make_person(f"A {role.label}", role))
            assert refused.value.code == "wrong_role"
    for state in ProbeState:
        if state in BY_ACT[act].starts:
            check_probe_act(act, state)
        else:
            with pytest.raises(Refused, match="The probe stands at"):
                check_probe_act(act, state)


def test_the_database_refuses_every_arrow_that_the_table_does_not_have(probe: Probe) -> None:
    refused = [end for end in ProbeState if end != probe.state and (probe.state, end.value) not in PROBE_ARROWS]
    assert ProbeState.RELEASED in refused
    for end in refused:
        with pytest.raises(ProgrammingError), transaction.atomic():
            Probe.objects.filter(pk=probe.pk).update(state=end, ended_on=TODAY)


def test_a_supplier_has_one_probe_at_a_time_and_no_probe_by_who_has_a_tie(
    probe: Probe, reviewer: User, medical_director: User
) -> None:
    with pytest.raises(Refused, match="has not ended"):
        actions.choose(probe.supplier, why="Again", by=reviewer)
    SupplierTie.objects.create(person=medical_director, supplier=probe.supplier, reason="Family", declared_on=TODAY)
    with pytest.raises(Refused, match="tie to this supplier"):
        actions.call_off(probe, reason="No need", by=medical_director)
    actions.call_off(probe, reason="Sold", by=reviewer)
    assert actions.choose(probe.supplier, why="Again", by=reviewer).pk != probe.pk


# ---------- pages ----------


def test_staff_see_the_rates_with_the_numbers_in_them(
    probe: Probe,
    payable: World,
    reviewer: User,
    signed_in_as: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    decided_round(probe, payable, reviewer, denied=5)
    client = signed_in_as(reviewer)
    with django_assert_max_num_queries(14):
        page = client.get(reverse("review:probe", args=[probe.pk])).content.decode()
    assert "$2,000.00 ÷ $8,000.00" in page
    assert "above the threshold of 20 % of the charges" in page
    assert "Go on to the next round" in page
    assert "Refer after three rounds" not in page
    actions.go_on(probe, reason="Above", by=reviewer)
    educate(probe, reviewer)
    for days, is_offered in ((44, False), (45, True)):
        clock.set_today(TODAY + dt.timedelta(days=days))
        page = client.get(reverse("review:probe", args=[probe.pk])).content.decode()
        assert ("Draw a round" in page) is is_offered
    assert (
        "drawn before their payment"
        in client.get(reverse("review:estimate", args=[ProbeRound.objects.get().draw_id])).content.decode()
    )


def test_a_supplier_reads_its_own_round_and_nobody_elses(
    probe: Probe,
    payable: World,
    reviewer: User,
    supplier_person: User,
    other_supplier_person: User,
    signed_in_as: SignIn,
) -> None:
    act_for(supplier_person, payable.supplier)
    act_for(other_supplier_person, SupplierFactory())
    decided_round(probe, payable, reviewer, denied=5)
    actions.go_on(probe, reason="Above", by=reviewer)
    educate(probe, reviewer)
    address = reverse("review:own_probe", args=[probe.pk])
    page = signed_in_as(supplier_person).get(address).content.decode()
    for words in ("Line 1 denied. The plan is not signed.", "25.00 %", "Nora Nurse", "March 2, 2026", "Signing plans"):
        assert words in page
    assert "MR-26" not in page
    assert signed_in_as(other_supplier_person).get(address).status_code == 404
    listed = reverse("review:own_probes")
    assert payable.supplier.name in signed_in_as(supplier_person).get(listed).content.decode()
    assert payable.supplier.name not in signed_in_as(other_supplier_person).get(listed).content.decode()
    assert signed_in_as(supplier_person).get(reverse("review:probe", args=[probe.pk])).status_code == 403


def test_who_has_a_tie_sees_no_probe_and_an_examiner_only_reads(
    probe: Probe, medical_director: User, examiner: User, signed_in_as: SignIn
) -> None:
    SupplierTie.objects.create(person=medical_director, supplier=probe.supplier, reason="Family", declared_on=TODAY)
    address = reverse("review:probe", args=[probe.pk])
    assert signed_in_as(medical_director).get(address).status_code == 404
    assert signed_in_as(examiner).get(address).status_code == 200
    assert signed_in_as(examiner).get(reverse("review:probe_act", args=[probe.pk, "call_off"])).status_code == 403


def test_a_sample_drawn_after_payment_is_estimated(
    probe: Probe, payable: World, reviewer: User, signed_in_as: SignIn
) -> None:
    claims(payable, 40, status=ClaimStatus.PAID, paid_amount=Decimal(200))
    made = actions.draw_round(probe, criteria(probe, before_payment=False), 20, by=reviewer, seed="tests")
    address = reverse("review:estimate", args=[made.draw_id])
    client = signed_in_as(reviewer)
    assert "20 of its 20 cases are not decided yet." in client.get(address).content.decode()
    for case in made.draw.cases.order_by("draw_position"):
        settle(case, reviewer, "deny" if (case.draw_position or 0) <= 5 else "affirm")
    page = client.get(address, {"precision": "20"}).content.decode()
    # (1.281552 × 88.852 / 10)² = 129.66; 129.66 / (1 + 129.66 / 40) = 30.57, rounded up
    # mean 50, s² = (5 × 150² + 15 × 50²) / 19, error 40 × 88.852 / √20 × √½ = 561.95; 2,000 − 1.327728 × 561.95
    for words in ("$2,000.00", "$561.95", "$1,253.88", "drawn again, the same claims", "<b>31 claims</b>"):
        assert words in page, words


def test_a_reviewer_walks_a_round_by_forms(probe: Probe, payable: World, reviewer: User, signed_in_as: SignIn) -> None:
    claims(payable, 20)
    client, address = signed_in_as(reviewer), reverse("review:probe_act", args=[probe.pk, "draw"])
    sent = {"first_day": "01/16/2026", "last_day": "01/16/2026", "before_payment": "yes", "size": "19", "seed": "s"}
    assert "A round has 20 to 40 claims." in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "size": "20"}).status_code == 302
    assert Case.objects.count() == 20
    other = {"npi": "1999999999", "why": "Data"}
    assert "No supplier has this NPI" in client.post(reverse("review:choose_probe"), other).content.decode()
