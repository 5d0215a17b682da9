"""Reads about signed blind reviews: both judgements point by point and line by line, and the pairs they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet

from accounts.models import User
from medical_review.blind.states import BlindState
from medical_review.checklist import checklist_on
from medical_review.models import (
    Answer,
    BlindFinding,
    BlindLine,
    BlindReview,
    ChecklistPoint,
    Finding,
    LineVerdict,
    ReviewedLine,
)
from medical_review.models.blind import BlindReviewQuerySet
from medical_review.models.finding import LineWords


@dataclass(frozen=True, slots=True)
class PointPair:
    """Both answers to a point; `is_of_the_file` where neither of the two judged it, the file answered it."""

    point: ChecklistPoint
    first: Finding | None
    second: BlindFinding

    @property
    def is_of_the_file(self) -> bool:
        return self.second.is_from_file and (self.first is None or self.first.made_by_id is None)

    @property
    def agrees(self) -> bool:
        return self.first is not None and self.first.answer == self.second.answer

    @property
    def first_label(self) -> str:
        return str(Answer(self.first.answer).label) if self.first and self.first.answer else "Not answered"


@dataclass(frozen=True, slots=True)
class LinePair:
    """Both decisions on a line."""

    first: ReviewedLine
    second: BlindLine

    @property
    def agrees(self) -> bool:
        return word_of(self.first) == word_of(self.second)

    @property
    def first_words(self) -> str:
        return in_words(self.first)

    @property
    def second_words(self) -> str:
        return in_words(self.second)


def word_of(words: LineWords) -> str:
    """What is compared of a line: its verdict, with the code it is adjusted to."""
    return f"{words.verdict} {words.code}".strip()


def in_words(words: LineWords) -> str:
    """ "Adjust to G0068", "Deny, CO-50 N706"."""
    label = str(LineVerdict(words.verdict).label)
    if words.code:
        return f"{label} to {words.code}"
    return f"{label}, {words.codes}" if words.codes else label


@dataclass(frozen=True, slots=True)
class Comparison:
    review: BlindReview
    points: tuple[PointPair, ...]
    lines: tuple[LinePair, ...]

    @property
    def differing(self) -> int:
        return sum(not each.agrees for each in self.points) + sum(not each.agrees for each in self.lines)


def reviews_shown(person: User) -> BlindReviewQuerySet:
    """The blind reviews that a person may see, with whom and what they are about."""
    rows = BlindReview.objects.visible_to(person)
    return rows.select_related("case__claim", "case__supplier", "decision__signed_by", "assigned_to", "drawn_by")


def comparison_of(review: BlindReview) -> Comparison:
    """Both judgements of a signed blind review; six queries."""
    first = {each.point: each for each in first_findings(BlindReview.objects.filter(pk=review.pk))}
    second = list(review.findings.all())
    days = review.case.claim.lines.values_list("date_of_service", flat=True)
    points = {point.number: point for point in checklist_on(max(days))}
    by_line = {each.line_id: each for each in review.decision.lines.select_related("line")}
    found = sorted(review.lines.all(), key=lambda each: by_line[each.line_id].line.number)
    in_order = {number: place for place, number in enumerate(points)}
    second.sort(key=lambda each: in_order.get(each.point, len(in_order)))
    return Comparison(
        review,
        tuple(PointPair(points[each.point], first.get(each.point), each) for each in second if each.point in points),
        tuple(LinePair(by_line[each.line_id], each) for each in found),
    )


def first_findings(reviews: QuerySet[BlindReview]) -> QuerySet[Finding]:
    """What the first reviewer answered, as it stood when they signed: later versions are another judgement's."""
    cases = reviews.values("case")
    before = Finding.objects.filter(case__in=cases, arrival__lt=F("case__blind_review__decision__arrival"))
    return before.order_by("case_id", "point", "-number").distinct("case_id", "point")


# ---------- the pairs of all of them ----------


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that two judged: who they were, what it is ("p9", or "" for a line), and both answers."""

    first: int
    second: int
    point: int | None
    answers: tuple[str, str]

    def seen_from(self, person: int) -> tuple[str, str]:
        """The person's own answer, then the other's."""
        return self.answers if person == self.first else (self.answers[1], self.answers[0])


def pairs() -> list[Pair]:
    """Everything that two judged apart from each other in all comparisons that count; five queries."""
    reviews = BlindReview.objects.compared()
    people = {
        row.pk: (row.decision.signed_by_id or 0, row.assigned_to_id or 0)
        for row in reviews.select_related("decision").defer("draft", "rationale")
    }
    return [*_point_pairs(reviews, people), *_line_pairs(reviews, people)]


def _point_pairs(reviews: QuerySet[BlindReview], people: dict[int, tuple[int, int]]) -> Iterator[Pair]:
    """Points that the file answered for both are left out: nobody judged them."""
    first = {(each.case_id, each.point): each for each in first_findings(reviews)}
    second = BlindFinding.objects.filter(review__in=reviews).annotate(case=F("review__case_id"))
    for each in second:
        found = first.get((each.case, each.point))
        if found is None or not found.answer or (each.is_from_file and found.made_by_id is None):
            continue
        yield Pair(*people[each.review_id], each.point, (found.answer, each.answer))


def _line_pairs(reviews: QuerySet[BlindReview], people: dict[int, tuple[int, int]]) -> Iterator[Pair]:
    signed = ReviewedLine.objects.filter(decision__blind_review__in=reviews)
    first = {each.line_id: word_of(each) for each in signed}
    for each in BlindLine.objects.filter(review__in=reviews):
        yield Pair(*people[each.review_id], None, (first[each.line_id], word_of(each)))


def by_person(found: Iterable[Pair]) -> dict[int, list[Pair]]:
    """The pairs of each person, as the first or as the second."""
    of: dict[int, list[Pair]] = defaultdict(list)
    for pair in found:
        of[pair.first].append(pair)
        of[pair.second].append(pair)
    return dict(of)


def left_out() -> int:
    """Signed comparisons that do not count, because their second reviewer had looked at the first judgement."""
    return BlindReview.objects.filter(state=BlindState.SIGNED, was_blind=False).count()
