"""A case that the reviewer signed, and another reviewer who judges it blind."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from medical_review.actions.deciding import sign
from medical_review.blind import actions
from medical_review.blind.desk import blind_desk
from medical_review.drafts import drafted_things
from medical_review.models import BlindReview, Case, LineVerdict
from tests.accounts.cast import make_person
from tests.medical_review.scene import ready

__all__ = ["blind", "second_reviewer", "signed"]


@pytest.fixture
def second_reviewer(db: None) -> User:
    return make_person("Sina Second", Role.REVIEWER)


@pytest.fixture
def signed(case: Case, reviewer: User) -> Case:
    """The reviewer affirmed the first line and denied the second on P9."""
    sign(ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.DENY), by=reviewer)
    case.refresh_from_db()
    return case


@pytest.fixture
def blind(signed: Case, medical_director: User, second_reviewer: User) -> BlindReview:
    """The case was chosen by the director; the second reviewer has it."""
    actions.choose(signed, why="To see whether we agree", by=medical_director)
    found = actions.take_next(by=second_reviewer)
    assert found is not None
    return found


def judge(review: BlindReview, by: User, *verdicts: str, lacking: int = 9, note: str = "No date.") -> BlindReview:
    """Every point met on page 3 but one; each line as told, those that change on that point."""
    posted = {thing.name + "-was": thing.digest for thing in drafted_things(blind_desk(review), {})}
    for number in range(1, 21):
        is_met = number != lacking
        posted |= {
            f"p{number}": "met" if is_met else "not_met",
            f"p{number}-page": "3",
            f"p{number}-note": "" if is_met else note,
        }
    for number, verdict in enumerate(verdicts, 1):
        posted |= {f"l{number}": verdict, f"l{number}-point": "" if verdict == "affirm" else str(lacking)}
    actions.keep(review, posted, by=by)
    review.refresh_from_db()
    return review
