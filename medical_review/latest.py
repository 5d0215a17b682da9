"""The versions that stand: of each point, each line, each visit and the rationale of a case."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from medical_review.models import Case, Finding, LineAnswer, Rationale, VisitNote
from medical_review.models.finding import Version

V = TypeVar("V", bound=Version)


def latest_of(versions: QuerySet[V], key: str) -> dict[int, V]:
    """By point or line, the version that stands; one query."""
    return {getattr(row, key): row for row in versions.order_by(key, "-number").distinct(key).select_related("made_by")}


def findings_of(case: Case) -> dict[int, Finding]:
    """By point; one whose answer was taken back is among them, without an answer."""
    return latest_of(Finding.objects.filter(case=case), "point")


def line_answers_of(case: Case) -> dict[int, LineAnswer]:
    """By the id of the line."""
    return latest_of(LineAnswer.objects.filter(case=case), "line_id")


def visit_notes_of(case: Case) -> dict[int, VisitNote]:
    """By the id of the line."""
    return latest_of(VisitNote.objects.filter(case=case), "line_id")


def rationale_of(case: Case) -> Rationale | None:
    return Rationale.objects.filter(case=case).select_related("made_by").order_by("-number").first()
