"""The shipped training cases: the engine proves each answer, so that none can rot."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.models import User
from claims.scenarios.kinds import FormatError
from claims.scenarios.runner import run_case
from medical_review.checklist import checklist_on
from medical_review.desk import todos
from medical_review.models import LineVerdict
from medical_review.training.cases import FOLDER, TrainingCase, read_training_case, training_cases
from medical_review.training.desk import training_desk
from medical_review.training.marking import mark
from tests.medical_review.training.scene import answers_of

pytestmark = pytest.mark.django_db

each_case = pytest.mark.parametrize("case", training_cases().values(), ids=lambda case: case.name)


def test_every_file_is_a_case_and_the_kinds_asked_for_are_there() -> None:
    assert len(training_cases()) == len(list(FOLDER.glob("*.yaml"))) == 8
    verdicts = [key.verdict for case in training_cases().values() for key in case.lines.values()]
    assert set(verdicts) == {LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY}


@each_case
def test_the_engine_decides_it_as_billed_as_the_file_says(case: TrainingCase) -> None:
    assert run_case(case.scenario).differences == ()


@each_case
def test_the_key_could_be_signed_and_pays_to_the_cent_what_it_says(case: TrainingCase, reviewer: User) -> None:
    desk = training_desk(case, reviewer, answers_of(case))
    money = desk.judge()
    assert [todo.words for todo in todos(desk, money) if not todo.is_done] == []
    assert {number: line.after for number, line in money.lines.items()} == {
        number: key.pays for number, key in case.lines.items()
    }
    for number, key in case.lines.items():
        expected = "deny" if key.verdict == LineVerdict.DENY else "pay"
        assert money.lines[number].outcome == expected, number


@each_case
def test_the_key_settles_every_point_and_is_all_right(case: TrainingCase, reviewer: User) -> None:
    marked = mark(case, training_desk(case, reviewer, answers_of(case)))
    assert (marked.right, len(marked.points)) == (marked.asked, 20)
    assert marked.pays == marked.right_pays
    assert all(each.why for each in (*marked.points, *marked.lines))


@each_case
def test_the_key_names_pages_points_and_lines_that_are_there(case: TrainingCase, reviewer: User) -> None:
    pages = {str(page.number) for page in case.record}
    numbers = {point.number for point in checklist_on(case.scenario.today)}
    for number, key in case.points.items():
        assert number in numbers
        assert set(key.page.split(", ")) <= pages, number
    assert set(case.lines) == set(range(1, len(case.scenario.claims[0]["lines"]) + 1))


@each_case
def test_leaving_the_lines_as_billed_is_right_only_where_nothing_changes(case: TrainingCase, reviewer: User) -> None:
    affirmed = {**answers_of(case), **{f"l{number}": ["affirm", "", "", "", ""] for number in case.lines}}
    marked = mark(case, training_desk(case, reviewer, affirmed))
    wrong = [key for key in case.lines.values() if key.verdict != LineVerdict.AFFIRM]
    assert marked.asked - marked.right == len(wrong)


def test_a_file_that_is_wrong_says_where(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    text = next(iter(sorted(FOLDER.glob("*.yaml")))).read_text(encoding="utf-8")
    file.write_text(text.replace("verdict: affirm", "verdict: agree", 1), encoding="utf-8")
    with pytest.raises(
        FormatError, match=r"x.yaml: key.lines\[0\].verdict: 'agree' is not one of affirm, adjust, deny"
    ):
        read_training_case(file)
