"""What the pages of training show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from medical_review.drafts import drafted_things, take_in
from medical_review.models import TrainingAttempt
from medical_review.pages.viewer import PageLink, pages_in
from medical_review.pages.written import Kept
from medical_review.states import SECONDS
from medical_review.training.cases import TrainingCase, training_cases
from medical_review.training.desk import training_desk

#: What is shown of the attempts: the latest.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Pages:
    """The way to the pages of a made-up record, which stand on the same page."""

    case: TrainingCase

    def links(self, written: str, document_id: int | None) -> tuple[PageLink, ...]:
        there = {page.number for page in self.case.record}
        return tuple(PageLink(number, f"#page-{number}") for number in pages_in(written) if number in there)


@dataclass(frozen=True, slots=True)
class CaseOffered:
    """A case with the person's attempts, the latest first."""

    case: TrainingCase
    attempts: tuple[TrainingAttempt, ...]


@dataclass(frozen=True, slots=True)
class AttemptShown:
    """An attempt of whoever's, with the title of its case; one that is no longer shipped has its name."""

    attempt: TrainingAttempt
    title: str


def attempts_shown(person: User) -> QuerySet[TrainingAttempt]:
    """One's own; a medical director reads everybody's."""
    rows = TrainingAttempt.objects.select_related("person")
    return rows if person.role in SECONDS else rows.filter(person=person)


def cases_offered(person: User) -> list[CaseOffered]:
    """Every case with one's own attempts; one query."""
    own = list(TrainingAttempt.objects.filter(person=person))
    return [
        CaseOffered(case, tuple(each for each in own if each.training_case == name))
        for name, case in training_cases().items()
    ]


def attempts_of_others(person: User) -> Iterator[AttemptShown]:
    cases = training_cases()
    for each in attempts_shown(person).exclude(person=person)[:MOST_SHOWN]:
        known = cases.get(each.training_case)
        yield AttemptShown(each, known.title if known else each.training_case)


def draft_sent(case: TrainingCase, posted: Mapping[str, str], person: User) -> tuple[dict[str, list[str]], Kept]:
    """Everything that a sent page says otherwise than the file; between two goes only the page itself keeps it."""
    empty = training_desk(case, person, {})
    as_opened = {f"{thing.name}-was": thing.digest for thing in drafted_things(empty, {})}
    sent = {name: posted[name] for name in posted}
    return take_in(empty, {}, {**sent, **as_opened}, person)
