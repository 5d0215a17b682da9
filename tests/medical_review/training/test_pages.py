"""A reviewer tries training cases: compared at once, kept with the score, and nothing else in the database changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from medical_review.models import TrainingAttempt
from medical_review.training import actions
from medical_review.training.cases import training_cases
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.claims.pages.scene import TODAY
from tests.medical_review.training.scene import answers_of, posted

SignIn = Callable[[User], Client]
CASE = training_cases()["initial-should-be-subsequent"]


@pytest.fixture(autouse=True)
def today(db: None) -> None:
    clock.set_today(TODAY)


@pytest.fixture
def at_work(reviewer: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(reviewer)


def address(name: str = CASE.name) -> str:
    return reverse("review:training_case", args=[name])


def sent(page: str, draft: dict[str, list[str]]) -> dict[str, str]:
    """What a browser sends of the page: what is on file is checked already."""
    on_file = {f"p{number}": "met" for number in (1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 14, 17)}
    return {**on_file, **{f"p{number}-was": "" for number in range(1, 21)}, "l1-was": "", "l2-was": "", **posted(draft)}


def test_the_right_answer_is_all_right_and_explained(at_work: Client, reviewer: User) -> None:
    page = at_work.get(address()).content.decode()
    assert CASE.explanation not in page, "The answer is not told before."
    assert "Harbor Infusion" in page
    answer = at_work.post(address(), sent(page, answers_of(CASE)))
    made = TrainingAttempt.objects.get()
    assert answer["Location"] == reverse("review:training_attempt", args=[made.pk])
    assert (made.person, made.right, made.asked, made.version) == (reviewer, 22, 22, CASE.version)
    told = at_work.get(answer["Location"]).content.decode()
    assert "22 of 22" in told
    assert "42 CFR 414.1550(c)(4)" in told


def test_a_wrong_answer_shows_both_and_why(at_work: Client) -> None:
    draft = {**answers_of(CASE), "l1": ["deny", "", "18", "", ""], "p13": ["not_documented", "", "I see none."]}
    answer = at_work.post(address(), sent("", draft), follow=True).content.decode()
    assert "20 of 22" in answer
    assert "Deny, on P18" in answer
    assert "Adjust to G0068, on P18" in answer
    assert "$125.44" in answer
    assert "$250.88" in answer


def test_an_adjustment_on_another_point_or_to_another_code_is_not_right(reviewer: User) -> None:
    for line in (["adjust", "G0070", "18", "", ""], ["adjust", "G0068", "8", "", ""]):
        draft = {**answers_of(CASE), "l1": line, "p8": ["not_met", "1", "Nothing of her own."]}
        made = actions.attempt(CASE, draft, by=reviewer)
        assert made.asked - made.right == 2, line


def test_what_is_not_complete_is_not_compared_and_not_lost(at_work: Client) -> None:
    draft = {**answers_of(CASE), "p13": ["not_met", "", "Nobody called anybody."], "l1": ["adjust", "", "18", "", ""]}
    page = at_work.post(address(), sent("", draft)).content.decode()
    assert "It cannot be compared yet: P13 names no page; Line 1 needs another visit code of that day." in page
    assert "Nobody called anybody." in page
    assert 'name="l1" value="adjust" checked' in page
    assert not TrainingAttempt.objects.exists()
    wrong = at_work.post(address(), sent("", {**draft, "p8": ["perhaps", "", ""]})).content.decode()
    assert "P8: “perhaps” is no answer." in wrong


def rows_elsewhere() -> dict[str, int]:
    """The rows of all tables but that of the attempts."""
    found = {}
    with connection.cursor() as cursor:
        for name in set(connection.introspection.table_names()) - {"medical_review_trainingattempt", "django_session"}:
            cursor.execute(f'SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "{name}" t')
            found[name] = cursor.fetchone()[0]
    return found


def test_an_attempt_touches_no_other_row_and_stays(at_work: Client) -> None:
    before = rows_elsewhere()
    for case in training_cases().values():
        at_work.get(address(case.name))
    at_work.post(address(), sent("", answers_of(CASE)), follow=True)
    assert rows_elsewhere() == before
    for act in (lambda made: made.delete(), lambda made: TrainingAttempt.objects.update(right=0)):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            act(TrainingAttempt.objects.get())


def test_one_reads_ones_own_attempts_and_a_director_everybodys(
    at_work: Client, medical_director: User, examiner: User, supplier_person: User, signed_in_as: SignIn
) -> None:
    at_work.post(address(), sent("", answers_of(CASE)))
    place = reverse("review:training_attempt", args=[TrainingAttempt.objects.get().pk])
    other = make_person("Ona Other", Role.REVIEWER)
    for person, status in ((medical_director, 200), (other, 404), (examiner, 403), (supplier_person, 403)):
        assert signed_in_as(person).get(place).status_code == status, person
        assert signed_in_as(person).get(address()).status_code == (403 if status == 403 else 200)
    listed = signed_in_as(medical_director).get(reverse("review:training")).content.decode()
    assert "Rosa Reviewer" in listed
    assert "22 of 22 right" in at_work.get(reverse("review:training")).content.decode()
    assert at_work.get(address("no-such-case")).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REVIEWER, Role.MEDICAL_DIRECTOR)])
def test_only_who_reviews_trains(role: Role) -> None:
    with pytest.raises(Refused) as refused:
        actions.attempt(CASE, answers_of(CASE), by=make_person("A stranger", role))
    assert refused.value.code == "wrong_role"


def test_a_case_opens_in_few_queries(at_work: Client, django_assert_max_num_queries: Callable[..., Any]) -> None:
    at_work.get(address())
    for place in (address(), reverse("review:training")):
        with django_assert_max_num_queries(7):
            at_work.get(place)
