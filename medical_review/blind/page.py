"""What the pages of blind reviews show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from accounts.models import User
from beneficiaries.documents.readers import documents_shown
from claims.pages.claim.plan import PlanShown, plan_shown
from medical_review.blind.desk import blind_desk
from medical_review.blind.readers import reviews_shown
from medical_review.blind.states import BlindState
from medical_review.known import OnFile, beside
from medical_review.models import BlindReview, PageMark
from medical_review.pages.desk import DeskPage, desk_page
from medical_review.pages.viewer import Viewer, viewer_of
from medical_review.record import documents_of
from medical_review.states import SECONDS

#: What is shown of the list: the latest.
MOST_SHOWN = 200


class BlindViewer(Viewer):
    """The record without the marks of the first reviewer, turned on the page of the blind review."""

    @cached_property
    def all_marks(self) -> list[PageMark]:
        return []

    def address(self, number: int, document: int | None = None) -> str:
        shown = document or (self.document.pk if self.document else 0)
        page = reverse("review:blind", args=[self.case.blind_review.pk])
        return f"{page}?document={shown}&page={number}#viewer"


@dataclass(frozen=True, slots=True)
class BlindPage:
    review: BlindReview
    page: DeskPage
    viewer: Viewer
    plan: PlanShown | None
    beside: tuple[tuple[str, str], ...]


def blind_page(review: BlindReview, place: Mapping[str, str]) -> BlindPage:
    """The desk of the second reviewer. Documents that came after the first signature were not before either."""
    desk = blind_desk(review)
    documents = documents_of(review.case).filter(sent_on__lte=review.decision.signed_on)
    viewer = viewer_of(review.case, documents_shown(documents), {}, place, kind=BlindViewer)
    return BlindPage(
        review=review,
        page=desk_page(desk, viewer, may_write=review.state == BlindState.IN_REVIEW),
        viewer=viewer,
        plan=plan_shown(desk.facts),
        beside=tuple(beside(OnFile(desk.facts, desk.decision, desk.tables))),
    )


@dataclass(frozen=True, slots=True)
class BlindList:
    """One's own that is open, how many wait, and the comparisons one may read."""

    own: BlindReview | None
    waiting: int
    signed: tuple[BlindReview, ...]
    directs: bool
    open_ones: tuple[BlindReview, ...]


def blind_list(person: User) -> BlindList:
    """Four queries at most; a medical director sees also which are open, to call one off, not what is in them."""
    directs = person.role in SECONDS
    shown = reviews_shown(person).order_by("-arrival")
    own = shown.filter(assigned_to=person, state=BlindState.IN_REVIEW).first()
    rows = BlindReview.objects.filter(state__in=(BlindState.WAITS, BlindState.IN_REVIEW))
    open_ones = tuple(rows.exclude(assigned_to=person).select_related("case", "assigned_to")) if directs else ()
    return BlindList(
        own=own,
        waiting=BlindReview.objects.filter(state=BlindState.WAITS).count(),
        signed=tuple(shown.filter(state=BlindState.SIGNED)[:MOST_SHOWN]),
        directs=directs,
        open_ones=open_ones,
    )
