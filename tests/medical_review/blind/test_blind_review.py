"""A second judgement of a case: who makes it, what they see, what it leaves, and that it touches nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InternalError, connection, transaction
from django.db.models import Model

from accounts.actions import log_access
from accounts.models import AccessLog, Event, Role, User
from accounts.readers import events_about
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim
from medical_review.actions import assigning, second
from medical_review.actions.deciding import sign as sign_case
from medical_review.blind import actions
from medical_review.blind.drawing import draw_for_blind_review, is_drawn_blind
from medical_review.blind.readers import comparison_of
from medical_review.blind.states import BLIND_ARROWS, BLIND_TRANSITIONS, BY_ACT, BlindState, check_blind_act
from medical_review.models import BlindFinding, BlindReview, Case, Finding, LineVerdict, SupplierTie
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.medical_review.blind.scene import judge
from tests.medical_review.scene import limited, ready, with_settings

AFFIRM, DENY = LineVerdict.AFFIRM, LineVerdict.DENY

Act = Callable[[BlindReview, User], object]

ACTS: dict[str, Act] = {
    "draw": lambda review, by: actions.choose(review.case, why="Look again", by=by),
    "take": lambda review, by: actions.take_next(by=by),
    "hand_back": lambda review, by: actions.hand_back(review, why="Ill", by=by),
    "answer": lambda review, by: actions.keep(review, {}, by=by),
    "sign": lambda review, by: actions.sign(review, by=by),
    "call_off": lambda review, by: actions.call_off(review, why="Enough", by=by),
}


# ---------- the table of states ----------


@pytest.mark.parametrize("act", ACTS)
def test_nobody_of_another_role_acts(blind: BlindReview, act: str) -> None:
    before = BlindReview.objects.values().get()
    for role in [role for role in Role if role not in BY_ACT[act].roles]:
        with pytest.raises(Refused) as refused:
            ACTS[act](blind, make_person(f"A {role.label}", role))
        assert refused.value.code == "wrong_role", (act, role)
    assert BlindReview.objects.values().get() == before


def test_each_act_of_the_table_is_tried() -> None:
    assert set(ACTS) == set(BY_ACT)


@pytest.mark.parametrize("each", BLIND_TRANSITIONS, ids=lambda each: each.act)
def test_an_act_begins_only_where_the_table_says(each: Any) -> None:
    for state in BlindState:
        if state in each.starts:
            check_blind_act(each.act, state)
        else:
            with pytest.raises(Refused, match="The blind review stands at"):
                check_blind_act(each.act, state)


def test_the_database_refuses_every_arrow_that_the_table_does_not_have(blind: BlindReview) -> None:
    for end in BlindState:
        if end != blind.state and (blind.state, end.value) not in BLIND_ARROWS:
            with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
                BlindReview.objects.filter(pk=blind.pk).update(state=end)
    assert ("in_review", "signed") in BLIND_ARROWS
    with pytest.raises(IntegrityError), transaction.atomic():
        BlindReview.objects.filter(pk=blind.pk).update(state=BlindState.SIGNED)


@pytest.mark.parametrize("act", ["answer", "sign", "hand_back"])
def test_only_who_has_it_acts(blind: BlindReview, reviewer: User, act: str) -> None:
    with pytest.raises(Refused) as refused:
        ACTS[act](blind, reviewer)
    assert refused.value.code == "not_yours"


# ---------- which cases ----------


def test_the_share_is_drawn_by_the_number_apart_from_second_review(case: Case) -> None:
    cases = [Case(pk=number, opened_on=case.opened_on) for number in range(4000)]
    drawn = [each.pk for each in cases if is_drawn_blind(each, Decimal("0.10"))]
    assert 320 < len(drawn) < 480
    assert [each.pk for each in cases if is_drawn_blind(each, Decimal("0.10"))] == drawn
    assert all(is_drawn_blind(each, Decimal(1)) for each in cases)
    assert not any(is_drawn_blind(each, Decimal(0)) for each in cases)


def test_a_signature_draws_its_case_where_the_share_says_so(signed: Case) -> None:
    decision = signed.decisions.get()
    assert not BlindReview.objects.exists(), "The share of the tests is none."
    everything = with_settings(tables_as_known(), blind_review_share="1")
    review = draw_for_blind_review(decision, everything)
    assert review is not None
    assert (review.decision, review.drawn_by, review.state) == (decision, None, BlindState.WAITS)
    assert draw_for_blind_review(decision, everything) is None, "A case is judged blind once."
    assert not events_about(signed).filter(verb__startswith="blind").exists()


def test_signing_asks_the_draw(case: Case, reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medical_review.blind.drawing.blind_review_share", lambda tables: Decimal(1))
    sign_case(ready(case, reviewer, AFFIRM, AFFIRM), by=reviewer)
    assert BlindReview.objects.get().decision.signed_by == reviewer


def test_by_hand_a_case_is_chosen_once_it_is_signed(case: Case, reviewer: User, medical_director: User) -> None:
    with pytest.raises(Refused, match="Nobody has signed"):
        actions.choose(case, why="Look again", by=medical_director)
    sign_case(ready(case, reviewer, AFFIRM, DENY), by=reviewer)
    actions.choose(case, why="Look again", by=medical_director)
    with pytest.raises(Refused, match="judged blind already"):
        actions.choose(case, why="Look again", by=medical_director)


def test_a_redetermination_is_not_judged_blind(signed: Case, medical_director: User) -> None:
    Case.objects.filter(pk=signed.pk).update(kind=Case.Kind.REDETERMINATION)
    with pytest.raises(Refused, match="is a redetermination"):
        actions.choose(signed, why="Look again", by=medical_director)


# ---------- who ----------


@pytest.fixture
def waiting(signed: Case, medical_director: User) -> BlindReview:
    return actions.choose(signed, why="Look again", by=medical_director)


def test_the_first_reviewer_never_gets_it(waiting: BlindReview, reviewer: User) -> None:
    assert actions.take_next(by=reviewer) is None


def test_who_has_a_tie_or_looked_at_the_case_does_not_get_it(waiting: BlindReview, second_reviewer: User) -> None:
    tie = SupplierTie.objects.create(
        person=second_reviewer, supplier=waiting.case.supplier, reason="Kin", declared_on=clock.today()
    )
    assert actions.take_next(by=second_reviewer) is None
    SupplierTie.objects.filter(pk=tie.pk).update(ended_on=clock.today())
    log_access(second_reviewer, waiting.case.claim, page="Review queue")
    third = make_person("Tia Third", Role.REVIEWER)
    for page, about in (("Review case", waiting.case), ("Claim", waiting.case.claim)):
        person = make_person(f"Reads {page}", Role.REVIEWER)
        log_access(person, about, page=page)
        assert actions.take_next(by=person) is None, page
    log_access(third, ("claims.claim", str(waiting.case.claim_id + 1)), page="Claim")
    assert actions.take_next(by=second_reviewer) == waiting, "A queue shows nothing of what was found."


def test_who_looked_at_the_claim_before_it_was_decided_may_judge(signed: Case, second_reviewer: User) -> None:
    waiting = actions.choose(signed, why="Look again", by=make_person("Dan Director", Role.MEDICAL_DIRECTOR))
    waiting.decision.refresh_from_db()
    AccessLog.objects.create(
        person=second_reviewer,
        about_type="claims.claim",
        about_id=str(signed.claim_id),
        page="Claim",
        at=waiting.decision.signed_at - dt.timedelta(minutes=1),
    )
    assert actions.take_next(by=second_reviewer) == waiting


def test_one_has_one_at_a_time(blind: BlindReview, second_reviewer: User) -> None:
    with pytest.raises(Refused, match="You have a blind review"):
        actions.take_next(by=second_reviewer)


def test_while_it_is_open_its_case_is_out_of_sight(blind: BlindReview, second_reviewer: User) -> None:
    seen = Case.objects.visible_to(second_reviewer)
    assert not seen.exists()
    judge(blind, second_reviewer, AFFIRM, AFFIRM)
    actions.sign(blind, by=second_reviewer)
    assert seen.get() == blind.case


def test_the_second_reviewer_has_no_part_in_the_first_judgement(
    case: Case, reviewer: User, medical_director: User, second_reviewer: User
) -> None:
    sign_case(ready(case, limited(reviewer, Decimal(10)), AFFIRM, DENY), by=reviewer)
    actions.choose(case, why="Look again", by=medical_director)
    other = make_person("Dan Director", Role.MEDICAL_DIRECTOR)
    review = actions.take_next(by=other)
    assert review is not None
    case.refresh_from_db()
    with pytest.raises(Refused, match="judged this case blind"):
        second.agree(case, reason="So it is", by=other)
    second.send_back(case, reason="Look again", by=medical_director)
    case.refresh_from_db()
    assigning.hand_back(case, why="Ill", by=reviewer)
    with pytest.raises(Refused, match="judged this case blind"):
        assigning.take(case, other, by=medical_director)
    assert assigning.take_next(by=other) is None
    assert assigning.take_next(by=second_reviewer) == case


# ---------- what it leaves ----------

#: Every row that a blind review may change or add; all others of the database stay as they are.
OWN = {
    "medical_review_blindreview",
    "medical_review_blindfinding",
    "medical_review_blindline",
    "accounts_event",
}


def rows_elsewhere() -> dict[str, int]:
    """The sum of a hash of all rows, by table."""
    tables = [name for name in connection.introspection.table_names() if name not in OWN]
    found = {}
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f'SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "{name}" t')
            found[name] = cursor.fetchone()[0]
    return found


def test_a_blind_judgement_changes_no_other_row_of_the_database(
    signed: Case, medical_director: User, second_reviewer: User
) -> None:
    before = rows_elsewhere()
    actions.choose(signed, why="Look again", by=medical_director)
    review = actions.take_next(by=second_reviewer)
    assert review is not None
    judge(review, second_reviewer, DENY, DENY)
    actions.sign(review, by=second_reviewer)
    assert rows_elsewhere() == before
    told = Event.objects.filter(verb__startswith="blind_review").values_list("verb", flat=True)
    assert sorted(told) == ["blind_review_drawn", "blind_review_signed", "blind_review_taken"]
    assert {event.about_type for event in Event.objects.filter(verb__startswith="blind")} == {
        "medical_review.blindreview"
    }


def test_it_is_signed_whole_and_kept_for_good(blind: BlindReview, second_reviewer: User) -> None:
    with pytest.raises(Refused, match="P8 is not answered"):
        actions.sign(blind, by=second_reviewer)
    judge(blind, second_reviewer, AFFIRM, LineVerdict.ADJUST)
    with pytest.raises(Refused, match="Line 2 needs another visit code"):
        actions.sign(blind, by=second_reviewer)
    judge(blind, second_reviewer, AFFIRM, DENY)
    review = actions.sign(blind, by=second_reviewer)
    assert (review.state, review.signed_on, review.was_blind) == (BlindState.SIGNED, clock.today(), True)
    assert "Line 2" in review.rationale
    assert (review.findings.count(), review.lines.count()) == (20, 2)
    rows: list[Model] = [review.findings.all()[0], review.lines.all()[0]]
    for row in rows:
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            row.delete()


def test_what_the_file_answers_and_nobody_touched_says_so(blind: BlindReview, second_reviewer: User) -> None:
    """P1 is on file; the second reviewer answers it all the same, but leaves P17."""
    judge(blind, second_reviewer, AFFIRM, AFFIRM)
    untouched = {name: values for name, values in blind.draft.items() if name != "p17"}
    BlindReview.objects.filter(pk=blind.pk).update(draft=untouched)
    actions.sign(blind, by=second_reviewer)
    from_file = set(BlindFinding.objects.filter(is_from_file=True).values_list("point", flat=True))
    assert from_file == {17}


def test_handing_back_drops_what_was_written(blind: BlindReview, second_reviewer: User) -> None:
    judge(blind, second_reviewer, AFFIRM, DENY)
    assert blind.draft
    review = actions.hand_back(blind, why="Ill", by=second_reviewer)
    assert (review.state, review.assigned_to, review.draft) == (BlindState.WAITS, None, {})


def test_a_director_calls_off_what_is_open(blind: BlindReview, medical_director: User) -> None:
    review = actions.call_off(blind, why="Too few reviewers", by=medical_director)
    assert (review.state, review.ended_why) == (BlindState.CALLED_OFF, "Too few reviewers")


def test_who_looked_meanwhile_has_not_judged_blind(blind: BlindReview, second_reviewer: User) -> None:
    log_access(second_reviewer, blind.case.claim, page="Claim")
    judge(blind, second_reviewer, AFFIRM, DENY)
    assert actions.sign(blind, by=second_reviewer).was_blind is False
    assert not BlindReview.objects.compared().exists()


def test_the_comparison_has_the_first_judgement_as_it_was_signed(
    blind: BlindReview, reviewer: User, second_reviewer: User
) -> None:
    """What was written on the case afterwards is another judgement."""
    last = Finding.objects.get(point=13)
    Finding.objects.create(
        case=blind.case, point=13, number=last.number + 1, answer="not_met", made_by=reviewer, made_on=clock.today()
    )
    judge(blind, second_reviewer, AFFIRM, DENY, lacking=10, note="Not initialed.")
    comparison = comparison_of(actions.sign(blind, by=second_reviewer))
    assert [each.point.number for each in comparison.points if not each.agrees] == [9, 10]
    assert [(each.first_words, each.second_words) for each in comparison.lines] == [
        ("Affirm", "Affirm"),
        ("Deny, CO-272 N705", "Deny, CO-272 N705"),
    ]
    assert all(each.agrees for each in comparison.lines)
    assert comparison.differing == 2


def test_it_is_judged_on_what_the_first_one_was_signed_on(blind: BlindReview, second_reviewer: User) -> None:
    """The claim was decided anew meanwhile, and its second line denied; the second reviewer sees it as it was."""
    adjudicate_all()
    claim = Claim.objects.get(pk=blind.case.claim_id)
    assert claim.current_decision_id != blind.decision.reviewed_id
    judge(blind, second_reviewer, AFFIRM, AFFIRM)
    review = actions.sign(blind, by=second_reviewer)
    assert sum(each.paid_after for each in review.lines.all()) == blind.decision.paid_before
