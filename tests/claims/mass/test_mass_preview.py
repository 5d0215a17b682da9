"""The preview: what it finds, what it leaves out and why, that it changes nothing, and that it is what comes of it."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Event, Role, User
from beneficiaries.models import PlanOfCareVersion
from claims.adjudication.queue import adjudicate_all, requeue
from claims.adjustments.actions import reopen, void
from claims.mass import previewing, running
from claims.mass.actions import approve, make, preview, reverse
from claims.mass.listing import Item, next_portion
from claims.mass.readers import standing, totals_by_edit, totals_by_supplier
from claims.mass.telling import as_json, from_json, told_digest
from claims.models import (
    Adjustment,
    Claim,
    ClaimStatus,
    Decision,
    LedgerTransfer,
    MassAdjustment,
    MassAdjustmentLine,
    MassState,
)
from claims.payment.ledger import discrepancies
from claims.replay.lines import stored_states
from policy import clock
from policy.refusals import Refused
from tests.claims.mass.conftest import (
    TITLE,
    WHY,
    again,
    decided,
    line,
    pay_all,
    previewed,
    publish,
    publish_amount,
    worked,
    world_of,
)
from tests.claims.staleness.test_staleness_settles import Happening, happenings
from tests.factories.world import World

ZERO = Decimal("0.00")


def refusal(code: str, field: str | None = None) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda refused: (refused.code, refused.field) == (code, field))


def sentences(mass: MassAdjustment) -> dict[str, str]:
    """By claim number, why each claim that is left out is."""
    return dict(mass.claims.filter(state=Item.State.LEFT_OUT).values_list("claim__icn", "sentence"))


# ---------- what it finds ----------


def test_the_preview_says_what_would_change_by_line_supplier_edit_and_dollars(world: World, examiner: User) -> None:
    """Both claims have an initial visit, for which less is paid now; the subsequent visit stays as it is."""
    first = decided(world, line("G0088", 5), line("G0068", 12))
    other = decided(world_of(1))
    unchanged = decided(world_of(2), line("G0068", 5))
    publish_amount("100.00")
    mass = previewed(examiner)

    assert (mass.state, mass.claims_chosen, mass.claims_changed, mass.lines_changed) == (MassState.PREVIEWED, 3, 2, 2)
    assert mass.before == sum(claim.paid_amount or ZERO for claim in (first, other, unchanged))
    changes = list(mass.lines.all())
    assert [(change.of.claim, change.number, change.hcpcs) for change in changes] == [
        (first, 1, "G0088"),
        (other, 1, "G0088"),
    ]
    assert changes[0].difference == changes[1].difference < 0
    assert mass.difference == sum(change.difference for change in changes)
    assert mass.at_stake == -mass.difference
    assert {total.key: total.less for total in totals_by_supplier(mass)} == {
        claim.billing_npi: -changes[0].difference for claim in (first, other)
    }
    assert [(total.key, total.lines, total.difference) for total in totals_by_edit(mass)] == [("", 2, mass.difference)]
    assert {item.claim: item.state for item in mass.claims.all()} == {
        first: Item.State.CHANGES,
        other: Item.State.CHANGES,
        unchanged: Item.State.SAME,
    }


def test_a_line_that_would_be_denied_counts_for_its_edit(world: World, examiner: User) -> None:
    claim = decided(world)
    publish(
        "place_of_service",
        "code,name,home,effective_from,effective_to,source,basis,note\n12,Home,false,2019-01-01,,A test,inferred,\n",
    )
    mass = previewed(examiner)
    [change] = mass.lines.all()
    assert (change.edit, change.after["outcome"], change.difference) == (
        "HIT-105",
        "deny",
        -(claim.paid_amount or ZERO),
    )
    assert mass.at_stake == claim.paid_amount


def test_the_preview_writes_nothing_to_claims(world: World, examiner: User) -> None:
    decided(world, line("G0088", 5))
    decided(world, line("G0068", 12))
    pay_all()
    publish_amount("100.00")
    models = (Claim, Decision, LedgerTransfer, Adjustment)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    assert previewed(examiner).claims_changed == 1
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_what_only_staff_read_is_not_worth_a_new_decision(world: World, examiner: User) -> None:
    """The plan orders one visit a week now, so that others inform (HIT-406); a remittance would tell the same."""
    for code, day in (("G0088", 5), ("G0068", 6), ("G0068", 7)):
        decided(world, line(code, day))
    PlanOfCareVersion.objects.update(visits_per_week=NumericRange(1, 2))
    mass = previewed(examiner)
    assert (mass.claims_changed, mass.lines.count()) == (0, 0)
    reopen(last := again(mass.claims.last().claim), "To see that it informs", by=examiner)  # type: ignore[union-attr]
    adjudicate_all()
    assert again(last).informs == ["HIT-406"]


def test_a_preview_may_be_made_again_and_takes_the_list_as_it_is_then(world: World, examiner: User) -> None:
    decided(world)
    mass = previewed(examiner)
    assert (mass.claims_chosen, mass.claims_changed) == (1, 0)
    decided(world_of(1))
    publish_amount("100.00")
    mass = worked(preview(mass, by=examiner))
    assert (mass.claims_chosen, mass.claims_changed, mass.lines.count()) == (2, 2, 2)


def test_what_was_previewed_is_frozen(world: World, examiner: User) -> None:
    decided(world)
    publish_amount("100.00")
    mass = previewed(examiner, "status=payable")
    decided(world_of(1))
    assert mass.claims.count() == 1


# ---------- what it is asked for ----------


def test_claims_are_chosen_by_filter_or_by_number(world: World, examiner: User) -> None:
    first, second = decided(world), decided(world_of(1))
    numbers = f" {first.icn}\n{second.icn}, {first.icn}"
    for text, count in (
        ("all", 2),
        (f"supplier={first.billing_npi}", 1),
        (f"?code=G0088&supplier={first.billing_npi}", 1),
    ):
        assert previewed(examiner, text).claims_chosen == count
    mass = make(TITLE, WHY, numbers, by=examiner)
    assert mass.chosen_by == f"{first.icn},{second.icn}"
    assert worked(preview(mass, by=examiner)).claims_chosen == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_claims"),
        ("status=voided", "no_claims"),
        ("colour=red", "not_understood"),
        ("search=kept", "not_understood"),
        ("0000000000000", "not_understood"),
    ],
)
def test_a_text_that_names_no_claims_is_refused_at_its_field(
    world: World, examiner: User, text: str, code: str
) -> None:
    decided(world)
    with refusal(code, "claims"):
        make(TITLE, WHY, text, by=examiner)
    assert not MassAdjustment.objects.exists()


def test_a_title_of_sixty_characters_is_kept_and_one_more_is_refused(world: World, examiner: User) -> None:
    decided(world)
    assert make("x" * 60, WHY, "all", by=examiner).title == "x" * 60
    for title, code in (("x" * 61, "title_too_long"), (" ", "no_title")):
        with refusal(code, "title"):
            make(title, WHY, "all", by=examiner)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MEDICAL_DIRECTOR, Role.SUPPLIER])
def test_people_of_other_roles_make_none(world: World, role: Role) -> None:
    decided(world)
    with refusal("wrong_role"):
        make(TITLE, WHY, "all", by=User.objects.create_user("other@example.org", name="Other", role=role))


# ---------- what is left out ----------


def test_claims_that_cannot_be_adjusted_are_left_out_and_say_why(world: World, examiner: User) -> None:
    paying = decided(world)
    held = decided(world_of(1, drug_bill=None))
    other = world_of(2)
    voided = decided(other, line("G0068", 5))
    void(voided, "Billed in error", by=examiner)
    queued, test = other.claim(), other.claim(test_claim=True)
    publish_amount("100.00")
    numbers = ",".join(str(claim.icn) for claim in (paying, held, voided, queued, test))
    mass = previewed(examiner, numbers)
    left = sentences(mass)
    assert left == {
        held.icn: "The claim waits for its drug bill and has no final decision yet. Release it instead.",
        voided.icn: "The claim was voided. What was voided is billed as a new claim.",
        queued.icn: "The claim is being decided at this moment. Look at the decision first, then try again.",
        test.icn: "A test claim is decided apart from all others and is never adjusted.",
    }
    assert mass.claims.get(claim=paying).state == Item.State.CHANGES
    assert (mass.before, mass.claims_chosen) == (paying.paid_amount, 5)


def test_a_claim_with_an_open_adjustment_is_left_out(world: World, examiner: User) -> None:
    claim = decided(world)
    examiner.amount_limit = ZERO
    reopen(claim, "The place was keyed wrong", by=examiner)
    publish_amount("100.00")
    left = sentences(previewed(examiner))
    assert left == {claim.icn: "Another adjustment of it is open (Clerical reopening: waits for approval)."}


def test_a_claim_that_is_about_to_be_replaced_is_left_out(world: World, examiner: User) -> None:
    claim = decided(world)
    world.claim(frequency="7", replaces=claim)
    publish_amount("100.00")
    assert sentences(previewed(examiner))[str(claim.icn)].startswith("Another claim is about to take this one’s place.")


@pytest.mark.parametrize(("days", "good_cause", "is_in"), [(365, "", True), (366, "", False), (366, "New law", True)])
def test_after_a_year_a_good_cause_is_needed(
    world: World, examiner: User, days: int, good_cause: str, is_in: bool
) -> None:
    claim = decided(world)
    publish_amount("100.00")
    clock.set_today(clock.today() + dt.timedelta(days=days))
    mass = previewed(examiner, good_cause=good_cause)
    assert mass.claims_changed == int(is_in)
    assert [*sentences(mass)] == ([] if is_in else [claim.icn])


def test_the_time_of_a_replacement_runs_from_the_claim_that_it_replaced(world: World, examiner: User) -> None:
    first = decided(world)
    clock.set_today(clock.today() + dt.timedelta(days=300))
    second = decided(world, frequency="7", replaces=first, received_on=clock.today())
    assert again(first).status == ClaimStatus.ADJUSTED
    clock.set_today(clock.today() + dt.timedelta(days=66))
    left = sentences(previewed(examiner, str(second.icn)))
    assert "needs a good cause" in left[str(second.icn)]


# ---------- patients with several claims ----------


def test_only_the_claims_that_change_are_tried_and_the_others_keep_what_they_took(tables: None, examiner: User) -> None:
    """The subsequent visit has used the deductible and is not changed: the initial one does not get it."""
    world = world_of(0, beneficiary={"mbi__mbi": "1EG4TE5MA03", "owing_the_deductible": True})
    kept = decided(world, line("G0068", 12))
    claim = decided(world, line("G0088", 5))
    publish_amount("100.00")
    mass = previewed(examiner)
    items = {item.claim: item for item in mass.claims.all()}
    assert (items[kept].state, items[claim].state) == (Item.State.SAME, Item.State.CHANGES)
    assert items[claim].after < items[claim].before


def test_a_patients_claims_are_never_parted_between_two_portions(world: World, examiner: User) -> None:
    of_one = [decided(world, line("G0068", day)).pk for day in (5, 12, 19)]
    of_other = [decided(world_of(1), line("G0068", 5)).pk]
    mass = previewed(examiner)
    items = mass.claims.all()
    for size, expected in ((1, of_one), (2, of_one), (3, of_one), (4, of_one + of_other)):
        assert [item.claim_id for item in next_portion(items, size)] == expected
    assert [item.claim_id for item in next_portion(items.filter(claim__in=of_other), 1)] == of_other


def test_the_order_is_that_of_the_standing_decisions(world: World, examiner: User) -> None:
    first, second = decided(world, line("G0068", 12)), decided(world, line("G0068", 5))
    requeue([first.pk], "Asked again")
    adjudicate_all()
    mass = previewed(examiner)
    assert [item.claim for item in mass.claims.all()] == [second, first]


def test_the_queries_of_a_portion_do_not_grow_with_its_claims(world: World, examiner: User) -> None:
    def queries() -> int:
        mass = preview(make(TITLE, WHY, "all", by=examiner), by=examiner)
        previewing.begin(mass)
        with CaptureQueriesContext(connection) as captured:
            assert previewing.preview_portion(mass)
        return len(captured)

    decided(world)
    publish_amount("100.00")
    queries()
    few = queries()
    for number in (1, 2):
        decided(world_of(number), line("G0088", 5), line("G0068", 12))
    assert queries() == few <= 32


def test_how_far_it_is_is_one_query(world: World, examiner: User) -> None:
    decided(world)
    mass = previewed(examiner)
    with CaptureQueriesContext(connection) as captured:
        found = standing(mass)
    assert (len(captured), found.total, found.previewed, found.same) == (1, 1, 1, 1)


# ---------- what it is told as ----------


def test_a_line_is_kept_as_json_and_read_back_as_it_was(world: World) -> None:
    claim = decided(world, line("G0088", 5), line("G0068", 5))
    states = stored_states([claim.current_decision_id or 0])[claim.current_decision_id or 0]
    assert {number: from_json(as_json(state)) for number, state in states.items()} == states
    paid = states[1]._replace(paid=states[1].paid + Decimal("0.01"))
    assert told_digest(states) == told_digest({2: states[2], 1: states[1]._replace(informs=("HIT-406",))})
    assert told_digest(states) != told_digest({**states, 1: paid})


def test_each_step_is_an_event(world: World, examiner: User) -> None:
    decided(world)
    mass = previewed(examiner)
    events = Event.objects.filter(about_type="claims.massadjustment", about_id=str(mass.pk)).order_by("pk")
    assert list(events.values_list("verb", flat=True)) == ["mass_made", "mass_preview_asked", "mass_previewed"]


# ---------- what it is worth ----------

#: Each example is a database transaction with many decisions.
EXAMPLES = 150 if os.environ.get("HIT_PROOF") else 15


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    st.lists(st.tuples(st.integers(0, 1), happenings), min_size=3, max_size=9),
    st.sampled_from(("G0088", "G0068")),
    st.sampled_from(("50.00", "150.00", "390.00")),
)
def test_what_is_previewed_comes_of_it_and_the_reversal_gives_back_what_was(
    tables: None,
    examiner: User,
    second: User,
    monkeypatch: pytest.MonkeyPatch,
    story: list[tuple[int, Happening]],
    code: str,
    amount: str,
) -> None:
    """While nothing else happens: claim for claim, line for line, and to the cent, in portions of two."""
    monkeypatch.setattr(previewing, "PORTION", 2)
    monkeypatch.setattr(running, "PORTION", 2)
    with transaction.atomic():
        clock.set_today(dt.date(2026, 1, 16))
        owing = {"owing_the_deductible": True}
        worlds = [world_of(at, beneficiary={"mbi__mbi": f"1EG4TE5MA{at}3", **owing}) for at in (0, 1)]
        for at, happen in story:
            happen(worlds[at], examiner)
            adjudicate_all()
        publish_amount(amount, code)
        check_outcome(examiner, second)
        transaction.set_rollback(True)


def check_outcome(examiner: User, second: User) -> None:
    if not Claim.objects.exists():
        return
    paid = dict(Claim.objects.values_list("pk", "paid_amount"))
    mass = previewed(examiner)
    assert mass.state == MassState.PREVIEWED, mass.note
    if not mass.claims_changed:
        return
    mass = worked(approve(mass, by=second, reason="Seen"))
    assert mass.state == MassState.DONE, mass.note
    decided_items = list(mass.claims.filter(state=Item.State.DECIDED))
    assert len(decided_items) == mass.claims_changed
    for item in decided_items:
        assert not item.came_out_otherwise
        assert item.after == again(item.claim).paid_amount
    assert discrepancies() == ()

    back = worked(reverse(mass, "The figure was wrong", by=examiner))
    assert not MassAdjustmentLine.objects.filter(of__mass=back, of__state=Item.State.LEFT_OUT).exists()
    if not back.claims_changed:
        return  # what waits for a person now is decided first
    worked(approve(back, by=second, reason="Seen"))
    for item in back.claims.filter(state=Item.State.DECIDED):
        assert again(item.claim).paid_amount == paid[item.claim_id]
    assert discrepancies() == ()
