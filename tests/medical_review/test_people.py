"""Who gets which case: ties to suppliers, skills, load, who judged before; and two people at once."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from claims.models import Claim
from medical_review.actions.assigning import take, take_next
from medical_review.actions.deciding import sign
from medical_review.actions.opening import Chosen, open_cases, open_due_cases
from medical_review.actions.writing import answer_line, answer_point
from medical_review.conflicts import cases_for
from medical_review.models import Answer, Case, LineVerdict, ReviewerProfile, SupplierTie
from medical_review.states import CaseState
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.medical_review.scene import decide, ready


def declare_tie(person: User, claim: Claim) -> SupplierTie:
    assert claim.supplier is not None
    return SupplierTie.objects.create(
        person=person, supplier=claim.supplier, reason="A sister works there", declared_on=clock.today()
    )


def test_a_tie_keeps_a_case_out_of_sight_until_it_ends(suspended: Claim, reviewer: User) -> None:
    open_due_cases()
    case = Case.objects.get()
    tie = declare_tie(reviewer, suspended)
    assert not Case.objects.visible_to(reviewer).exists()
    assert take_next(by=reviewer) is None
    with pytest.raises(Refused) as refused:
        take(case, reviewer, by=reviewer)
    assert refused.value.code == "tie"
    tie.ended_on = clock.today()
    tie.save(update_fields=["ended_on"])
    assert take_next(by=reviewer) == case


def test_a_tie_declared_in_the_middle_keeps_from_signing(case: Case, reviewer: User) -> None:
    ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.AFFIRM)
    declare_tie(reviewer, case.claim)
    with pytest.raises(Refused) as refused:
        sign(case, by=reviewer)
    assert refused.value.code == "tie"


@pytest.mark.parametrize(
    ("skills", "gets"), [([], True), (["intravenous", "complex"], True), (["subcutaneous"], False)]
)
def test_take_next_gives_what_one_knows(suspended: Claim, reviewer: User, skills: list[str], gets: bool) -> None:
    open_due_cases()
    ReviewerProfile.objects.create(person=reviewer, skills=skills)
    assert (take_next(by=reviewer) is not None) is gets


def test_take_next_ends_at_ones_load(case: Case, reviewer: User) -> None:
    ReviewerProfile.objects.create(person=reviewer, most_cases=1)
    with pytest.raises(Refused, match="You have 1 open cases"):
        take_next(by=reviewer)


def test_an_appeal_is_never_judged_by_who_judged_before(case: Case, reviewer: User) -> None:
    sign(ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.DENY), by=reviewer)
    claim = decide(case.claim)
    chosen = Chosen(claim, Case.Kind.REDETERMINATION, Case.Selection.HAND, "The supplier appeals", before=case)
    (appeal,) = open_cases([chosen], by="the intake of appeals")
    assert appeal not in cases_for(reviewer)
    with pytest.raises(Refused, match=r"42 CFR 405\.948"):
        take(appeal, reviewer, by=reviewer)
    other = make_person("Otto Other", Role.REVIEWER)
    assert take_next(by=other) == appeal


def test_a_case_is_given_to_people_who_review(case: Case, reviewer: User, examiner: User) -> None:
    with pytest.raises(Refused, match="does not review cases"):
        take(case, examiner, by=reviewer)


def test_only_who_has_the_case_writes_and_signs(case: Case, medical_director: User) -> None:
    for act in (
        lambda: answer_point(case, 1, Answer.MET, by=medical_director),
        lambda: answer_line(case, case.claim.lines.get(number=1), "affirm", by=medical_director),
        lambda: sign(case, by=medical_director),
    ):
        with pytest.raises(Refused, match="Rosa Reviewer has it"):
            act()


def test_reason_codes_are_those_of_the_tables(case: Case, reviewer: User) -> None:
    line = case.claim.lines.get(number=1)
    for codes, message in (("denied", "as in CO-272"), ("CO-272 N999", "N999 is in no table")):
        with pytest.raises(Refused, match=message):
            answer_line(case, line, "deny", codes=codes, points=(9,), by=reviewer)
    assert answer_line(case, line, "deny", codes="pr-50 n706", points=(9,), by=reviewer).codes == "PR-50 N706"


def test_versions_are_added_and_the_same_again_is_none(case: Case, reviewer: User) -> None:
    for note in ("First", "First", "Second"):
        answer_point(case, 9, Answer.NOT_MET, note=note, page="3", by=reviewer)
    assert list(case.findings.order_by("number").values_list("number", "note")) == [(1, "First"), (2, "Second")]


def test_a_case_taken_by_a_colleague_changes_hands(case: Case, reviewer: User, medical_director: User) -> None:
    take(case, medical_director, by=medical_director, why="The reviewer is ill")
    case.refresh_from_db()
    assert (case.state, case.assigned_to) == (CaseState.IN_REVIEW, medical_director)
    assert [each.to for each in case.assignments.all()] == [reviewer, medical_director]
