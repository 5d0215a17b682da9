"""Answering a training case."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from claims.authority import check_role
from medical_review.desk import todos
from medical_review.drafts import Draft
from medical_review.models import TrainingAttempt
from medical_review.states import REVIEWS
from medical_review.training.cases import TrainingCase
from medical_review.training.desk import training_desk
from medical_review.training.marking import mark
from policy import clock
from policy.refusals import Refused


@transaction.atomic
def attempt(case: TrainingCase, draft: Draft, *, by: User) -> TrainingAttempt:
    """Keep an attempt with its score; refuses one that could not be signed, as a real decision is refused."""
    check_role(REVIEWS, by)
    desk = training_desk(case, by, draft)
    if lacking := [todo.words for todo in todos(desk, desk.judge()) if not todo.is_done]:
        raise Refused(f"It cannot be compared yet: {'; '.join(lacking)}.", "not_ready")
    marked = mark(case, desk)
    return TrainingAttempt.objects.create(
        person=by,
        training_case=case.name,
        version=case.version,
        answers={name: list(values) for name, values in draft.items()},
        right=marked.right,
        asked=marked.asked,
        made_on=clock.today(),
    )
